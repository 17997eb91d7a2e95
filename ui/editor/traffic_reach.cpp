#include "ui/editor/traffic_reach.h"

#include "core/policy/node_kind.h"

#include <QHash>

namespace headgate::ui {

using policy::NodeId;
using policy::NodeMode;

namespace {

class Reach
{
public:
    explicit Reach(const policy::PolicyDocument &document)
    {
        for (const policy::Node &node : document.nodes) {
            m_nodes.insert(node.id, &node);
            const policy::NodeKind *kind = policy::nodeKind(node.kind);
            if (kind && !kind->hasInput && kind->group == policy::NodeGroup::Flow)
                m_starts.append(node.id);
        }
        for (const policy::Wire &wire : document.wires)
            m_wires.insert(wire.from, &wire);
    }

    QSet<NodeId> reached(bool asItIs) const
    {
        QSet<NodeId> reached;
        QList<NodeId> open = m_starts;
        while (!open.isEmpty()) {
            const NodeId id = open.takeLast();
            const policy::Node *node = m_nodes.value(id);
            if (!node || reached.contains(id))
                continue;
            if (asItIs && node->mode == NodeMode::Muted)
                continue;
            reached.insert(id);
            const auto [first, last] = m_wires.equal_range(id);
            for (auto wire = first; wire != last; ++wire) {
                if (!asItIs || takes(*node, (*wire)->port))
                    open.append((*wire)->to);
            }
        }
        return reached;
    }

private:
    static bool takes(const policy::Node &node, const QString &port)
    {
        if (node.mode != NodeMode::Bypassed)
            return true;
        const policy::NodeKind *kind = policy::nodeKind(node.kind);
        return kind && port == kind->bypassPort;
    }

    QHash<NodeId, const policy::Node *> m_nodes;
    QMultiHash<NodeId, const policy::Wire *> m_wires;
    QList<NodeId> m_starts;
};

} // namespace

QSet<NodeId> cutOffNodes(const policy::PolicyDocument &document)
{
    const bool allActive =
        std::all_of(document.nodes.cbegin(), document.nodes.cend(),
                    [](const policy::Node &node) { return node.mode == NodeMode::Active; });
    if (allActive)
        return {};
    const Reach reach(document);
    QSet<NodeId> cutOff = reach.reached(false) - reach.reached(true);
    for (const policy::Node &node : document.nodes) {
        if (node.mode == NodeMode::Muted)
            cutOff.remove(node.id);
    }
    return cutOff;
}

} // namespace headgate::ui
