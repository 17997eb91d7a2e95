#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/clipboard.h"

#include <QUndoCommand>

#include <memory>

namespace headgate::ui {

// Copies of nodes: each has an id, a title and a seed of its own. Every command is one step and has
// changed nothing yet; push it. `copies` receives the new ids. None where nothing can be copied,
// which is where the only node is the query of a policy that has one.

// Beside the nodes, with the wires among them.
std::unique_ptr<QUndoCommand> duplicateCommand(policy::PolicyEditor &editor,
                                               const QList<policy::NodeId> &nodes, QPointF offset,
                                               QList<policy::NodeId> *copies);

enum class OuterWires { Drop, KeepIncoming };

// From the clipboard, moved by `offset`, with the models that the policy lacks. KeepIncoming also
// draws the wires that led in from outside, where this policy has their source; a port leads to one
// node, so there the copy takes the place of the original.
std::unique_ptr<QUndoCommand> pasteCommand(policy::PolicyEditor &editor, const Clip &clip,
                                           QPointF offset, OuterWires outer,
                                           QList<policy::NodeId> *copies);

} // namespace headgate::ui
