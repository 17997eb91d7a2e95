#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoCommand>

#include <memory>

namespace headgate::ui {

// Edits that are one step for the user and several for the document. Each returns a command that
// has changed nothing yet; push it. None where there is nothing to do.

std::unique_ptr<QUndoCommand> removeCommand(policy::PolicyEditor &editor,
                                            const QList<policy::NodeId> &nodes,
                                            const QList<policy::Wire> &wires);

// Adds the node and, where given, draws the wires.
std::unique_ptr<QUndoCommand> addCommand(policy::PolicyEditor &editor, const policy::Node &node,
                                         const QList<policy::Wire> &wires = {});

// Writes one field of a node's config. Where that renames out ports (a case, a branch, a label),
// their wires stay with them.
std::unique_ptr<QUndoCommand> configCommand(policy::PolicyEditor &editor,
                                            const policy::NodeId &node, const QString &key,
                                            const Json &value);

// Gives a model another name, in the nodes and the baseline, too.
std::unique_ptr<QUndoCommand> renameModelCommand(policy::PolicyEditor &editor,
                                                 const QString &before, const QString &after);

} // namespace headgate::ui
