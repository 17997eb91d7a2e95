#pragma once

#include <QWidget>

class QTimer;

namespace headgate::ui {

class PolicyScene;
class PolicyView;

// The whole drawing in the corner; a click or drag goes there. Hides itself while everything is
// in view, or for good where the user wants none. View and scene outlive it.
class MiniMap final : public QWidget
{
    Q_OBJECT
public:
    MiniMap(PolicyView &view, PolicyScene &scene);
    void refresh();
    void fitInto(QSize viewport); // takes at most a quarter of its width
    // By the switch of the View menu.
    void setWanted(bool wanted);
    bool isWanted() const { return m_wanted; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    QRectF seenArea() const;  // of the canvas
    QRectF shownArea() const; // of the canvas
    QTransform toMap() const;
    void goTo(QPointF place);

    PolicyView &m_view;
    PolicyScene &m_scene;
    QTimer *m_soon = nullptr; // a child
    QRectF m_drawing;         // as of the last refresh
    QTransform m_held;        // of the press: a drag does not change the scale
    QPointF m_grip;           // of the frame, on the canvas
    bool m_dragging = false;
    bool m_wanted = true;
};

} // namespace headgate::ui
