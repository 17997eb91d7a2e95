#include "core/policy/policy_document.h"

namespace headgate::policy {

const Node *PolicyDocument::node(const NodeId &id) const
{
    const auto it = std::find_if(nodes.cbegin(), nodes.cend(),
                                 [&id](const Node &candidate) { return candidate.id == id; });
    return it == nodes.cend() ? nullptr : &*it;
}

const Model *PolicyDocument::model(const QString &modelName) const
{
    const auto it =
        std::find_if(models.cbegin(), models.cend(),
                     [&modelName](const Model &candidate) { return candidate.name == modelName; });
    return it == models.cend() ? nullptr : &*it;
}

const Group *PolicyDocument::groupOf(const NodeId &node) const
{
    const auto it = std::find_if(groups.cbegin(), groups.cend(), [&node](const Group &group) {
        return group.nodes.contains(node);
    });
    return it == groups.cend() ? nullptr : &*it;
}

std::optional<NodeId> PolicyDocument::target(const NodeId &from, const QString &port) const
{
    for (const Wire &wire : wires) {
        if (wire.from == from && wire.port == port)
            return wire.to;
    }
    return std::nullopt;
}

} // namespace headgate::policy
