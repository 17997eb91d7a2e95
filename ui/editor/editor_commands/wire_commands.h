#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoCommand>

namespace headgate::ui {

// Draws a wire; a wire that stood in the same port gives way and comes back with undo.
class ConnectCommand final : public QUndoCommand
{
public:
    ConnectCommand(policy::PolicyEditor &editor, policy::Wire wire, QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    policy::Wire m_wire;
    std::optional<policy::Wire> m_displaced;
    bool m_connected = false; // a wire that was refused has nothing to take back
};

class DisconnectCommand final : public QUndoCommand
{
public:
    DisconnectCommand(policy::PolicyEditor &editor, policy::Wire wire,
                      QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    policy::Wire m_wire;
    qsizetype m_index = -1;
};

} // namespace headgate::ui
