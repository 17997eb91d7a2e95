#include "ui/editor/policy_view.h"

#include "ui/common/style_sheet.h"
#include "ui/editor/canvas_action_list.h"
#include "ui/editor/canvas_ground.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/connect_popup.h"
#include "ui/editor/edge_panner.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"
#include "ui/editor/gestures/copy_nodes_gesture.h"
#include "ui/editor/gestures/draw_wire_gesture.h"
#include "ui/editor/gestures/move_group_gesture.h"
#include "ui/editor/gestures/move_nodes_gesture.h"
#include "ui/editor/gestures/move_wires_gesture.h"
#include "ui/editor/gestures/pan_gesture.h"
#include "ui/editor/gestures/replug_gesture.h"
#include "ui/editor/gestures/resize_note_gesture.h"
#include "ui/editor/gestures/select_gesture.h"
#include "ui/editor/gestures/slice_gesture.h"
#include "ui/editor/gestures/threshold_gesture.h"
#include "ui/editor/gestures/unplug_gesture.h"
#include "ui/editor/group_title_editor.h"
#include "ui/editor/kind_drop.h"
#include "ui/editor/kind_usage.h"
#include "ui/editor/mini_map.h"
#include "ui/editor/node_item.h"
#include "ui/editor/node_search_popup.h"
#include "ui/editor/note_editor.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/undo_follower.h"
#include "ui/editor/wire_item.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QMimeData>
#include <QScrollBar>
#include <QTimer>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

constexpr double kFitMargin = 32;    // pixels
constexpr double kRoomAround = 4000; // canvas units that one can scroll beyond the drawing
constexpr double kBeside = 60;       // canvas units between a node and what is offered next to it
constexpr int kHintMs = 4000;

} // namespace

PolicyView::PolicyView(PolicyScene &scene, policy::PolicyEditor &editor, QUndoStack &undo,
                       QWidget *parent)
    : QGraphicsView(&scene, parent)
    , m_scene(scene)
    , m_editor(editor)
    , m_undo(undo)
    , m_actions(editor, undo, scene)
{
    setObjectName(u"policyView"_s);
    setAccessibleName(tr("Drawing of the policy"));
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setOptimizationFlag(QGraphicsView::DontSavePainterState);
    setViewportUpdateMode(QGraphicsView::MinimalViewportUpdate);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setResizeAnchor(QGraphicsView::NoAnchor);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setAcceptDrops(true);
    setMinimumSize(320, 200);

    makeOverlays();
    m_actionList = new CanvasActionList(*this, scene, editor);
    makeGestures({*this, scene, editor, undo});
    watchEditor();
    updateSceneRect();
}

PolicyView::~PolicyView() = default;

void PolicyView::makeOverlays()
{
    m_hint = new QLabel(viewport());
    m_hint->setObjectName(u"canvasHint"_s);
    setRole(m_hint, Role::WarnTag);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_hint->hide();
    m_search = new NodeSearchPopup(m_scene.theme(), this);
    connect(m_search, &NodeSearchPopup::chosen, this, &PolicyView::addChosen);
    m_connect = new ConnectPopup(m_scene.theme(), m_editor, this);
    connect(m_connect, &ConnectPopup::chosen, this, [this](const Wire &wire) {
        if (m_editor.document().target(wire.from, wire.port) != wire.to)
            m_undo.push(new ConnectCommand(m_editor, wire));
    });
    connect(m_connect, &ConnectPopup::newNodeRequested, this,
            [this](const NodeId &node, const QString &port) {
                const NodeItem *item = m_scene.nodeItem(node);
                const QPointF beside(item->card().right() + kBeside, kFirstPortY);
                openNodeSearch(item->mapToScene(beside), PortPlace{node, port});
            });
    m_miniMap = new MiniMap(*this, m_scene);
    m_notes = new NoteEditor(*this, m_editor, m_undo);
    m_groupTitle = new GroupTitleEditor(*this, m_editor, m_undo);
}

