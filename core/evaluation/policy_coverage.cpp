#include "core/evaluation/policy_coverage.h"

#include <algorithm>

namespace headgate::evaluation {

using policy::NodeIndex;

qsizetype PolicyCoverage::takenWires() const
{
    return std::count_if(wires.begin(), wires.end(), [](qint64 count) { return count > 0; });
}

double PolicyCoverage::share() const
{
    return wires.isEmpty() ? 0 : double(takenWires()) / double(wires.size());
}

PolicyCoverage coverageOf(const policy::CompiledPolicy &policy, const ReplayResult &result)
{
    PolicyCoverage coverage;
    coverage.cases = qint64(result.rows.size());
    coverage.nodes.insert(policy.node(policy.entry()).id, coverage.cases);
    for (NodeIndex node = 0; node < policy.nodeCount(); ++node) {
        const policy::CompiledPolicy::Step &step = policy.step(node);
        for (size_t port = 0; port < step.next.size(); ++port) {
            const NodeIndex next = step.next[port];
            const bool isError =
                step.role == policy::NodeRole::Model && qint32(port) == policy::kErrorPort;
            if (next < 0 || isError)
                continue;
            const qint64 cases = result.taken[size_t(node)][port];
            coverage.wires.insert({policy.node(node).id, policy.portNames(node)[qsizetype(port)]},
                                  cases);
            coverage.nodes[policy.node(next).id] += cases;
        }
    }
    return coverage;
}

} // namespace headgate::evaluation
