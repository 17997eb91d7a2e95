#pragma once

#include "core/evaluation/replay.h"

namespace headgate::evaluation {

// Whether a policy can be replayed node by node: without limits, which look back at the whole way,
// and without answers that compare the scores of a way.
bool canReplayByColumns(const policy::CompiledPolicy &policy);

// Sends all rows through the policy at once: each node takes the rows that have come to it, in the
// order of the drawing, and hands them on by port.
[[nodiscard]] ReplayResult replayByColumns(const policy::CompiledPolicy &policy,
                                           const ReplayInputs &inputs,
                                           std::span<const qint32> rows);

} // namespace headgate::evaluation
