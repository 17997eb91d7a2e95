#pragma once

#include "core/evaluation/replay_inputs.h"

namespace headgate::evaluation {

// How a replayed query ended.
enum class ReplayEnd : quint8 {
    Answered,
    Limited, // a limit cut it short; the best answer so far counts
    Failed,  // no answer: its quality is 0
    Missing, // it came to a model without an outcome on this prompt: where it would have gone, and
             // what that would have cost, is not known
};

// What a policy would have done on each of the rows, in the order of `rows`.
struct ReplayResult
{
    std::vector<qint32> rows; // of the table
    std::vector<ReplayEnd> end;
    std::vector<policy::ModelIndex> model; // that gave the answer, of the policy; -1: none
    std::vector<float> quality;            // NaN where the end is Missing
    std::vector<qint64> cost;    // nano-dollars of all hops; kNoCost: not measured, or Missing
    std::vector<qint64> latency; // nanoseconds of all calls; -1: not measured, or Missing
    std::vector<qint64> calls;   // by model of the policy: how often it was called
    std::vector<std::vector<qint64>> taken; // by node and port: how many queries left there

    qint64 count(ReplayEnd wanted) const;
    bool operator==(const ReplayResult &) const = default;
};

// A result with these rows and nothing in it yet.
[[nodiscard]] ReplayResult emptyResult(const policy::CompiledPolicy &policy,
                                       std::span<const qint32> rows);

// Runs the policy over these rows. The same as replayByMachine() bit for bit, a whole column at a
// time where the policy has no limits and answers with the last answer (replay_columns.h).
[[nodiscard]] ReplayResult replay(const policy::CompiledPolicy &policy, const ReplayInputs &inputs,
                                  std::span<const qint32> rows);

// The same by walking policy::Run on every row: the definition of what a replay is.
[[nodiscard]] ReplayResult replayByMachine(const policy::CompiledPolicy &policy,
                                           const ReplayInputs &inputs,
                                           std::span<const qint32> rows);

} // namespace headgate::evaluation
