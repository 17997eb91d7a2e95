#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoCommand>

#include <memory>

namespace headgate::ui {

// Puts another list of groups in the place of the policy's; the nodes stay as they are. The text
// is a sentence for the history.
class SetGroupsCommand final : public QUndoCommand
{
public:
    SetGroupsCommand(policy::PolicyEditor &editor, QList<policy::Group> groups, const QString &text,
                     QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor; // outlives the undo stack
    QList<policy::Group> m_groups;
    QList<policy::Group> m_before;
};

// Each returns a command that has changed nothing yet; none where there is nothing to do.

// A new group of these nodes, which leave the groups that they are in.
std::unique_ptr<QUndoCommand> groupCommand(policy::PolicyEditor &editor,
                                           const QList<policy::NodeId> &nodes);
// Dissolves every group that one of these nodes is in; the nodes stay.
std::unique_ptr<QUndoCommand> ungroupCommand(policy::PolicyEditor &editor,
                                             const QList<policy::NodeId> &nodes);
std::unique_ptr<QUndoCommand> renameGroupCommand(policy::PolicyEditor &editor, const QString &group,
                                                 const QString &title);
std::unique_ptr<QUndoCommand> collapseGroupCommand(policy::PolicyEditor &editor,
                                                   const QString &group, bool collapsed);

} // namespace headgate::ui
