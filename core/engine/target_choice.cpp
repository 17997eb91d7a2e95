#include "core/engine/target_choice.h"

#include <QSet>

namespace headgate::engine {

using policy::ModelIndex;
using policy::NodeIndex;

namespace {

// Answers are about as long everywhere; only the comparison counts.
constexpr qint64 kTypicalAnswerTokens = 256;

} // namespace

TargetChoice::TargetChoice(const PreparedPolicy &policy, ProviderDirectory &providers,
                           TrafficControl &traffic, const CallCost &costs, Clock &clock)
    : m_policy(policy)
    , m_providers(providers)
    , m_traffic(traffic)
    , m_costs(costs)
    , m_clock(clock)
{
}

Target TargetChoice::target(ModelIndex index) const
{
    const policy::Model &model = m_policy.compiled().model(index);
    return {index, &model, m_providers.find(model.provider)};
}

std::vector<Target> TargetChoice::ordered(const Inquiry &inquiry) const
{
    OrderInputs inputs;
    inputs.weights = inquiry.settings.weights;
    inputs.seed = inquiry.seed;
    inputs.latency = [&](ModelIndex index) {
        return m_traffic.deployments.latency(target(index).deployment(), 0.5);
    };
    inputs.cost = [&](ModelIndex index) {
        catalog::TokenUsage usage;
        usage.freshInput = inquiry.tokens;
        usage.output = kTypicalAnswerTokens;
        return m_costs.costAt(m_policy.compiled().model(index), usage);
    };
    std::vector<Target> targets;
    for (const ModelIndex index : orderedTargets(inquiry.models, inquiry.settings.order, inputs)) {
        targets.push_back(target(index));
        targets.back().fallback = index != inquiry.models.front();
    }
    return targets;
}

bool TargetChoice::isUsable(const Target &target) const
{
    return target.entry && m_traffic.deployments.isUsable(target.deployment());
}

bool TargetChoice::isReady(const Target &target, qint64 tokens) const
{
    if (!isUsable(target))
        return false;
    const auto now = m_clock.steadyNow();
    return m_traffic.limiter(target.entry->endpoint).earliest(tokens, now) <= now;
}

bool TargetChoice::usableIn(std::span<const ModelIndex> group, const Deployment &except) const
{
    return std::any_of(group.begin(), group.end(), [&](ModelIndex index) {
        const Target other = target(index);
        return other.deployment() != except && isUsable(other);
    });
}

// Whether the node calls a usable deployment that is not of the group.
bool TargetChoice::servesOutside(NodeIndex node, std::span<const ModelIndex> group) const
{
    const auto own = m_policy.compiled().step(node).group;
    return std::any_of(own.begin(), own.end(), [&](ModelIndex index) {
        const Target other = target(index);
        return isUsable(other) && std::none_of(group.begin(), group.end(), [&](ModelIndex known) {
                   return target(known).deployment() == other.deployment();
               });
    });
}

bool TargetChoice::usableElsewhere(NodeIndex from) const
{
    const policy::CompiledPolicy &policy = m_policy.compiled();
    std::vector<NodeIndex> open{policy.step(from).next[policy::kErrorPort]};
    QSet<NodeIndex> seen;
    while (!open.empty()) {
        const NodeIndex node = open.back();
        open.pop_back();
        if (node < 0 || seen.contains(node))
            continue;
        seen.insert(node);
        if (servesOutside(node, policy.step(from).group))
            return true;
        const auto next = policy.step(node).next;
        open.insert(open.end(), next.begin(), next.end());
    }
    return false;
}

} // namespace headgate::engine
