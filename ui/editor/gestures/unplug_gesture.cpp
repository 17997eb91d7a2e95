#include "ui/editor/gestures/unplug_gesture.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/compound_commands.h"
#include "ui/editor/port_item.h"

#include <QApplication>
#include <QUndoStack>

namespace headgate::ui {

bool UnplugGesture::press(const Pointer &pointer)
{
    const PortItem *port = portUnder(pointer);
    if (pointer.button != Qt::LeftButton || !(pointer.modifiers & Qt::AltModifier) || !port)
        return false;
    m_wires = wiresAt(*port);
    m_start = pointer.viewport;
    return true;
}

void UnplugGesture::release(const Pointer &pointer)
{
    if ((pointer.viewport - m_start).manhattanLength() >= QApplication::startDragDistance())
        return; // dragged away: no click
    if (auto command = removeCommand(m_canvas.editor, {}, m_wires))
        m_canvas.undo.push(command.release());
}

} // namespace headgate::ui
