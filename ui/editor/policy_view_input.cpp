#include "ui/editor/canvas_action_list.h"
#include "ui/editor/canvas_menu.h"
#include "ui/editor/edge_panner.h"
#include "ui/editor/gestures/threshold_gesture.h"
#include "ui/editor/kind_drop.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QNativeGestureEvent>
#include <QPointingDevice>

#include <cmath>

using namespace Qt::StringLiterals;

// What the view does with mouse, wheel, keys and drags; what it shows is in policy_view.cpp.

namespace headgate::ui {

namespace {

constexpr double kPointerReach = 5; // pixels beside a wire that still hit it

} // namespace

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
            m_pressed = pointer;
            return;
        }
    }
}

void PolicyView::mouseMoveEvent(QMouseEvent *event)
{
    const Pointer pointer = pointerOf(*event);
    if (m_active)
        dragAt(pointer);
    else
        hover(pointer.scene);
}

void PolicyView::hover(QPointF place)
{
    PortItem *port = m_scene.portAt(place, PortItem::kTarget / 2 / qMin(1.0, zoom()));
    hoverPort(port);
    if (port || m_spaceHeld)
        return;
    const NodeItem *node = m_scene.nodeAt(place);
    if (m_scene.badges() == BadgeMode::OnHover)
        m_scene.setHovered(node ? node->id() : policy::NodeId());
    const GroupFrame *group = node ? nullptr : m_scene.groupAt(place);
    if (node && isOnThreshold(*node, place, zoom()))
        viewport()->setCursor(Qt::SizeHorCursor);
    else if (m_scene.noteHandleAt(place))
        viewport()->setCursor(Qt::SizeFDiagCursor);
    else if (group && group->chevron().contains(place))
        viewport()->setCursor(Qt::PointingHandCursor);
    else
        viewport()->setCursor(Qt::ArrowCursor);
}

void PolicyView::dragAt(const Pointer &pointer)
{
    m_last = pointer;
    m_active->move(pointer);
    const int way = (pointer.viewport - m_pressed.viewport).manhattanLength();
    if (m_active->pansAtEdge() && way >= QApplication::startDragDistance())
        m_panner->follow(pointer.viewport, viewport()->rect());
}

void PolicyView::panAtEdge(QPoint pixels)
{
    scrollBy(pixels);
    if (!m_active)
        return;
    m_last.scene = mapToScene(m_last.viewport);
    m_active->move(m_last);
}

void PolicyView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_active || event->button() != m_pressed.button)
        return;
    m_panner->stop();
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
        if (node->look().isNote)
            openNote(node->id());
        else
            Q_EMIT inspectRequested();
    } else if (const GroupFrame *group = m_scene.groupAt(pointer.scene)) {
        m_actions.setCollapsed(group->id, !group->collapsed);
    } else if (const WireItem *wire = m_scene.wireAt(pointer.scene, kPointerReach / zoom())) {
        openInsertSearch(pointer.scene, wire->wire());
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
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint pixel = byKey ? placeOfSelection() : event->pos();
    const QPointF place = mapToScene(pixel);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"canvasMenu"_s);
    WireItem *wire = m_scene.wireAt(place, kPointerReach / zoom());
    if (const NodeItem *node = m_scene.nodeAt(place); node && !byKey) {
        if (!node->isSelected())
            m_scene.select({node->id()});
    } else if (const GroupFrame *group = m_scene.groupAt(place); group && !byKey) {
        if (!group->selected)
            m_scene.select(group->nodes);
    } else if (wire && !byKey) {
        m_scene.clearSelection();
        wire->setSelected(true);
        menu->addAction(tr("Insert a node…"), this,
                        [this, place, ends = wire->wire()] { openInsertSearch(place, ends); });
    } else if (!byKey) {
        menu->addAction(tr("Add a node…"), this, [this, place] { openNodeSearch(place); });
    }
    fillCanvasMenu(*menu, *m_actionList);
    menu->popup(viewport()->mapToGlobal(pixel));
}

void PolicyView::wheelEvent(QWheelEvent *event)
{
    const bool touchPad = event->pointingDevice()->type() == QInputDevice::DeviceType::TouchPad;
    const bool zooms = event->modifiers() & Qt::ControlModifier;
    const QPoint pixels =
        event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta();
    if (event->modifiers() & Qt::ShiftModifier)
        scrollBy({-(pixels.x() + pixels.y()), 0});
    else if (!zooms && (touchPad || m_wheelScrolls))
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
    if (event->key() == Qt::Key_Space) {
        m_spaceHeld = true;
        if (!m_active)
            viewport()->setCursor(Qt::OpenHandCursor);
    } else if (event->key() == Qt::Key_Escape && m_active) {
        cancelOrClear(); // whatever else the gesture has one hold down
    } else if (!m_actionList->trigger(*event)) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    event->accept();
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

void PolicyView::letGo()
{
    m_hovered = nullptr;
    m_panner->stop();
    if (Gesture *held = std::exchange(m_active, nullptr))
        held->cancel();
}

void PolicyView::cancelOrClear()
{
    hideHint();
    if (m_active)
        letGo();
    else
        m_scene.clearSelection();
}

void PolicyView::dragEnterEvent(QDragEnterEvent *event)
{
    if (KindDrop::accepts(*event->mimeData()))
        event->acceptProposedAction();
}

void PolicyView::dragMoveEvent(QDragMoveEvent *event)
{
    if (!KindDrop::accepts(*event->mimeData()))
        return;
    const QPoint place = event->position().toPoint();
    m_drop->follow(*event->mimeData(), mapToScene(place));
    m_panner->followFromOutside(place, viewport()->rect());
    event->acceptProposedAction();
}

void PolicyView::dragLeaveEvent(QDragLeaveEvent *)
{
    m_panner->stop();
    m_drop->stop();
}

void PolicyView::dropEvent(QDropEvent *event)
{
    const QPoint place = event->position().toPoint();
    m_panner->stop();
    if (const auto added = m_drop->drop(*event->mimeData(), mapToScene(place)); !added)
        showHint(added.error().message, place);
    event->acceptProposedAction();
    setFocus(Qt::OtherFocusReason);
}

} // namespace headgate::ui
