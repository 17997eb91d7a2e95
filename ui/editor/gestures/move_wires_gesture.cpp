#include "ui/editor/gestures/move_wires_gesture.h"

#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"

#include <QApplication>
#include <QUndoStack>

namespace headgate::ui {

MoveWiresGesture::MoveWiresGesture(const Canvas &canvas)
    : Gesture(canvas)
    , m_draft(canvas)
{
}

bool MoveWiresGesture::press(const Pointer &pointer)
{
    const PortItem *port = portUnder(pointer);
    if (pointer.button != Qt::LeftButton || !(pointer.modifiers & Qt::ControlModifier) || !port)
        return false;
    m_wires = wiresAt(*port);
    m_loose = port->direction() == PortItem::Direction::In ? WireDraft::Loose::To
                                                           : WireDraft::Loose::From;
    m_start = pointer.viewport;
    m_dragging = false;
    return !m_wires.isEmpty();
}

void MoveWiresGesture::move(const Pointer &pointer)
{
    if (!m_dragging &&
        (pointer.viewport - m_start).manhattanLength() >= QApplication::startDragDistance()) {
        m_dragging = true;
        m_draft.start(m_wires, m_loose, WireDraft::Origin::Moved);
    }
    if (m_dragging)
        m_draft.follow(pointer);
}

void MoveWiresGesture::release(const Pointer &pointer)
{
    if (!m_dragging)
        return;
    m_draft.stop();
    if (!m_draft.target())
        return;
    if (!m_draft.refusal().isEmpty()) {
        m_canvas.view.showHint(m_draft.refusal(), pointer.viewport);
        return;
    }
    QList<Rewire> rewires;
    const QList<policy::Wire> moved = m_draft.wires();
    for (qsizetype i = 0; i < m_wires.size(); ++i)
        rewires.append({m_wires[i], moved[i]});
    if (auto command = rewireCommand(m_canvas.editor, rewires))
        m_canvas.undo.push(command.release());
}

void MoveWiresGesture::cancel()
{
    if (m_dragging)
        m_draft.stop();
    m_canvas.view.hideHint();
}

} // namespace headgate::ui
