#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoCommand>

#include <memory>

namespace headgate::ui {

// Mutes nodes, bypasses them or makes them active again.
class SetModeCommand final : public QUndoCommand
{
public:
    SetModeCommand(policy::PolicyEditor &editor, QList<policy::NodeId> nodes,
                   policy::NodeMode mode);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    QList<policy::NodeId> m_nodes;
    policy::NodeMode m_mode;
    QList<policy::NodeMode> m_before;
};

// Gives all the nodes the mode, or takes it from all where they have it. A sentence where one of
// them cannot have it; nullptr without nodes.
Result<std::unique_ptr<QUndoCommand>> toggleModeCommand(policy::PolicyEditor &editor,
                                                        const QList<policy::NodeId> &nodes,
                                                        policy::NodeMode mode);

} // namespace headgate::ui
