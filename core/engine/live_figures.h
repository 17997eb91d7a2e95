#pragma once

#include "core/engine/call_cost.h"
#include "core/engine/deployment_watch.h"
#include "core/routers/model_figures.h"

namespace headgate::engine {

// What routers are told of a policy's models: what a call costs by the prices of the day, and how
// long the latest calls took.
class LiveFigures final : public routers::ModelFigures
{
public:
    // All outlive the figures; without a watch no speed is known.
    LiveFigures(const policy::PolicyDocument &document, const CallCost &costs,
                const DeploymentWatch *deployments);

    std::optional<Money> cost(const QString &model, qint64 inputTokens,
                              qint64 outputTokens) const override;
    std::optional<std::chrono::nanoseconds> latency(const QString &model) const override;

private:
    const policy::PolicyDocument &m_document;
    const CallCost &m_costs;
    const DeploymentWatch *m_deployments;
};

} // namespace headgate::engine
