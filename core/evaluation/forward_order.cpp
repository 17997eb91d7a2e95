#include "core/evaluation/forward_order.h"

#include <algorithm>

namespace headgate::evaluation {

using policy::CompiledPolicy;
using policy::NodeIndex;
using policy::NodeRole;

std::vector<NodeIndex> forwardOrder(const CompiledPolicy &policy)
{
    std::vector<NodeIndex> order;
    std::vector<bool> seen(size_t(policy.nodeCount()));
    const auto visit = [&](const auto &self, NodeIndex node) -> void {
        if (node < 0 || seen[size_t(node)])
            return;
        seen[size_t(node)] = true;
        for (const NodeIndex next : policy.step(node).next)
            self(self, next);
        order.push_back(node);
    };
    visit(visit, policy.entry());
    std::reverse(order.begin(), order.end());
    return order;
}

std::vector<std::vector<bool>> lastAnswers(const CompiledPolicy &policy)
{
    std::vector<std::vector<bool>> last(size_t(policy.nodeCount()),
                                        std::vector<bool>(size_t(policy.modelCount())));
    for (const NodeIndex node : forwardOrder(policy)) {
        const CompiledPolicy::Step &step = policy.step(node);
        std::vector<bool> leaving = last[size_t(node)];
        if (step.role == NodeRole::Model) {
            leaving.assign(leaving.size(), false);
            leaving[size_t(step.model)] = true;
        }
        for (size_t port = 0; port < step.next.size(); ++port) {
            const bool taken = step.role != NodeRole::Model || port == policy::kAnswerPort;
            if (!taken || step.next[port] < 0)
                continue;
            std::vector<bool> &next = last[size_t(step.next[port])];
            std::transform(next.begin(), next.end(), leaving.begin(), next.begin(),
                           std::logical_or());
        }
    }
    return last;
}

} // namespace headgate::evaluation
