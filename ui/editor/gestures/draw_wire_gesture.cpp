#include "ui/editor/gestures/draw_wire_gesture.h"

#include "ui/editor/editor_commands/wire_commands.h"
#include "ui/editor/node_item.h"
#include "ui/editor/policy_scene.h"
#include "ui/editor/policy_view.h"
#include "ui/editor/port_item.h"

#include <QApplication>
#include <QUndoStack>

namespace headgate::ui {

DrawWireGesture::DrawWireGesture(const Canvas &canvas)
    : Gesture(canvas)
    , m_draft(canvas)
{
}

bool DrawWireGesture::press(const Pointer &pointer)
{
    const PortItem *port = portUnder(pointer);
    if (pointer.button != Qt::LeftButton || !port)
        return false;
    const bool out = port->direction() == PortItem::Direction::Out;
    m_node = port->node().id();
    m_port = out ? port->port().name : QString();
    m_start = pointer.viewport;
    m_dragging = false;
    if (out)
        m_draft.start({{m_node, m_port, {}}}, WireDraft::Loose::To);
    else
        m_draft.start({{{}, {}, m_node}}, WireDraft::Loose::From);
    return true;
}

void DrawWireGesture::move(const Pointer &pointer)
{
    m_dragging = m_dragging || (pointer.viewport - m_start).manhattanLength() >=
                                   QApplication::startDragDistance();
    if (m_dragging)
        m_draft.follow(pointer);
}

void DrawWireGesture::release(const Pointer &pointer)
{
    m_draft.stop();
    if (!m_dragging) {
        m_canvas.scene.select({m_node});
        return;
    }
    if (!m_draft.target()) {
        m_canvas.view.openNodeSearch(pointer.scene, PortPlace{m_node, m_port});
        return;
    }
    if (!m_draft.refusal().isEmpty()) {
        m_canvas.view.showHint(m_draft.refusal(), pointer.viewport);
        return;
    }
    const policy::Wire wire = m_draft.wires().first();
    if (m_canvas.editor.document().target(wire.from, wire.port) != wire.to)
        m_canvas.undo.push(new ConnectCommand(m_canvas.editor, wire));
}

void DrawWireGesture::cancel()
{
    m_draft.stop();
    m_canvas.view.hideHint();
}

} // namespace headgate::ui
