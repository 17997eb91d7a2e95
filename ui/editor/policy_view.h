#pragma once

#include "ui/editor/canvas_actions.h"
#include "ui/editor/gestures/gesture.h"

#include <QGraphicsView>

class QLabel;

namespace headgate::ui {

class MiniMap;
class NodeSearchPopup;
class PortItem;

// The canvas: shows the scene, hands mouse and keys to gestures and actions. Scene, editor and
// undo stack outlive it.
class PolicyView final : public QGraphicsView
{
    Q_OBJECT
public:
    PolicyView(PolicyScene &scene, policy::PolicyEditor &editor, QUndoStack &undo,
               QWidget *parent = nullptr);
    ~PolicyView() override;

    CanvasActions &actions() { return m_actions; }

    double zoom() const; // 1 = 100 %
    void setZoom(double zoom);
    void zoomAt(QPoint viewportPlace, double factor);
    void fitAll();
    void reveal(const policy::NodeId &node); // scrolls only if it has to
    void scrollBy(QPoint pixels);
    bool isSpaceHeld() const { return m_spaceHeld; }

    // One line beside the mouse, such as why a wire is refused. Leaves by itself.
    void showHint(const QString &text, QPoint viewportPlace);
    void hideHint();

    // Offers kinds at a place; those that can follow the port where one is given, and wires it.
    void openNodeSearch(QPointF scenePlace, const std::optional<PortPlace> &from = std::nullopt);
    // Adds it where the user will see it.
    void addNode(const QString &kind);

Q_SIGNALS:
    void zoomChanged(double zoom);
    void renameRequested();
    void inspectRequested();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;

private:
    Pointer pointerOf(const QMouseEvent &event) const;
    bool handleViewKey(const QKeyEvent &event);
    bool handleEditKey(const QKeyEvent &event);
    bool handleArrow(const QKeyEvent &event);
    void cancelOrClear();
    void hoverPort(PortItem *port);
    void updateSceneRect();
    void placeMiniMap();
    void addChosen(const QString &kind);

    PolicyScene &m_scene;
    CanvasActions m_actions;
    std::vector<std::unique_ptr<Gesture>> m_gestures; // in the order in which they are asked
    Gesture *m_active = nullptr;                      // one of them, between press and release
    Qt::MouseButton m_activeButton = Qt::NoButton;
    PortItem *m_hovered = nullptr;
    QLabel *m_hint = nullptr;
    NodeSearchPopup *m_search = nullptr;
    QPointF m_searchPlace;
    std::optional<PortPlace> m_searchFrom;
    MiniMap *m_miniMap = nullptr;
    bool m_spaceHeld = false;
};

} // namespace headgate::ui
