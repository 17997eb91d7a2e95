#pragma once

#include <QWidget>

namespace headgate::ui {

class PolicyScene;
class PolicyView;

// The whole drawing in the corner; a click or drag goes there. Hides itself while everything is
// in view. View and scene outlive it.
class MiniMap final : public QWidget
{
    Q_OBJECT
public:
    MiniMap(PolicyView &view, PolicyScene &scene);
    void refresh();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QRectF shownArea() const; // of the canvas
    QTransform toMap() const;
    void goTo(QPointF place);

    PolicyView &m_view;
    PolicyScene &m_scene;
};

} // namespace headgate::ui
