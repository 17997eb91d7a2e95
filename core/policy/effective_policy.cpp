#include "core/policy/effective_policy.h"

#include "core/policy/node_kind.h"

#include <QSet>

namespace headgate::policy {

namespace {

bool isNote(const Node &node)
{
    const NodeKind *kind = nodeKind(node.kind);
    return kind && kind->group == NodeGroup::Note;
}

class Reduction
{
public:
    explicit Reduction(const PolicyDocument &document)
        : m_document(document)
    {
        for (const Node &node : document.nodes)
            m_nodes.insert(node.id, &node);
        for (const Wire &wire : document.wires)
            m_targets.insert({wire.from, wire.port}, wire.to);
    }

    EffectivePolicy run()
    {
        PolicyDocument &reduced = m_result.document;
        reduced = m_document;
        reduced.nodes.clear();
        reduced.wires.clear();
        for (const Node &node : m_document.nodes) {
            if (node.mode == NodeMode::Active && !isNote(node))
                reduced.nodes.append(node);
        }
        QHash<NodeId, Node *> kept;
        for (Node &node : reduced.nodes)
            kept.insert(node.id, &node);
        for (const Wire &wire : m_document.wires) {
            if (kept.contains(wire.from))
                follow(wire);
        }
        for (const Wire &wire : std::as_const(m_absent))
            takeOut(wire, *kept[wire.from]);
        return std::move(m_result);
    }

private:
    // Past bypassed nodes; a chain of them that leads nowhere or in a circle ends where it was
    // last sure.
    NodeId resolved(NodeId to) const
    {
        QSet<NodeId> passed;
        while (const Node *node = m_nodes.value(to)) {
            if (node->mode != NodeMode::Bypassed || passed.contains(to))
                break;
            passed.insert(to);
            const NodeKind *kind = nodeKind(node->kind);
            const auto next = kind ? m_targets.constFind({to, kind->bypassPort}) : m_targets.cend();
            if (next == m_targets.cend())
                break;
            to = *next;
        }
        return to;
    }

    bool isInactive(const NodeId &id) const
    {
        const Node *node = m_nodes.value(id);
        return node && node->mode != NodeMode::Active;
    }

    void follow(const Wire &wire)
    {
        const NodeId to = resolved(wire.to);
        if (isInactive(to))
            m_absent.append({wire.from, wire.port, to});
        else
            m_result.document.wires.append({wire.from, wire.port, to});
    }

    void takeOut(const Wire &wire, Node &node)
    {
        const NodeKind *kind = nodeKind(node.kind);
        const QList<Port> ports = outPorts(node, m_document);
        const auto port = std::find_if(ports.cbegin(), ports.cend(), [&wire](const Port &each) {
            return each.name == wire.port;
        });
        if (port != ports.cend() && !port->required)
            return;
        const auto without = kind && kind->withoutBranch
                                 ? kind->withoutBranch(node.config, wire.port)
                                 : std::nullopt;
        if (without && without->instead.isEmpty()) {
            node.config = without->config;
            return;
        }
        const auto instead =
            without ? m_result.document.target(node.id, without->instead) : std::nullopt;
        if (instead)
            m_result.document.wires.append({wire.from, wire.port, *instead});
        else
            m_result.blocked.append({wire.from, wire.port, wire.to});
    }

    const PolicyDocument &m_document;
    QHash<NodeId, const Node *> m_nodes;
    QHash<std::pair<NodeId, QString>, NodeId> m_targets;
    QList<Wire> m_absent; // to the inactive node at which their way ends
    EffectivePolicy m_result;
};

} // namespace

bool hasInactiveNodes(const PolicyDocument &document)
{
    return std::any_of(document.nodes.cbegin(), document.nodes.cend(),
                       [](const Node &node) { return node.mode != NodeMode::Active; });
}

EffectivePolicy effectivePolicy(const PolicyDocument &document)
{
    const bool whole =
        std::all_of(document.nodes.cbegin(), document.nodes.cend(), [](const Node &node) {
            return node.mode == NodeMode::Active && !isNote(node);
        });
    return whole ? EffectivePolicy{document, {}} : Reduction(document).run();
}

PolicyDocument routingPart(const PolicyDocument &document)
{
    PolicyDocument part = effectivePolicy(document).document;
    part.name.clear();
    part.keepTexts = false;
    part.groups.clear();
    part.pins.clear();
    for (Node &node : part.nodes) {
        node.at = {};
        node.title.clear();
    }
    return part;
}

} // namespace headgate::policy
