#include "ui/editor/gestures/resize_note_gesture.h"

#include "ui/editor/canvas_metrics.h"
#include "ui/editor/editor_commands/note_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"

#include <QUndoStack>

namespace headgate::ui {

bool ResizeNoteGesture::press(const Pointer &pointer)
{
    NodeItem *note = m_canvas.scene.noteHandleAt(pointer.scene);
    if (pointer.button != Qt::LeftButton || !note)
        return false;
    m_note = note->id();
    m_before = m_size = note->card().size();
    m_from = pointer.scene;
    m_canvas.scene.select({m_note});
    return true;
}

void ResizeNoteGesture::move(const Pointer &pointer)
{
    NodeItem *note = m_canvas.scene.nodeItem(m_note);
    if (!note)
        return;
    const QPointF dragged = pointer.scene - m_from;
    QPointF corner = note->pos() + QPointF(m_before.width(), m_before.height()) + dragged;
    if (!(pointer.modifiers & Qt::ShiftModifier))
        corner = snappedToGrid(corner);
    const QPointF size = corner - note->pos();
    m_size = boundedNoteSize({size.x(), size.y()});
    note->setNoteSize(m_size);
}

void ResizeNoteGesture::release(const Pointer &)
{
    if (m_size == m_before)
        return;
    m_canvas.undo.push(resizeNoteCommand(m_canvas.editor, m_note, m_size).release());
}

void ResizeNoteGesture::cancel()
{
    if (NodeItem *note = m_canvas.scene.nodeItem(m_note))
        note->setNoteSize(m_before);
}

} // namespace headgate::ui
