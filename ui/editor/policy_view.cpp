#include "ui/editor/policy_view.h"

#include "ui/common/style_sheet.h"
#include "ui/editor/canvas_ground.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/gestures/draw_wire_gesture.h"
#include "ui/editor/gestures/move_nodes_gesture.h"
#include "ui/editor/gestures/pan_gesture.h"
#include "ui/editor/gestures/replug_gesture.h"
#include "ui/editor/gestures/select_gesture.h"
#include "ui/editor/mini_map.h"
#include "ui/editor/node_item.h"
#include "ui/editor/node_search_popup.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/port_item.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QScrollBar>
#include <QTimer>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kFitMargin = 32;    // pixels
constexpr double kRoomAround = 4000; // canvas units that one can scroll beyond the drawing
constexpr int kHintMs = 4000;

} // namespace

PolicyView::PolicyView(PolicyScene &scene, policy::PolicyEditor &editor, QUndoStack &undo,
                       QWidget *parent)
    : QGraphicsView(&scene, parent)
    , m_scene(scene)
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

    m_hint = new QLabel(viewport());
    m_hint->setObjectName(u"canvasHint"_s);
    setRole(m_hint, Role::WarnTag);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_hint->hide();
    m_search = new NodeSearchPopup(scene.theme(), this);
    connect(m_search, &NodeSearchPopup::chosen, this, &PolicyView::addChosen);
    m_miniMap = new MiniMap(*this, scene);

    const Canvas canvas{*this, scene, editor, undo};
    m_gestures.push_back(std::make_unique<PanGesture>(canvas));
    m_gestures.push_back(std::make_unique<ReplugGesture>(canvas));
    m_gestures.push_back(std::make_unique<DrawWireGesture>(canvas));
    m_gestures.push_back(std::make_unique<MoveNodesGesture>(canvas));
    m_gestures.push_back(std::make_unique<SelectGesture>(canvas));

    // What the mouse holds may go away under it: undo by key, a mend, another document.
    const auto letGo = [this] {
        m_hovered = nullptr;
        if (Gesture *held = std::exchange(m_active, nullptr))
            held->cancel();
    };
    connect(&editor, &policy::PolicyEditor::nodeRemoved, this, letGo);
    connect(&editor, &policy::PolicyEditor::nodeChanged, this, letGo);
    connect(&editor, &policy::PolicyEditor::modelsChanged, this, letGo);
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, letGo);
    connect(&editor, &policy::PolicyEditor::changed, this, &PolicyView::updateSceneRect);
    updateSceneRect();
}

PolicyView::~PolicyView() = default;

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

void PolicyView::fitAll()
{
    const QRectF drawing = m_scene.drawingRect();
    if (drawing.isEmpty())
        return;
    const QSizeF room = viewport()->size() - QSizeF(2 * kFitMargin, 2 * kFitMargin);
    const double scale = qMin(room.width() / drawing.width(), room.height() / drawing.height());
    const double next = qBound(kMinZoom, qMin(scale, 1.0), kMaxZoom);
    setTransform(QTransform::fromScale(next, next));
    centerOn(drawing.center());
    m_miniMap->refresh();
    Q_EMIT zoomChanged(next);
}

void PolicyView::reveal(const policy::NodeId &node)
{
    if (const NodeItem *item = m_scene.nodeItem(node))
        ensureVisible(item->mapRectToScene(item->card()), 24, 24);
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

void PolicyView::openNodeSearch(QPointF scenePlace, const std::optional<PortPlace> &from)
{
    m_searchPlace = scenePlace;
    m_searchFrom = from;
    PaletteFilter::Accept accept;
    if (from)
        accept = [](const policy::NodeKind &kind) { return kind.hasInput; };
    m_search->openAt(viewport()->mapToGlobal(mapFromScene(scenePlace)),
                     from ? tr("Connect to a new node") : tr("Add a node"), accept);
}

void PolicyView::addChosen(const QString &kind)
{
    // A wire drawn into the open meets the new node at its in port.
    const QPointF at = m_searchFrom ? m_searchPlace - QPointF(0, kFirstPortY) : m_searchPlace;
    if (const auto added = m_actions.addNode(kind, at, m_searchFrom); !added)
        showHint(added.error().message, mapFromScene(m_searchPlace));
}

void PolicyView::addNode(const QString &kind)
{
    const QPoint middle = viewport()->rect().center();
    const QPointF at = m_actions.placeBesideSelection().value_or(
        mapToScene(middle) - QPointF(kCardWidth / 2, kHeaderHeight / 2));
    if (const auto added = m_actions.addNode(kind, at))
        reveal(*added);
    else
        showHint(added.error().message, middle);
}

Pointer PolicyView::pointerOf(const QMouseEvent &event) const
{
    return {mapToScene(event.position().toPoint()), event.position().toPoint(), event.button(),
            event.modifiers()};
}

void PolicyView::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    hideHint();
    if (m_active)
        return;
    const Pointer pointer = pointerOf(*event);
    for (const auto &gesture : m_gestures) {
        if (gesture->press(pointer)) {
            m_active = gesture.get();
            m_activeButton = event->button();
            return;
        }
    }
}

