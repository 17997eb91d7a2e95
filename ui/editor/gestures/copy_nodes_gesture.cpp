#include "ui/editor/gestures/copy_nodes_gesture.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/copy_commands.h"
#include "ui/editor/gestures/ghost_card.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QApplication>
#include <QUndoStack>

namespace headgate::ui {

CopyNodesGesture::CopyNodesGesture(const Canvas &canvas)
    : Gesture(canvas)
{
}

CopyNodesGesture::~CopyNodesGesture() = default;

bool CopyNodesGesture::press(const Pointer &pointer)
{
    const NodeItem *node = m_canvas.scene.nodeAt(pointer.scene);
    if (pointer.button != Qt::LeftButton || !(pointer.modifiers & Qt::AltModifier) || !node)
        return false;
    m_grabbed = node->id();
    if (!node->isSelected())
        m_canvas.scene.select({m_grabbed});
    m_nodes = m_canvas.scene.selectedNodes();
    m_from = pointer.scene;
    m_start = pointer.viewport;
    m_dragging = false;
    return true;
}

void CopyNodesGesture::move(const Pointer &pointer)
{
    if (!m_dragging &&
        (pointer.viewport - m_start).manhattanLength() >= QApplication::startDragDistance()) {
        m_dragging = true;
        lift();
    }
    if (m_dragging)
        place(pointer);
}

void CopyNodesGesture::lift()
{
    for (const policy::NodeId &id : std::as_const(m_nodes)) {
        const NodeItem *node = m_canvas.scene.nodeItem(id);
        auto ghost = std::make_unique<GhostCard>(node->look(), m_canvas.scene.theme());
        m_canvas.scene.addItem(ghost.get());
        m_ghosts.push_back(std::move(ghost));
    }
}

void CopyNodesGesture::place(const Pointer &pointer)
{
    const QPointF lead = m_canvas.scene.nodeItem(m_grabbed)->pos();
    QPointF target = lead + pointer.scene - m_from;
    if (!(pointer.modifiers & Qt::ShiftModifier))
        target = snappedToGrid(target);
    m_offset = target - lead;
    for (size_t i = 0; i < m_ghosts.size(); ++i)
        m_ghosts[i]->setPos(m_canvas.scene.nodeItem(m_nodes[qsizetype(i)])->pos() + m_offset);
}

void CopyNodesGesture::release(const Pointer &pointer)
{
    m_ghosts.clear();
    if (!m_dragging)
        return;
    QList<policy::NodeId> copies;
    auto command = duplicateCommand(m_canvas.editor, m_nodes, m_offset, &copies);
    if (!command) {
        m_canvas.view.showHint(CanvasActions::oneQuerySentence(), pointer.viewport);
        return;
    }
    m_canvas.undo.push(command.release());
    m_canvas.scene.select(copies);
}

void CopyNodesGesture::cancel()
{
    m_ghosts.clear();
}

} // namespace headgate::ui