void PolicyView::makeGestures(const Canvas &canvas)
{
    m_gestures.push_back(std::make_unique<PanGesture>(canvas));
    m_gestures.push_back(std::make_unique<UnplugGesture>(canvas));
    m_gestures.push_back(std::make_unique<MoveWiresGesture>(canvas));
    m_gestures.push_back(std::make_unique<ReplugGesture>(canvas));
    m_gestures.push_back(std::make_unique<DrawWireGesture>(canvas));
    m_gestures.push_back(std::make_unique<CopyNodesGesture>(canvas));
    m_gestures.push_back(std::make_unique<ResizeNoteGesture>(canvas));
    m_gestures.push_back(std::make_unique<ThresholdGesture>(canvas));
    m_gestures.push_back(std::make_unique<MoveNodesGesture>(canvas));
    m_gestures.push_back(std::make_unique<MoveGroupGesture>(canvas));
    m_gestures.push_back(std::make_unique<SliceGesture>(canvas));
    m_gestures.push_back(std::make_unique<SelectGesture>(canvas));
    m_drop = std::make_unique<KindDrop>(canvas);
    m_panner = new EdgePanner(this);
    connect(m_panner, &EdgePanner::pulled, this, &PolicyView::panAtEdge);
}

void PolicyView::watchEditor()
{
    // What the mouse holds may go away under it: undo by key, a mend, another document.
    using policy::PolicyEditor;
    connect(&m_editor, &PolicyEditor::nodeRemoved, this, &PolicyView::letGo);
    connect(&m_editor, &PolicyEditor::nodeChanged, this, &PolicyView::letGo);
    connect(&m_editor, &PolicyEditor::modelsChanged, this, &PolicyView::letGo);
    connect(&m_editor, &PolicyEditor::documentReplaced, this, &PolicyView::letGo);
    connect(&m_editor, &PolicyEditor::changed, this, &PolicyView::updateSceneRect);
    auto *follower = new UndoFollower(m_editor, m_undo, this);
    connect(follower, &UndoFollower::changed, this, &PolicyView::followUndo);
    // For those who listen: "Connect “Small” to “Large”".
    connect(&m_undo, &QUndoStack::indexChanged, this,
            [this, before = m_undo.index()](int index) mutable {
                const bool undone = index < std::exchange(before, index);
                setAccessibleDescription(undone ? tr("Undone: %1").arg(m_undo.redoText())
                                                : m_undo.undoText());
            });
}

QList<QAction *> PolicyView::canvasActions() const
{
    return m_actionList->all();
}

double PolicyView::zoom() const
{
    return transform().m11();
}

void PolicyView::setZoom(double wanted)
{
    zoomAt(viewport()->rect().center(), wanted / zoom());
}

void PolicyView::zoomAt(QPoint place, double factor)
{
    const double next = qBound(kMinZoom, zoom() * factor, kMaxZoom);
    const QPointF held = mapToScene(place);
    setTransform(QTransform::fromScale(next, next));
    scrollBy(mapFromScene(held) - place);
    m_miniMap->refresh();
    Q_EMIT zoomChanged(next);
}

void PolicyView::fit(const QRectF &area)
{
    if (area.isEmpty())
        return;
    const QSizeF room = viewport()->size() - QSizeF(2 * kFitMargin, 2 * kFitMargin);
    const double scale = qMin(room.width() / area.width(), room.height() / area.height());
    const double next = qBound(kMinZoom, qMin(scale, 1.0), kMaxZoom);
    setTransform(QTransform::fromScale(next, next));
    centerOn(area.center());
    m_miniMap->refresh();
    Q_EMIT zoomChanged(next);
}

void PolicyView::fitAll()
{
    fit(m_scene.drawingRect());
}

void PolicyView::fitSelection()
{
    QRectF area;
    for (const NodeId &node : m_scene.selectedNodes()) {
        const NodeItem *item = m_scene.nodeItem(node);
        area |= item->place();
    }
    fit(area);
}

void PolicyView::showOpening()
{
    fitAll();
    if (zoom() >= kOpeningZoom)
        return;
    setZoom(kOpeningZoom);
    const auto &nodes = m_editor.document().nodes;
    const auto query = std::find_if(nodes.cbegin(), nodes.cend(), [](const policy::Node &node) {
        return node.kind == "query"_L1;
    });
    if (query == nodes.cend())
        return;
    const QRectF start = m_scene.nodeItem(query->id)->place();
    const QRectF drawing = m_scene.drawingRect();
    const bool fitsInHeight = drawing.height() * zoom() <= viewport()->height() - 2 * kFitMargin;
    const double half = viewport()->width() / 2.0 - kFitMargin;
    centerOn(start.left() + half / zoom(),
             fitsInHeight ? drawing.center().y() : start.center().y());
}

