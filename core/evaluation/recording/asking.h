#pragma once

#include "core/engine/prepared_policy.h"
#include "core/engine/run_trace.h"
#include "core/evaluation/datasets/recorded_outcome.h"
#include "core/evaluation/recording/recording_work.h"

#include <functional>
#include <stop_token>

namespace headgate::evaluation {

// One query that a recording sends.
struct Asking
{
    std::shared_ptr<const engine::PreparedPolicy> policy;
    policy::Query query;
    std::stop_token stop;
    std::function<void(const engine::RunTrace &)> done; // once, on the thread of the asking
};

// Sends it as a live query goes: through the engine, and into the ledger.
using Ask = std::function<void(Asking)>;

// A policy that asks one model, whose calls may cost `most` all together; none: no bound. With
// `confidence` its trace holds the score of a log-probability gate that takes every answer.
[[nodiscard]] Result<std::shared_ptr<const engine::PreparedPolicy>>
askingPolicy(const policy::Model &model, const QString &name, std::optional<Money> most,
             bool confidence);

// What the trace of such a policy, which was answered, says of the model; not graded yet. A cost
// that is not known is absent, and so is a confidence that the model did not offer. The latency is
// that of the attempt that answered.
RecordedOutcome outcomeOf(const engine::RunTrace &trace, const RecordingItem &item,
                          const ModelMark &model);

// Of the last attempt that failed; empty: none did.
QString failureClassOf(const engine::RunTrace &trace);

} // namespace headgate::evaluation
