#pragma once

#include "ui/editor/canvas_actions.h"
#include "ui/editor/gestures/gesture.h"

#include <QGraphicsView>

class QLabel;

namespace headgate::ui {

class CanvasActionList;
class ConnectPopup;
class EdgePanner;
class GroupTitleEditor;
class KindDrop;
class KindUsage;
class MiniMap;
class NodeSearchPopup;
class NoteEditor;
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
    // The same for menus and lists: text, keys, enabled state; found by objectName.
    const CanvasActionList &actionList() const { return *m_actionList; }
    QList<QAction *> canvasActions() const;

    double zoom() const; // 1 = 100 %
    void setZoom(double zoom);
    void zoomAt(QPoint viewportPlace, double factor);
    void fitAll();
    void fitSelection(); // never nearer than 100 %
    // How a document opens: whole where its names can be read so, else from its query on.
    void showOpening();
    void reveal(const policy::NodeId &node); // scrolls only if it has to
    void revealSelection();                  // the last of it
    void scrollBy(QPoint pixels);
    bool isSpaceHeld() const { return m_spaceHeld; }
    // Whether the wheel scrolls and Ctrl+wheel zooms, as in text; else the wheel zooms.
    bool wheelScrolls() const { return m_wheelScrolls; }
    void setWheelScrolls(bool scrolls);

    // One line beside the mouse, such as why a wire is refused. Leaves by itself.
    void showHint(const QString &text, QPoint viewportPlace);
    void hideHint();
    // Why something could not be done, beside what is selected; nothing where it was done.
    void tell(const Result<> &done);

    // Offers kinds at a place; those that can stand at the other end of a wire where one is given,
    // and wires it.
    void openNodeSearch(QPointF scenePlace, const std::optional<PortPlace> &end = std::nullopt);
    void openNodeSearchAtMouse();
    // Offers kinds that go into the wire.
    void openInsertSearch(QPointF scenePlace, const policy::Wire &wire);
    // Offers the nodes that the port may lead to; without one, that of the selected node which is
    // free.
    void openConnectList(const std::optional<PortPlace> &from = std::nullopt);
    void setKindUsage(KindUsage &usage); // the search ranks by it; outlives the view
    // Adds it where the user will see it.
    void addNode(const QString &kind);
    void renameGroup(const QString &group); // in its place
    bool showsMiniMap() const;              // where the drawing does not fit
    void setShowsMiniMap(bool shows);
    void openNote(const policy::NodeId &note); // to write it; other nodes have no words

    void copy();
    void cut();
    void paste(OuterWires outer); // at the mouse, else in the middle
    void cancelOrClear();         // the gesture, else the selection

Q_SIGNALS:
    void zoomChanged(double zoom);
    void wheelScrollsChanged(bool scrolls);
    void renameRequested();
    void inspectRequested();
    void keysRequested(); // the list of keys of this view

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
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;

private:
    Pointer pointerOf(const QMouseEvent &event) const;
    QPoint placeOfSelection() const; // pixels of the viewport
    QPoint mouseOrMiddle() const;
    void makeOverlays();
    void makeGestures(const Canvas &canvas);
    void watchEditor();
    void followUndo(const QList<policy::NodeId> &nodes, const QList<policy::Wire> &wires);
    void letGo(); // of what the mouse holds
    void dragAt(const Pointer &pointer);
    void panAtEdge(QPoint pixels);
    void fit(const QRectF &area);
    void hover(QPointF place);
    void hoverPort(PortItem *port);
    void updateSceneRect();
    void placeMiniMap();
    void addChosen(const QString &kind);

    PolicyScene &m_scene;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    CanvasActions m_actions;
    CanvasActionList *m_actionList = nullptr;         // a child
    std::vector<std::unique_ptr<Gesture>> m_gestures; // in the order in which they are asked
    Gesture *m_active = nullptr;                      // one of them, between press and release
    Pointer m_pressed;                                // where m_active began
    Pointer m_last;                                   // where it is now
    EdgePanner *m_panner = nullptr;
    std::unique_ptr<KindDrop> m_drop;
    PortItem *m_hovered = nullptr;
    QLabel *m_hint = nullptr;
    NodeSearchPopup *m_search = nullptr;
    KindUsage *m_usage = nullptr; // outlives the view
    QPointF m_searchPlace;
    std::optional<PortPlace> m_searchEnd;
    std::optional<policy::Wire> m_searchWire;
    ConnectPopup *m_connect = nullptr;
    MiniMap *m_miniMap = nullptr;
    NoteEditor *m_notes = nullptr;
    GroupTitleEditor *m_groupTitle = nullptr;
    bool m_spaceHeld = false;
    bool m_wheelScrolls = false;
};

} // namespace headgate::ui
