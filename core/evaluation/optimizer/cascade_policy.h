#pragma once

#include "core/evaluation/optimizer/branched_search.h"
#include "core/evaluation/optimizer/first_router.h"
#include "core/policy/policy_document.h"

#include <functional>

namespace headgate::evaluation {

// The deployment that a model of the outcomes stands for: provider, id, parameters.
using DeploymentOf = std::function<policy::Model(const QString &name)>;

// Draws a cascade: the query, each model with the gate behind it, the answer. Gates judge by the
// log-probability, which is what a confidence is. What each model is called by in the drawing is
// its name in the outcomes, so that the policy replays on them.
[[nodiscard]] policy::PolicyDocument cascadePolicy(const CascadeColumns &columns,
                                                   const Cascade &cascade, const QString &baseline,
                                                   const DeploymentOf &deploymentOf);

// Draws a router with a cascade behind each of its ports; query and router are as they were. What
// each model is called by is its name in the outcomes, here too.
[[nodiscard]] policy::PolicyDocument branchedPolicy(const FirstRouter &router,
                                                    const BranchedColumns &columns,
                                                    const BranchedCascade &cascade,
                                                    const QString &baseline,
                                                    const DeploymentOf &deploymentOf);

// The cascade that a policy draws, where it draws one and nothing else: the query, models of the
// columns with a gate behind each but the last, the answer, all gates judging by the
// log-probability. None for any other drawing.
[[nodiscard]] std::optional<Cascade> cascadeIn(const policy::PolicyDocument &document,
                                               const CascadeColumns &columns);
// The same drawing with the thresholds of a cascade that differs in nothing else.
[[nodiscard]] policy::PolicyDocument withThresholds(policy::PolicyDocument document,
                                                    const CascadeColumns &columns,
                                                    const Cascade &cascade);

} // namespace headgate::evaluation
