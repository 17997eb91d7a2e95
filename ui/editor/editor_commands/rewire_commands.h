#pragma once

#include "core/policy/node_kind.h"
#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/node_commands.h"

#include <memory>

namespace headgate::ui {

// Edits of several wires that are one step for the user. Each returns a command that has changed
// nothing yet; push it. None where there is nothing to do.

// The port by which a query mostly goes on from a node: a bypass takes it, and so does what is put
// into a wire. Empty where nothing leads out.
QString mainPort(const policy::Node &node);
// Whether a node can stand in the middle of a wire.
bool fitsIntoWire(const policy::Node &node);
// The same for a new node of the kind.
QString mainPort(const policy::NodeKind &kind);
bool fitsIntoWire(const policy::NodeKind &kind);

struct Rewire
{
    policy::Wire before; // in the document
    policy::Wire after;  // of another source, or to another node
};

// Moves ends of wires. A wire that stands in the way of one gives way.
std::unique_ptr<QUndoCommand> rewireCommand(policy::PolicyEditor &editor,
                                            const QList<Rewire> &rewires);

// Puts the node into the wire: what led along it now leads through the node. It is added where the
// document does not have it yet, else moved to its `at`; `moves` make room.
std::unique_ptr<QUndoCommand> insertCommand(policy::PolicyEditor &editor, const policy::Wire &wire,
                                            const policy::Node &node, const QList<NodeMove> &moves);

// Deletes the nodes and joins what led into them to where their main ports led.
std::unique_ptr<QUndoCommand> healCommand(policy::PolicyEditor &editor,
                                          const QList<policy::NodeId> &nodes);

} // namespace headgate::ui
