#include "ui/editor/gestures/move_nodes_gesture.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QApplication>
#include <QUndoStack>

namespace headgate::ui {

MoveNodesGesture::MoveNodesGesture(const Canvas &canvas)
    : Gesture(canvas)
    , m_glow(canvas.scene)
{
}

bool MoveNodesGesture::press(const Pointer &pointer)
{
    NodeItem *node = m_canvas.scene.nodeAt(pointer.scene);
    if (pointer.button != Qt::LeftButton || !node)
        return false;
    m_grabbed = node->id();
    m_from = pointer.scene;
    m_fromPixel = pointer.viewport;
    m_dragging = false;
    // A click into a selection may be the start of a drag of all of it: narrow it at release only.
    m_selectOnRelease = node->isSelected() && pointer.modifiers == Qt::NoModifier;
    if (pointer.modifiers & Qt::ControlModifier)
        node->setSelected(!node->isSelected());
    else if (pointer.modifiers & Qt::ShiftModifier)
        node->setSelected(true);
    else if (!node->isSelected())
        m_canvas.scene.select({m_grabbed});
    m_start.clear();
    for (const policy::NodeId &id : m_canvas.scene.selectedNodes())
        m_start.insert(id, m_canvas.scene.nodeItem(id)->pos());
    m_insertable = mayGoIntoWire();
    return true;
}

bool MoveNodesGesture::mayGoIntoWire() const
{
    const policy::PolicyDocument &document = m_canvas.editor.document();
    if (m_start.size() != 1 || !m_start.contains(m_grabbed))
        return false;
    const bool wired = std::any_of(document.wires.cbegin(), document.wires.cend(),
                                   [this](const policy::Wire &wire) {
                                       return wire.from == m_grabbed || wire.to == m_grabbed;
                                   });
    return !wired && fitsIntoWire(*document.node(m_grabbed));
}

void MoveNodesGesture::move(const Pointer &pointer)
{
    if (m_start.isEmpty())
        return;
    m_dragging = m_dragging || (pointer.viewport - m_fromPixel).manhattanLength() >=
                                   QApplication::startDragDistance();
    if (!m_dragging)
        return;
    const QPointF lead = m_start.value(m_grabbed, m_start.begin().value());
    QPointF target = lead + pointer.scene - m_from;
    if (!(pointer.modifiers & Qt::ShiftModifier))
        target = snappedToGrid(target);
    place(target - lead);
    if (m_insertable) {
        const NodeItem *item = m_canvas.scene.nodeItem(m_grabbed);
        m_glow.follow(item->place());
    }
}

void MoveNodesGesture::release(const Pointer &)
{
    const std::optional<policy::Wire> wire = m_glow.wire();
    m_glow.stop();
    if (!m_dragging) {
        if (m_selectOnRelease)
            m_canvas.scene.select({m_grabbed});
        return;
    }
    if (!wire) {
        pushMoves();
        return;
    }
    const QPointF dropped = m_canvas.scene.nodeItem(m_grabbed)->pos();
    place({}); // the command says where it ends up
    m_canvas.view.actions().insertOnWire(m_grabbed, *wire, dropped);
}

void MoveNodesGesture::pushMoves()
{
    QList<NodeMove> moves;
    for (const policy::NodeId &id : m_canvas.scene.selectedNodes()) {
        const QPointF to = m_canvas.scene.nodeItem(id)->pos();
        if (m_start.contains(id) && to != m_start.value(id))
            moves.append({id, to});
    }
    if (!moves.isEmpty())
        m_canvas.undo.push(
            new MoveNodesCommand(m_canvas.editor, moves, MoveNodesCommand::Burst::Single));
}

void MoveNodesGesture::cancel()
{
    m_glow.stop();
    place({});
}

void MoveNodesGesture::place(QPointF offset)
{
    for (auto it = m_start.cbegin(); it != m_start.cend(); ++it) {
        if (NodeItem *item = m_canvas.scene.nodeItem(it.key()))
            item->setPos(it.value() + offset);
    }
}

} // namespace headgate::ui