void PolicyView::reveal(const NodeId &node)
{
    if (const NodeItem *item = m_scene.nodeItem(node))
        ensureVisible(item->place(), 24, 24);
}

void PolicyView::revealSelection()
{
    if (const auto selected = m_scene.selectedNodes(); !selected.isEmpty())
        reveal(selected.last());
}

void PolicyView::followUndo(const QList<NodeId> &nodes, const QList<Wire> &wires)
{
    m_scene.select(nodes);
    QRectF area;
    for (const NodeId &node : nodes) {
        const NodeItem *item = m_scene.nodeItem(node);
        area |= item->place();
    }
    for (const Wire &wire : wires) {
        WireItem *item = m_scene.wireItem(wire);
        if (!item || !nodes.isEmpty())
            continue;
        item->setSelected(true);
        area |= item->mapRectToScene(item->boundingRect());
    }
    const QSizeF room = mapToScene(viewport()->rect()).boundingRect().size();
    if (area.width() < room.width() && area.height() < room.height())
        ensureVisible(area, 24, 24);
    else
        revealSelection();
}

void PolicyView::setWheelScrolls(bool scrolls)
{
    if (m_wheelScrolls == scrolls)
        return;
    m_wheelScrolls = scrolls;
    Q_EMIT wheelScrollsChanged(scrolls);
}

void PolicyView::scrollBy(QPoint pixels)
{
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + pixels.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + pixels.y());
}

void PolicyView::updateSceneRect()
{
    QRectF room = m_scene.drawingRect();
    room.adjust(-kRoomAround, -kRoomAround, kRoomAround, kRoomAround);
    // It only grows, so that nothing jumps under the mouse.
    if (!sceneRect().contains(room))
        setSceneRect(sceneRect().united(room));
    m_miniMap->refresh();
}

void PolicyView::showHint(const QString &text, QPoint place)
{
    if (m_hint->text() != text || !m_hint->isVisible()) {
        m_hint->setText(text);
        QAccessibleEvent announced(m_hint, QAccessible::Alert);
        QAccessible::updateAccessibility(&announced);
    }
    m_hint->adjustSize();
    const QRect room = viewport()->rect().adjusted(4, 4, -4, -4);
    m_hint->move(qMax(room.left(), qMin(place.x() + 14, room.right() - m_hint->width())),
                 qMax(room.top(), qMin(place.y() + 18, room.bottom() - m_hint->height())));
    m_hint->show();
    m_hint->raise();
    QTimer::singleShot(kHintMs, m_hint, [this, text] {
        if (m_hint->text() == text && !m_active)
            hideHint();
    });
}

void PolicyView::hideHint()
{
    m_hint->hide();
}

void PolicyView::tell(const Result<> &done)
{
    if (!done)
        showHint(done.error().message, placeOfSelection());
}

QPoint PolicyView::placeOfSelection() const
{
    const QList<NodeId> selected = m_scene.selectedNodes();
    if (selected.isEmpty())
        return viewport()->rect().center();
    const NodeItem *item = m_scene.nodeItem(selected.last());
    return mapFromScene(item->place().bottomLeft());
}

QPoint PolicyView::mouseOrMiddle() const
{
    const QPoint mouse = viewport()->mapFromGlobal(QCursor::pos());
    return viewport()->rect().contains(mouse) ? mouse : viewport()->rect().center();
}

void PolicyView::openNodeSearch(QPointF scenePlace, const std::optional<PortPlace> &end)
{
    m_searchPlace = scenePlace;
    m_searchEnd = end;
    m_searchWire.reset();
    PaletteFilter::Accept accept;
    if (end && !end->port.isEmpty())
        accept = [](const policy::NodeKind &kind) { return kind.hasInput; };
    else if (end)
        accept = [](const policy::NodeKind &kind) { return !mainPort(kind).isEmpty(); };
    m_search->openAt(viewport()->mapToGlobal(mapFromScene(scenePlace)),
                     end ? tr("Connect to a new node") : tr("Add a node"), accept);
}

