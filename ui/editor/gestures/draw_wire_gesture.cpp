#include "ui/editor/gestures/draw_wire_gesture.h"

#include "ui/editor/canvas_metrics.h"
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
    if (pointer.button != Qt::LeftButton)
        return false;
    const double reach = PortItem::kTarget / 2 / qMin(1.0, m_canvas.view.zoom());
    PortItem *port = m_canvas.scene.portAt(pointer.scene, reach);
    if (!port || port->direction() != PortItem::Direction::Out)
        return false;
    m_from = port->node().id();
    m_port = port->port().name;
    m_start = pointer.viewport;
    m_dragging = false;
    m_draft.start(m_from, m_port);
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
        m_canvas.scene.select({m_from});
        return;
    }
    NodeItem *target = m_draft.target();
    if (!target) {
        m_canvas.view.openNodeSearch(pointer.scene, PortPlace{m_from, m_port});
        return;
    }
    if (!m_draft.refusal().isEmpty()) {
        m_canvas.view.showHint(m_draft.refusal(), pointer.viewport);
        return;
    }
    const policy::Wire wire = m_draft.wire();
    if (m_canvas.editor.document().target(m_from, m_port) != target->id())
        m_canvas.undo.push(new ConnectCommand(m_canvas.editor, wire));
}

void DrawWireGesture::cancel()
{
    m_draft.stop();
    m_canvas.view.hideHint();
}

} // namespace headgate::ui