void PolicyView::mouseMoveEvent(QMouseEvent *event)
{
    const Pointer pointer = pointerOf(*event);
    if (m_active)
        m_active->move(pointer);
    else
        hoverPort(m_scene.portAt(pointer.scene, PortItem::kTarget / 2 / qMin(1.0, zoom())));
}

void PolicyView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_active || event->button() != m_activeButton)
        return;
    Gesture *done = std::exchange(m_active, nullptr);
    done->release(pointerOf(*event));
}

void PolicyView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Pointer pointer = pointerOf(*event);
    if (event->button() != Qt::LeftButton)
        return;
    if (const NodeItem *node = m_scene.nodeAt(pointer.scene)) {
        m_scene.select({node->id()});
        Q_EMIT inspectRequested();
    } else {
        openNodeSearch(pointer.scene);
    }
}

void PolicyView::hoverPort(PortItem *port)
{
    if (port == m_hovered)
        return;
    if (m_hovered)
        m_hovered->setHovered(false);
    m_hovered = port;
    if (m_hovered)
        m_hovered->setHovered(true);
    viewport()->setCursor(port ? Qt::CrossCursor : Qt::ArrowCursor);
}

void PolicyView::contextMenuEvent(QContextMenuEvent *event)
{
    const QPointF place = mapToScene(event->pos());
    const NodeItem *node = m_scene.nodeAt(place);
    if (node && !node->isSelected())
        m_scene.select({node->id()});
    const bool any = !m_scene.selectedNodes().isEmpty();
    QMenu menu(this);
    menu.addAction(tr("Add a node…"), QKeySequence(Qt::Key_A), this,
                   [this, place] { openNodeSearch(place); });
    QAction *rename =
        menu.addAction(tr("Rename"), QKeySequence(Qt::Key_F2), this, &PolicyView::renameRequested);
    QAction *copy = menu.addAction(tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D), this,
                                   [this] { m_actions.duplicateSelection(); });
    QAction *remove = menu.addAction(tr("Delete"), QKeySequence(Qt::Key_Delete), this,
                                     [this] { m_actions.removeSelection(); });
    rename->setEnabled(m_scene.selectedNodes().size() == 1);
    copy->setEnabled(any);
    remove->setEnabled(any || !m_scene.selectedWires().isEmpty());
    menu.addSeparator();
    menu.addAction(tr("Fit all"), QKeySequence(Qt::Key_1), this, &PolicyView::fitAll);
    menu.addAction(tr("100 %"), QKeySequence(Qt::Key_0), this, [this] { setZoom(1); });
    menu.exec(event->globalPos());
}

void PolicyView::wheelEvent(QWheelEvent *event)
{
    const bool touchPad = event->pointingDevice()->type() == QInputDevice::DeviceType::TouchPad;
    const bool zooms = event->modifiers() & Qt::ControlModifier;
    const QPoint pixels =
        event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta();
    if (event->modifiers() & Qt::ShiftModifier)
        scrollBy({-(pixels.x() + pixels.y()), 0});
    else if (touchPad && !zooms)
        scrollBy(-pixels);
    else
        zoomAt(event->position().toPoint(), std::pow(1.0016, event->angleDelta().y()));
    event->accept();
}

