#pragma once

#include "core/policy/compiled_policy.h"

namespace headgate::evaluation {

// The nodes that a query can come to, in an order in which every wire leads forward.
std::vector<policy::NodeIndex> forwardOrder(const policy::CompiledPolicy &policy);

// By node, then by model: whether the last answer at the node can be that model's, where no call
// fails.
std::vector<std::vector<bool>> lastAnswers(const policy::CompiledPolicy &policy);

} // namespace headgate::evaluation
