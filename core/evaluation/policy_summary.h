#pragma once

#include "core/evaluation/paired_comparison.h"
#include "core/evaluation/regret.h"

#include <optional>

namespace headgate::evaluation {

struct SummaryOptions
{
    qsizetype baseline = -1; // of the table's models; -1: nothing is compared
    BootstrapOptions bootstrap{};
};

// What one model of the policy did.
struct ModelShare
{
    policy::ModelIndex model = -1;
    qint64 calls = 0;
    Estimate share; // of the queries: those that it answered
};

struct GateEscalation
{
    policy::NodeIndex gate = -1;
    Estimate rate; // of the answers that came to the gate: those that it did not accept
};

// The policy beside the baseline, on the prompts on which both have an outcome.
struct BaselineSummary
{
    QString name;
    PairedComparison paired; // the policy's first, the baseline's as the other
};

// What a policy did on some rows of a table, each figure with its bootstrap interval. Queries whose
// outcome is missing count in none of them but in calls and gates: what they went through before is
// known. Queries that failed count with quality 0.
struct PolicySummary
{
    qint64 n = 0; // queries that the figures are about
    qint64 missing = 0;
    qint64 failed = 0;
    qint64 limited = 0;        // a limit cut them short
    qint64 costUnknown = 0;    // of n: some of their cost was not measured
    qint64 latencyUnknown = 0; // of n

    Estimate quality;
    std::optional<Estimate> costPer1k;           // US dollars; none: some costs were not measured
    std::optional<LatencyPercentiles> latencyMs; // likewise
    std::vector<ModelShare> models;              // those that were called, in the policy's order
    std::vector<GateEscalation> gates;           // those that something came to, in that order
    std::optional<BaselineSummary> baseline;
    RegretLens regret;
};

// Fails where no query's outcome is known: there is nothing to sum up.
[[nodiscard]] Result<PolicySummary> summarizePolicy(const policy::CompiledPolicy &policy,
                                                    const ReplayInputs &inputs,
                                                    const ReplayResult &result,
                                                    const SummaryOptions &options = {});

// Binds, replays and sums up: what a policy would have done on these rows.
[[nodiscard]] Result<PolicySummary> evaluatePolicy(const engine::PreparedPolicy &policy,
                                                   const OutcomeTable &table,
                                                   std::span<const qint32> rows,
                                                   const SummaryOptions &options = {},
                                                   std::stop_token stop = {});

// The baseline's column: that of the model `named`, else that of the policy's own baseline. -1: the
// policy has none, or the table does not hold it. Fails where `named` is no model of the table.
[[nodiscard]] Result<qsizetype> baselineColumn(const policy::PolicyDocument &policy,
                                               const OutcomeTable &table,
                                               const QString &named = {});

} // namespace headgate::evaluation
