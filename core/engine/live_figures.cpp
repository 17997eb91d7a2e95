#include "core/engine/live_figures.h"

namespace headgate::engine {

namespace {

constexpr double kMedian = 0.5;

} // namespace

LiveFigures::LiveFigures(const policy::PolicyDocument &document, const CallCost &costs,
                         const DeploymentWatch *deployments)
    : m_document(document)
    , m_costs(costs)
    , m_deployments(deployments)
{
}

std::optional<Money> LiveFigures::cost(const QString &model, qint64 inputTokens,
                                       qint64 outputTokens) const
{
    const policy::Model *known = m_document.model(model);
    if (!known)
        return std::nullopt;
    const catalog::TokenUsage usage{
        .freshInput = inputTokens, .output = outputTokens, .estimated = true};
    return m_costs.costAt(*known, usage);
}

std::optional<std::chrono::nanoseconds> LiveFigures::latency(const QString &model) const
{
    const policy::Model *known = m_document.model(model);
    if (!known || !m_deployments)
        return std::nullopt;
    return m_deployments->latency({known->provider, known->model}, kMedian);
}

} // namespace headgate::engine
