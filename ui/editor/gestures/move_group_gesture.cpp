#include "ui/editor/gestures/move_group_gesture.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/group_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QApplication>
#include <QUndoStack>

namespace headgate::ui {

bool MoveGroupGesture::press(const Pointer &pointer)
{
    if (pointer.button != Qt::LeftButton || m_canvas.scene.nodeAt(pointer.scene))
        return false;
    const GroupFrame *group = m_canvas.scene.groupAt(pointer.scene);
    if (!group)
        return false;
    m_group = group->id;
    m_nodes = group->nodes;
    m_corner = group->rect.topLeft();
    m_onChevron = group->chevron().contains(pointer.scene);
    m_from = pointer.scene;
    m_fromPixel = pointer.viewport;
    m_dragging = false;
    m_start.clear();
    for (const policy::NodeId &id : std::as_const(m_nodes)) {
        if (const NodeItem *item = m_canvas.scene.nodeItem(id))
            m_start.insert(id, item->pos());
    }
    return true;
}

void MoveGroupGesture::move(const Pointer &pointer)
{
    m_dragging = m_dragging || (pointer.viewport - m_fromPixel).manhattanLength() >=
                                   QApplication::startDragDistance();
    if (!m_dragging || m_start.isEmpty())
        return;
    // The members keep their places to each other: one of them meets the grid.
    const QPointF lead = m_start.value(m_nodes.first(), m_corner);
    QPointF target = lead + pointer.scene - m_from;
    if (!(pointer.modifiers & Qt::ShiftModifier))
        target = snappedToGrid(target);
    place(target - lead);
}

void MoveGroupGesture::release(const Pointer &pointer)
{
    if (!m_dragging) {
        const GroupFrame *group = m_canvas.scene.group(m_group);
        if (m_onChevron && group) {
            if (auto command = collapseGroupCommand(m_canvas.editor, m_group, !group->collapsed))
                m_canvas.undo.push(command.release());
        } else {
            selectMembers(pointer.modifiers);
        }
        return;
    }
    QList<NodeMove> moves;
    for (const policy::NodeId &id : std::as_const(m_nodes)) {
        const NodeItem *item = m_canvas.scene.nodeItem(id);
        if (item && m_start.contains(id) && item->pos() != m_start.value(id))
            moves.append({id, item->pos()});
    }
    if (!moves.isEmpty())
        m_canvas.undo.push(
            new MoveNodesCommand(m_canvas.editor, moves, MoveNodesCommand::Burst::Single));
}

void MoveGroupGesture::cancel()
{
    place({});
}

void MoveGroupGesture::place(QPointF offset)
{
    for (auto it = m_start.cbegin(); it != m_start.cend(); ++it) {
        if (NodeItem *item = m_canvas.scene.nodeItem(it.key()))
            item->setPos(it.value() + offset);
    }
}

void MoveGroupGesture::selectMembers(Qt::KeyboardModifiers modifiers)
{
    QList<policy::NodeId> selected;
    if (modifiers & (Qt::ShiftModifier | Qt::ControlModifier))
        selected = m_canvas.scene.selectedNodes();
    const GroupFrame *group = m_canvas.scene.group(m_group);
    const bool takesAway = (modifiers & Qt::ControlModifier) && group && group->selected;
    for (const policy::NodeId &id : std::as_const(m_nodes)) {
        if (takesAway)
            selected.removeAll(id);
        else if (!selected.contains(id))
            selected.append(id);
    }
    m_canvas.scene.select(selected);
}

} // namespace headgate::ui