bool PolicyView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::NativeGesture) {
        const auto *pinch = static_cast<QNativeGestureEvent *>(event);
        if (pinch->gestureType() == Qt::ZoomNativeGesture) {
            zoomAt(pinch->position().toPoint(), 1 + pinch->value());
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

void PolicyView::keyPressEvent(QKeyEvent *event)
{
    if (handleArrow(*event) || handleEditKey(*event) || handleViewKey(*event))
        event->accept();
    else
        QAbstractScrollArea::keyPressEvent(event);
}

bool PolicyView::handleArrow(const QKeyEvent &event)
{
    static const QHash<int, QPointF> directions = {{Qt::Key_Left, {-1, 0}},
                                                   {Qt::Key_Right, {1, 0}},
                                                   {Qt::Key_Up, {0, -1}},
                                                   {Qt::Key_Down, {0, 1}}};
    const auto direction = directions.constFind(event.key());
    if (direction == directions.cend())
        return false;
    if (event.modifiers() & Qt::ControlModifier) {
        const double steps = event.modifiers() & Qt::ShiftModifier ? 5 : 1;
        m_actions.nudgeSelection(*direction * kGrid * steps);
    } else {
        m_actions.stepSelection(*direction);
    }
    if (const auto selected = m_scene.selectedNodes(); !selected.isEmpty())
        reveal(selected.last());
    return true;
}

bool PolicyView::handleEditKey(const QKeyEvent &event)
{
    if (event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_D) {
        m_actions.duplicateSelection();
        return true;
    }
    if (event.modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        m_actions.removeSelection();
        return true;
    case Qt::Key_F2:
        Q_EMIT renameRequested();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT inspectRequested();
        return true;
    case Qt::Key_A:
    case Qt::Key_Insert: {
        const QPoint mouse = viewport()->mapFromGlobal(QCursor::pos());
        const bool inside = viewport()->rect().contains(mouse);
        openNodeSearch(mapToScene(inside ? mouse : viewport()->rect().center()));
        return true;
    }
    default:
        return false;
    }
}

bool PolicyView::handleViewKey(const QKeyEvent &event)
{
    if (event.matches(QKeySequence::SelectAll)) {
        m_scene.select(m_scene.nodeItems().keys());
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Escape:
        cancelOrClear();
        return true;
    case Qt::Key_1:
        fitAll();
        return true;
    case Qt::Key_0:
        setZoom(1);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAt(viewport()->rect().center(), 1.25);
        return true;
    case Qt::Key_Minus:
        zoomAt(viewport()->rect().center(), 0.8);
        return true;
    case Qt::Key_Space:
        m_spaceHeld = true;
        if (!m_active)
            viewport()->setCursor(Qt::OpenHandCursor);
        return true;
    default:
        return false;
    }
}

void PolicyView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        viewport()->unsetCursor();
    }
    QAbstractScrollArea::keyReleaseEvent(event);
}

void PolicyView::focusOutEvent(QFocusEvent *event)
{
    m_spaceHeld = false;
    QGraphicsView::focusOutEvent(event);
}

void PolicyView::cancelOrClear()
{
    hideHint();
    if (Gesture *held = std::exchange(m_active, nullptr))
        held->cancel();
    else
        m_scene.clearSelection();
}

void PolicyView::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(kindMimeType()))
        event->acceptProposedAction();
}

void PolicyView::dragMoveEvent(QDragMoveEvent *event)
{
    if (event->mimeData()->hasFormat(kindMimeType()))
        event->acceptProposedAction();
}

void PolicyView::dropEvent(QDropEvent *event)
{
    const QPoint place = event->position().toPoint();
    const QString kind = QString::fromUtf8(event->mimeData()->data(kindMimeType()));
    const QPointF at = mapToScene(place) - QPointF(kCardWidth / 2, kHeaderHeight / 2);
    if (const auto added = m_actions.addNode(kind, at); !added)
        showHint(added.error().message, place);
    event->acceptProposedAction();
    setFocus(Qt::OtherFocusReason);
}

void PolicyView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    placeMiniMap();
}

void PolicyView::placeMiniMap()
{
    m_miniMap->move(viewport()->width() - m_miniMap->width() - 12,
                    viewport()->height() - m_miniMap->height() - 12);
    m_miniMap->refresh();
}

void PolicyView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    // Scrolling shifts what lies in the viewport, its children included.
    placeMiniMap();
}

void PolicyView::drawBackground(QPainter *painter, const QRectF &rect)
{
    paintCanvasGround(*painter, rect, m_scene.theme());
}

} // namespace headgate::ui
