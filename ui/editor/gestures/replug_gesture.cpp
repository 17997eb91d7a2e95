#include "ui/editor/gestures/replug_gesture.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/rewire_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"
#include "ui/editor/wire_item.h"

#include <QApplication>
#include <QUndoStack>

namespace headgate::ui {

ReplugGesture::ReplugGesture(const Canvas &canvas)
    : Gesture(canvas)
    , m_draft(canvas)
{
}

bool ReplugGesture::press(const Pointer &pointer)
{
    if (pointer.button != Qt::LeftButton)
        return false;
    m_wire = wireEndingAt(pointer);
    m_start = pointer.viewport;
    m_dragging = false;
    return m_wire.has_value();
}

// Of several wires into one port: the selected one, else the last drawn.
std::optional<policy::Wire> ReplugGesture::wireEndingAt(const Pointer &pointer) const
{
    const PortItem *port = portUnder(pointer);
    if (!port || port->direction() != PortItem::Direction::In)
        return std::nullopt;
    std::optional<policy::Wire> found;
    for (const policy::Wire &wire : m_canvas.editor.document().wires) {
        if (wire.to != port->node().id())
            continue;
        const WireItem *item = m_canvas.scene.wireItem(wire);
        if (item && item->isSelected())
            return wire;
        found = wire;
    }
    return found;
}

void ReplugGesture::move(const Pointer &pointer)
{
    if (!m_dragging &&
        (pointer.viewport - m_start).manhattanLength() >= QApplication::startDragDistance()) {
        m_dragging = true;
        m_draft.start({*m_wire}, WireDraft::Loose::To, WireDraft::Origin::Moved);
    }
    if (m_dragging)
        m_draft.follow(pointer);
}

void ReplugGesture::release(const Pointer &pointer)
{
    if (!m_dragging) {
        m_canvas.scene.select({m_wire->to});
        return;
    }
    m_draft.stop();
    if (!m_draft.target())
        m_canvas.undo.push(new DisconnectCommand(m_canvas.editor, *m_wire));
    else if (!m_draft.refusal().isEmpty())
        m_canvas.view.showHint(m_draft.refusal(), pointer.viewport);
    else if (auto command = rewireCommand(m_canvas.editor, {{*m_wire, m_draft.wires().first()}}))
        m_canvas.undo.push(command.release());
}

void ReplugGesture::cancel()
{
    if (m_dragging)
        m_draft.stop();
    m_canvas.view.hideHint();
}

} // namespace headgate::ui
