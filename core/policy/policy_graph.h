#pragma once

#include "core/policy/node_kind.h"

#include <QHash>

#include <span>
#include <vector>

namespace headgate::policy {

// A document as a graph of dense numbers, for checks that must stay linear. Stands any document:
// duplicate ids, dangling wires, cycles. The document outlives it.
class PolicyGraph
{
public:
    explicit PolicyGraph(const PolicyDocument &document);

    const PolicyDocument &document() const { return m_document; }
    qsizetype nodeCount() const { return m_document.nodes.size(); }
    // The first node of that id; -1: none.
    qsizetype indexOf(const NodeId &id) const { return m_index.value(id, -1); }
    // Of the wire's ends; -1: no such node.
    qsizetype from(qsizetype wire) const { return m_from[size_t(wire)]; }
    qsizetype to(qsizetype wire) const { return m_to[size_t(wire)]; }
    // Numbers of the wires that leave the node, in the order of the document.
    std::span<const qsizetype> wiresFrom(qsizetype node) const;
    // nullptr: unknown to this version.
    const NodeKind *kind(qsizetype node) const { return m_kinds[size_t(node)]; }
    // What the kind says; empty for an unknown kind.
    const QList<Port> &ports(qsizetype node) const { return m_ports[size_t(node)]; }
    // Whether a query can take the wire: both ends are there, and so is the port, as far as is
    // known.
    bool isLive(qsizetype wire) const { return m_live[size_t(wire)]; }
    bool isKind(qsizetype node, QLatin1StringView id) const
    {
        return m_document.nodes[node].kind == id;
    }

    // Which nodes can be reached from these, themselves included, along live wires for which
    // `follows(wire)` holds.
    template<typename Follows>
    std::vector<bool> reachable(const std::vector<qsizetype> &starts, Follows follows) const
    {
        std::vector<bool> seen(size_t(nodeCount()), false);
        std::vector<qsizetype> open;
        for (const qsizetype start : starts) {
            seen[size_t(start)] = true;
            open.push_back(start);
        }
        while (!open.empty()) {
            const qsizetype node = open.back();
            open.pop_back();
            for (const qsizetype wire : wiresFrom(node)) {
                const qsizetype next = to(wire);
                if (!isLive(wire) || seen[size_t(next)] || !follows(wire))
                    continue;
                seen[size_t(next)] = true;
                open.push_back(next);
            }
        }
        return seen;
    }

private:
    void indexNodes();
    void groupWires();
    void findLiveWires();

    const PolicyDocument &m_document;
    QHash<NodeId, qsizetype> m_index;
    std::vector<qsizetype> m_from;
    std::vector<qsizetype> m_to;
    std::vector<qsizetype> m_wires;  // grouped by the node that they leave
    std::vector<size_t> m_firstWire; // of each node in m_wires, and one past the last
    std::vector<const NodeKind *> m_kinds;
    std::vector<QList<Port>> m_ports;
    std::vector<bool> m_live;
};

} // namespace headgate::policy
