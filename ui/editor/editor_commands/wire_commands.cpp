#include "ui/editor/editor_commands/wire_commands.h"

#include "core/policy/node_kind.h"
#include "ui/common/texts.h"

namespace headgate::ui {

ConnectCommand::ConnectCommand(policy::PolicyEditor &editor, policy::Wire wire,
                               QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_editor(editor)
    , m_wire(std::move(wire))
{
    setText(Texts::tr("Connect “%1” to “%2”")
                .arg(policy::displayName(editor.document(), m_wire.from),
                     policy::displayName(editor.document(), m_wire.to)));
}

void ConnectCommand::redo()
{
    const auto displaced = m_editor.connect(m_wire);
    m_connected = displaced.has_value();
    m_displaced = displaced.value_or(std::nullopt);
    if (!m_connected)
        setObsolete(true);
}

void ConnectCommand::undo()
{
    if (!m_connected)
        return;
    if (m_displaced)
        m_editor.restoreDisplaced(*m_displaced);
    else
        m_editor.disconnect(m_wire);
}

DisconnectCommand::DisconnectCommand(policy::PolicyEditor &editor, policy::Wire wire,
                                     QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_editor(editor)
    , m_wire(std::move(wire))
{
    setText(Texts::tr("Disconnect “%1” from “%2”")
                .arg(policy::displayName(editor.document(), m_wire.to),
                     policy::displayName(editor.document(), m_wire.from)));
}

void DisconnectCommand::redo()
{
    m_index = m_editor.disconnect(m_wire);
}

void DisconnectCommand::undo()
{
    if (m_index >= 0)
        m_editor.restoreWire(m_wire, m_index);
}

} // namespace headgate::ui
