#include "core/policy/policy_graph.h"

#include <QSet>

namespace headgate::policy {

PolicyGraph::PolicyGraph(const PolicyDocument &document)
    : m_document(document)
{
    indexNodes();
    groupWires();
    findLiveWires();
}

void PolicyGraph::indexNodes()
{
    const size_t nodes = size_t(m_document.nodes.size());
    m_index.reserve(m_document.nodes.size());
    m_kinds.reserve(nodes);
    m_ports.reserve(nodes);
    for (qsizetype i = 0; i < m_document.nodes.size(); ++i) {
        const Node &node = m_document.nodes[i];
        if (!m_index.contains(node.id))
            m_index.insert(node.id, i);
        const NodeKind *kind = nodeKind(node.kind);
        m_kinds.push_back(kind);
        m_ports.push_back(kind ? kind->outPorts(node.config) : QList<Port>());
    }
}

void PolicyGraph::groupWires()
{
    const size_t nodes = size_t(m_document.nodes.size());
    const size_t wires = size_t(m_document.wires.size());
    m_from.reserve(wires);
    m_to.reserve(wires);
    m_firstWire.assign(nodes + 1, 0);
    for (const Wire &wire : m_document.wires) {
        m_from.push_back(indexOf(wire.from));
        m_to.push_back(indexOf(wire.to));
        if (m_from.back() >= 0)
            ++m_firstWire[size_t(m_from.back()) + 1];
    }
    for (size_t node = 0; node < nodes; ++node)
        m_firstWire[node + 1] += m_firstWire[node];
    m_wires.resize(m_firstWire[nodes]);
    std::vector<size_t> next(m_firstWire.begin(), m_firstWire.end() - 1);
    for (size_t wire = 0; wire < wires; ++wire) {
        if (m_from[wire] >= 0)
            m_wires[next[size_t(m_from[wire])]++] = qsizetype(wire);
    }
}

void PolicyGraph::findLiveWires()
{
    m_live.assign(size_t(m_document.wires.size()), false);
    QSet<QString> names;
    for (qsizetype node = 0; node < nodeCount(); ++node) {
        const auto wires = wiresFrom(node);
        if (wires.empty())
            continue;
        names.clear();
        for (const Port &port : ports(node))
            names.insert(port.name);
        for (const qsizetype wire : wires) {
            const bool hasPort = !kind(node) || names.contains(m_document.wires[wire].port);
            m_live[size_t(wire)] = hasPort && to(wire) >= 0;
        }
    }
}

std::span<const qsizetype> PolicyGraph::wiresFrom(qsizetype node) const
{
    const size_t first = m_firstWire[size_t(node)];
    return std::span(m_wires).subspan(first, m_firstWire[size_t(node) + 1] - first);
}

} // namespace headgate::policy
