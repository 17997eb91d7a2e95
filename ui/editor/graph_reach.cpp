#include "ui/editor/graph_reach.h"

#include <QMultiHash>

namespace headgate::ui {

using policy::NodeId;

QSet<NodeId> reachOf(const policy::PolicyDocument &document, const QList<NodeId> &nodes,
                     Reach reach)
{
    QMultiHash<NodeId, NodeId> next;
    next.reserve(document.wires.size());
    for (const policy::Wire &wire : document.wires) {
        if (reach == Reach::Downstream)
            next.insert(wire.from, wire.to);
        else
            next.insert(wire.to, wire.from);
    }
    QSet<NodeId> reached(nodes.cbegin(), nodes.cend());
    QList<NodeId> open = nodes;
    while (!open.isEmpty()) {
        const auto [first, last] = next.equal_range(open.takeLast());
        for (auto it = first; it != last; ++it) {
            if (reached.contains(*it))
                continue;
            reached.insert(*it);
            open.append(*it);
        }
    }
    return reached;
}

} // namespace headgate::ui
