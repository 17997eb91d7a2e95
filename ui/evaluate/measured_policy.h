#pragma once

#include "core/evaluation/metrics/estimate.h"
#include "core/evaluation/policy_coverage.h"
#include "core/evaluation/routed_rows.h"
#include "core/learning/artifact_shelf.h"
#include "ui/evaluate/tuning.h"

namespace headgate::ui {

// What a policy of any shape does on outcomes, by replay.
struct MeasuredPolicy
{
    QString problem; // why it could not be replayed; then nothing else is set
    QString version; // of what it routes by
    // On the validation part's rows, those that cascades are compared on.
    evaluation::RoutedRows routed;
    evaluation::Estimate quality;    // of the rows that are known
    std::optional<double> costPer1k; // US dollars; none: some costs were not measured
    // On train and validation together: how often each wire was taken is nothing to be fitted to.
    evaluation::PolicyCoverage coverage;

    bool isMeasured() const { return problem.isEmpty(); }
    qint64 missing() const { return routed.count(evaluation::ReplayEnd::Missing); }
};

using MeasuredPolicyPtr = std::shared_ptr<const MeasuredPolicy>;

// Policies measured on one file, by version.
using MeasuredPolicies = QHash<QString, MeasuredPolicyPtr>;

// Replays the policy, with what its trained routers and scorers learned, unless `known` has one that routes alike; what is measured goes there. Takes
// a while; call it off the GUI thread.
[[nodiscard]] MeasuredPolicyPtr measurePolicy(const policy::PolicyDocument &document,
                                              const LoadedOutcomes &outcomes,
                                              const learning::ArtifactShelf &artifacts,
                                              MeasuredPolicies &known, std::stop_token stop);

} // namespace headgate::ui
