#include "ui/editor/editor_commands/rewire_commands.h"

#include "ui/common/texts.h"
#include "ui/editor/editor_commands/wire_commands.h"

#include <QSet>

namespace headgate::ui {

using policy::NodeId;
using policy::Wire;

namespace {

// Where a query that came to `node` would go on without any of `gone`.
std::optional<NodeId> survivorAfter(const policy::PolicyDocument &document, NodeId node,
                                    const QSet<NodeId> &gone)
{
    QSet<NodeId> seen;
    while (gone.contains(node) && !seen.contains(node)) {
        seen.insert(node);
        const auto next = document.target(node, mainPort(*document.node(node)));
        if (!next)
            return std::nullopt;
        node = *next;
    }
    return gone.contains(node) ? std::nullopt : std::optional(node);
}

} // namespace

QString mainPort(const policy::Node &node)
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    if (!kind)
        return {};
    if (!kind->bypassPort.isEmpty())
        return kind->bypassPort;
    const QList<policy::Port> ports = kind->outPorts(node.config);
    for (const policy::Port &port : ports) {
        if (port.role == policy::PortRole::Default)
            return port.name;
    }
    return ports.isEmpty() ? QString() : ports.first().name;
}

bool fitsIntoWire(const policy::Node &node)
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    return kind && kind->hasInput && !mainPort(node).isEmpty();
}

QString mainPort(const policy::NodeKind &kind)
{
    policy::Node node;
    node.kind = kind.id;
    node.config = policy::defaultConfig(kind);
    return mainPort(node);
}

bool fitsIntoWire(const policy::NodeKind &kind)
{
    return kind.hasInput && !mainPort(kind).isEmpty();
}

std::unique_ptr<QUndoCommand> rewireCommand(policy::PolicyEditor &editor,
                                            const QList<Rewire> &rewires)
{
    auto command = std::make_unique<QUndoCommand>();
    int moved = 0;
    for (const Rewire &rewire : rewires) {
        const Wire &before = rewire.before;
        const Wire &after = rewire.after;
        if (before == after)
            continue;
        // A wire that stays in its port is replaced by connect() itself.
        if (before.from != after.from || before.port != after.port)
            new DisconnectCommand(editor, before, command.get());
        command->setText((new ConnectCommand(editor, after, command.get()))->text());
        ++moved;
    }
    if (moved == 0)
        return nullptr;
    if (moved > 1)
        command->setText(
            Texts::tr("Move %n wires to “%1”", nullptr, moved)
                .arg(policy::displayName(editor.document(), rewires.first().after.to)));
    return command;
}

std::unique_ptr<QUndoCommand> insertCommand(policy::PolicyEditor &editor, const Wire &wire,
                                            const policy::Node &node, const QList<NodeMove> &moves)
{
    const policy::PolicyDocument &document = editor.document();
    auto command = std::make_unique<QUndoCommand>(Texts::tr("Insert “%1” between “%2” and “%3”")
                                                      .arg(policy::displayName(node),
                                                           policy::displayName(document, wire.from),
                                                           policy::displayName(document, wire.to)));
    QList<NodeMove> all = moves;
    const policy::Node *present = document.node(node.id);
    if (!present)
        new AddNodeCommand(editor, node, command.get());
    else if (present->at != node.at)
        all.append({node.id, node.at});
    if (!all.isEmpty())
        new MoveNodesCommand(editor, all, MoveNodesCommand::Burst::Single, editNow(),
                             command.get());
    new ConnectCommand(editor, {wire.from, wire.port, node.id}, command.get());
    new ConnectCommand(editor, {node.id, mainPort(node), wire.to}, command.get());
    return command;
}

std::unique_ptr<QUndoCommand> healCommand(policy::PolicyEditor &editor, const QList<NodeId> &nodes)
{
    if (nodes.isEmpty())
        return nullptr;
    const policy::PolicyDocument &document = editor.document();
    const QSet<NodeId> gone(nodes.cbegin(), nodes.cend());
    auto command = std::make_unique<QUndoCommand>();
    QList<Wire> healed;
    for (const Wire &wire : document.wires) {
        const bool leadsIn = gone.contains(wire.to) && !gone.contains(wire.from);
        const auto target = leadsIn ? survivorAfter(document, wire.to, gone) : std::nullopt;
        if (target && editor.canConnect({wire.from, wire.port, *target}))
            healed.append({wire.from, wire.port, *target});
        else if (gone.contains(wire.from) || gone.contains(wire.to))
            new DisconnectCommand(editor, wire, command.get());
    }
    for (const Wire &wire : std::as_const(healed))
        new ConnectCommand(editor, wire, command.get());
    QString name;
    for (const NodeId &node : nodes) {
        name = policy::displayName(document, node);
        new RemoveNodeCommand(editor, node, command.get());
    }
    command->setText(nodes.size() == 1
                         ? Texts::tr("Delete “%1” and reconnect").arg(name)
                         : Texts::tr("Delete %n nodes and reconnect", nullptr, int(nodes.size())));
    return command;
}

} // namespace headgate::ui
