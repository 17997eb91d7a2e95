#pragma once

#include "core/policy/policy_document.h"

namespace headgate::tests {

struct RandomPolicyShape
{
    int maxInnerNodes = 12; // besides the query and the answers
    int maxModels = 5;
    bool limits =
        true; // sometimes a cost limit, a latency limit or both, in the size of a few calls
    // Nearest prompts and predictors, too, and classifiers by this trained file, which tells "easy"
    // and "hard" apart; empty: none of them.
    QString classifier{};
};

// A policy without errors (there may be warnings), of the kinds that run without training: query,
// rule, split, model with and without a wire at its error port, gate and one to three answers.
// Every node can be reached, ways join, and a failed model may lead to a gate or an answer.
// The same seed and shape give the same policy.
policy::PolicyDocument randomPolicy(quint32 seed, const RandomPolicyShape &shape = {});

} // namespace headgate::tests