void PolicyView::openNodeSearchAtMouse()
{
    openNodeSearch(mapToScene(mouseOrMiddle()));
}

void PolicyView::openInsertSearch(QPointF scenePlace, const Wire &wire)
{
    m_searchPlace = scenePlace;
    m_searchEnd.reset();
    m_searchWire = wire;
    m_search->openAt(viewport()->mapToGlobal(mapFromScene(scenePlace)), tr("Insert a node"),
                     [](const policy::NodeKind &kind) { return fitsIntoWire(kind); });
}

void PolicyView::openConnectList(const std::optional<PortPlace> &from)
{
    const QList<NodeId> selected = m_scene.selectedNodes();
    if (!from && selected.size() != 1)
        return;
    const PortPlace place = from.value_or(PortPlace{selected.value(0), {}});
    reveal(place.node);
    const NodeItem *item = m_scene.nodeItem(place.node);
    const QPoint beside = mapFromScene(item->place().topRight());
    tell(m_connect->openAt(viewport()->mapToGlobal(beside + QPoint(8, 0)), place.node, place.port));
}

void PolicyView::setKindUsage(KindUsage &usage)
{
    m_usage = &usage;
    m_search->setUsage(usage);
}

void PolicyView::addChosen(const QString &kind)
{
    // A wire drawn into the open meets the new node at its port.
    QPointF at = m_searchPlace;
    if (m_searchEnd)
        at -= QPointF(m_searchEnd->port.isEmpty() ? kCardWidth : 0, kFirstPortY);
    const auto added = m_searchWire ? m_actions.addOnWire(kind, at, *m_searchWire)
                                    : m_actions.addNode(kind, at, m_searchEnd);
    if (!added) {
        showHint(added.error().message, mapFromScene(m_searchPlace));
        return;
    }
    if (m_usage)
        m_usage->noteUse(kind);
    openNote(*added);
}

void PolicyView::addNode(const QString &kind)
{
    const QPoint middle = viewport()->rect().center();
    const QPointF at = m_actions.placeBesideSelection().value_or(
        mapToScene(middle) - QPointF(kCardWidth / 2, kHeaderHeight / 2));
    const auto added = m_actions.addNode(kind, at);
    if (!added) {
        showHint(added.error().message, middle);
        return;
    }
    reveal(*added);
    openNote(*added);
}

void PolicyView::renameGroup(const QString &group)
{
    if (const GroupFrame *frame = m_scene.group(group))
        ensureVisible(frame->header(), 24, 24);
    m_groupTitle->open(group);
}

bool PolicyView::showsMiniMap() const
{
    return m_miniMap->isWanted();
}

void PolicyView::setShowsMiniMap(bool shows)
{
    m_miniMap->setWanted(shows);
}

void PolicyView::openNote(const NodeId &node)
{
    m_notes->open(node); // which does nothing for other kinds
}

void PolicyView::copy()
{
    const Clip clip = m_actions.copySelection();
    if (!clip.nodes.isEmpty())
        QGuiApplication::clipboard()->setMimeData(clipData(clip));
}

void PolicyView::cut()
{
    copy();
    m_actions.cutSelection();
}

void PolicyView::paste(OuterWires outer)
{
    const QPoint place = mouseOrMiddle();
    const Result<Clip> clip = readClip(QGuiApplication::clipboard()->mimeData());
    if (!clip) {
        showHint(clip.error().message, place);
        return;
    }
    if (const Result<> pasted = m_actions.paste(*clip, mapToScene(place), outer); !pasted)
        showHint(pasted.error().message, place);
    else
        revealSelection();
}

void PolicyView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    placeMiniMap();
}

void PolicyView::placeMiniMap()
{
    m_miniMap->fitInto(viewport()->size());
    m_miniMap->move(viewport()->width() - m_miniMap->width() - 12,
                    viewport()->height() - m_miniMap->height() - 12);
    m_miniMap->refresh();
}

void PolicyView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    // Scrolling shifts what lies in the viewport, its children included.
    placeMiniMap();
    m_notes->follow();
    m_groupTitle->follow();
}

void PolicyView::drawBackground(QPainter *painter, const QRectF &rect)
{
    paintCanvasGround(*painter, rect, m_scene.theme());
}

} // namespace headgate::ui
