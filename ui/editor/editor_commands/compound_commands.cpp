#include "ui/editor/editor_commands/compound_commands.h"

#include "core/policy/named_models.h"
#include "ui/common/texts.h"
#include "ui/editor/editor_commands/node_commands.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/editor_commands/wire_commands.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

struct PortRename
{
    QString before;
    QString after;
    NodeId target;
};

// Wired ports whose name changes while their number stays: a rename in place, not a new list.
QList<PortRename> renamedPorts(const policy::Node &before, const policy::Node &after,
                               const policy::PolicyDocument &document)
{
    const QList<policy::Port> old = policy::outPorts(before, document);
    const QList<policy::Port> now = policy::outPorts(after, document);
    const auto names = [](const QList<policy::Port> &ports, const QString &name) {
        return std::any_of(ports.cbegin(), ports.cend(),
                           [&name](const policy::Port &port) { return port.name == name; });
    };
    QList<PortRename> renames;
    if (old.size() != now.size())
        return renames;
    for (qsizetype i = 0; i < old.size(); ++i) {
        const bool renamed = !names(now, old[i].name) && !names(old, now[i].name);
        const auto target = document.target(before.id, old[i].name);
        if (renamed && target)
            renames.append({old[i].name, now[i].name, *target});
    }
    return renames;
}

} // namespace

std::unique_ptr<QUndoCommand> removeCommand(policy::PolicyEditor &editor,
                                            const QList<NodeId> &nodes, const QList<Wire> &wires)
{
    if (nodes.isEmpty() && wires.isEmpty())
        return nullptr;
    const QSet<NodeId> gone(nodes.cbegin(), nodes.cend());
    auto command = std::make_unique<QUndoCommand>();
    for (const Wire &wire : editor.document().wires) {
        if (wires.contains(wire) || gone.contains(wire.from) || gone.contains(wire.to))
            new DisconnectCommand(editor, wire, command.get());
    }
    const int links = command->childCount();
    for (const NodeId &node : nodes)
        new RemoveNodeCommand(editor, node, command.get());
    if (nodes.size() == 1)
        command->setText(command->child(links)->text());
    else if (!nodes.isEmpty())
        command->setText(Texts::tr("Delete %n nodes", nullptr, int(nodes.size())));
    else
        command->setText(links == 1 ? command->child(0)->text()
                                    : Texts::tr("Delete %n wires", nullptr, links));
    return command;
}

std::unique_ptr<QUndoCommand> addCommand(policy::PolicyEditor &editor, const policy::Node &node,
                                         const QList<Wire> &wires)
{
    auto command = std::make_unique<QUndoCommand>();
    command->setText((new AddNodeCommand(editor, node, command.get()))->text());
    for (const Wire &wire : wires)
        new ConnectCommand(editor, wire, command.get());
    return command;
}

std::unique_ptr<QUndoCommand> configCommand(policy::PolicyEditor &editor, const NodeId &node,
                                            const QString &key, const Json &value)
{
    const policy::PolicyDocument &document = editor.document();
    const policy::Node &before = *document.node(node);
    policy::Node after = before;
    if (value.is_null())
        after.config.erase(toStdString(key));
    else
        after.config[toStdString(key)] = value;
    const QList<PortRename> renames = renamedPorts(before, after, document);
    if (renames.isEmpty())
        return std::make_unique<SetConfigValueCommand>(editor, node, key, value);
    auto command = std::make_unique<QUndoCommand>();
    // Old wires go before the ports do and new ones come after them, forwards and backwards.
    for (const PortRename &rename : renames)
        new DisconnectCommand(editor, {node, rename.before, rename.target}, command.get());
    command->setText(
        (new SetConfigValueCommand(editor, node, key, value, editNow(), command.get()))->text());
    for (const PortRename &rename : renames)
        new ConnectCommand(editor, {node, rename.after, rename.target}, command.get());
    return command;
}

std::unique_ptr<QUndoCommand> renameModelCommand(policy::PolicyEditor &editor,
                                                 const QString &before, const QString &after)
{
    const policy::PolicyDocument &document = editor.document();
    const policy::Model *model = document.model(before);
    if (!model || before == after || after.isEmpty() || document.model(after))
        return nullptr;
    auto command = std::make_unique<QUndoCommand>(
        Texts::tr("Rename the model “%1” to “%2”").arg(before, after));
    policy::Model renamed = *model;
    renamed.name = after;
    new SetModelCommand(editor, renamed, editNow(), command.get());
    for (const policy::Node &node : document.nodes) {
        const policy::NodeKind *kind = policy::nodeKind(node.kind);
        for (const policy::Field &field : kind ? kind->fields : QList<policy::Field>()) {
            const auto value = node.config.find(toStdString(field.key));
            if (value == node.config.end())
                continue;
            Json changed = policy::withModelRenamed(field, *value, before, after);
            if (changed != *value)
                new SetConfigValueCommand(editor, node.id, field.key, std::move(changed), editNow(),
                                          command.get());
        }
    }
    if (document.baseline == before)
        new SetBaselineCommand(editor, after, command.get());
    new RemoveModelCommand(editor, before, command.get());
    return command;
}

} // namespace headgate::ui
