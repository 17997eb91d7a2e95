#include "ui/editor/editor_commands/copy_commands.h"

#include "core/policy/node_kind.h"
#include "ui/common/texts.h"
#include "ui/editor/editor_commands/fresh_names.h"
#include "ui/editor/editor_commands/group_commands.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

bool hasQuery(const policy::PolicyDocument &document)
{
    return std::any_of(document.nodes.cbegin(), document.nodes.cend(),
                       [](const policy::Node &node) { return node.kind == "query"_L1; });
}

// Adds the copies below `parent`: new id by old one.
QHash<NodeId, NodeId> addCopies(policy::PolicyEditor &editor, const QList<policy::Node> &nodes,
                                QPointF offset, QUndoCommand *parent)
{
    QHash<NodeId, NodeId> copyOf;
    FreshNames names(editor.document());
    bool queryTaken = hasQuery(editor.document());
    for (const policy::Node &node : nodes) {
        const bool isQuery = node.kind == "query"_L1;
        if (isQuery && queryTaken)
            continue;
        queryTaken = queryTaken || isQuery;
        policy::Node copy = names.renamed(node);
        copy.at += offset;
        copyOf.insert(node.id, copy.id);
        new AddNodeCommand(editor, copy, parent);
    }
    return copyOf;
}

void addWires(policy::PolicyEditor &editor, const QList<Wire> &wires,
              const QHash<NodeId, NodeId> &copyOf, QUndoCommand *parent)
{
    for (const Wire &wire : wires) {
        if (copyOf.contains(wire.from) && copyOf.contains(wire.to))
            new ConnectCommand(editor, {copyOf[wire.from], wire.port, copyOf[wire.to]}, parent);
    }
}

// Groups of the copies, as those of the originals.
void addGroups(policy::PolicyEditor &editor, const QList<policy::Group> &groups,
               const QHash<NodeId, NodeId> &copyOf, QUndoCommand *parent)
{
    QList<policy::Group> all = editor.document().groups;
    FreshNames names(editor.document());
    for (policy::Group group : groups) {
        group.nodes.removeIf([&copyOf](const NodeId &node) { return !copyOf.contains(node); });
        for (NodeId &node : group.nodes)
            node = copyOf[node];
        if (!group.nodes.isEmpty())
            all.append(names.renamed(group));
    }
    if (all.size() > editor.document().groups.size())
        new SetGroupsCommand(editor, all, {}, parent);
}

QString soleName(const QList<policy::Node> &nodes, const QHash<NodeId, NodeId> &copyOf)
{
    const auto it = std::find_if(nodes.cbegin(), nodes.cend(), [&](const policy::Node &node) {
        return copyOf.contains(node.id);
    });
    return policy::displayName(*it);
}

QList<NodeId> inOrder(const QList<policy::Node> &nodes, const QHash<NodeId, NodeId> &copyOf)
{
    QList<NodeId> copies;
    for (const policy::Node &node : nodes) {
        if (copyOf.contains(node.id))
            copies.append(copyOf[node.id]);
    }
    return copies;
}

} // namespace

std::unique_ptr<QUndoCommand> duplicateCommand(policy::PolicyEditor &editor,
                                               const QList<NodeId> &nodes, QPointF offset,
                                               QList<NodeId> *copies)
{
    const Clip clip = clipOf(editor.document(), nodes);
    auto command = std::make_unique<QUndoCommand>();
    const QHash<NodeId, NodeId> copyOf = addCopies(editor, clip.nodes, offset, command.get());
    if (copyOf.isEmpty())
        return nullptr;
    *copies = inOrder(clip.nodes, copyOf);
    addWires(editor, clip.wires, copyOf, command.get());
    addGroups(editor, clip.groups, copyOf, command.get());
    command->setText(copyOf.size() == 1
                         ? Texts::tr("Duplicate “%1”").arg(soleName(clip.nodes, copyOf))
                         : Texts::tr("Duplicate %n nodes", nullptr, int(copyOf.size())));
    return command;
}

std::unique_ptr<QUndoCommand> pasteCommand(policy::PolicyEditor &editor, const Clip &clip,
                                           QPointF offset, OuterWires outer, QList<NodeId> *copies)
{
    const policy::PolicyDocument &document = editor.document();
    auto command = std::make_unique<QUndoCommand>();
    for (const policy::Model &model : clip.models) {
        if (!document.model(model.name))
            new SetModelCommand(editor, model, editNow(), command.get());
    }
    const QHash<NodeId, NodeId> copyOf = addCopies(editor, clip.nodes, offset, command.get());
    if (copyOf.isEmpty())
        return nullptr;
    *copies = inOrder(clip.nodes, copyOf);
    addWires(editor, clip.wires, copyOf, command.get());
    addGroups(editor, clip.groups, copyOf, command.get());
    for (const Wire &wire : clip.incoming) {
        const bool kept = outer == OuterWires::KeepIncoming && document.node(wire.from);
        if (kept && copyOf.contains(wire.to))
            new ConnectCommand(editor, {wire.from, wire.port, copyOf[wire.to]}, command.get());
    }
    command->setText(copyOf.size() == 1 ? Texts::tr("Paste “%1”").arg(soleName(clip.nodes, copyOf))
                                        : Texts::tr("Paste %n nodes", nullptr, int(copyOf.size())));
    return command;
}

} // namespace headgate::ui
