#pragma once

#include "core/policy/compiled_policy.h"

#include <functional>

namespace headgate::engine {

// The order in which the models of one node are tried.
enum class TargetOrder { InOrder, Weighted, Fastest, Cheapest };

// What an order is made from. Each function may be asked for any of the models.
struct OrderInputs
{
    std::span<const double> weights; // by place in the group; a missing one counts as 1
    quint64 seed = 0;                // of the draw by weights
    // None: not measured lately.
    std::function<std::optional<std::chrono::nanoseconds>(policy::ModelIndex)> latency;
    std::function<std::optional<Money>(policy::ModelIndex)> cost; // none: unknown
};

// All models of the group, the first to be tried first; equals stay as the group lists them.
// Weighted: drawn one after the other, each by its share of the weights that are left; the same
// seed gives the same draw. Fastest: what was not measured goes first, so that it is. Cheapest:
// what has no known price goes last.
std::vector<policy::ModelIndex> orderedTargets(std::span<const policy::ModelIndex> group,
                                               TargetOrder order, const OrderInputs &inputs);

} // namespace headgate::engine
