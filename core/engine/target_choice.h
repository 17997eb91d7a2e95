#pragma once

#include "core/engine/call_cost.h"
#include "core/engine/prepared_policy.h"
#include "core/engine/provider_directory.h"
#include "core/engine/traffic_control.h"

namespace headgate::engine {

// One model that a node may call.
struct Target
{
    policy::ModelIndex index = -1;
    const policy::Model *model = nullptr;
    ProviderDirectory::Entry *entry = nullptr; // null: its provider is not configured
    bool fallback = false;                     // not the node's own

    Deployment deployment() const { return {model->provider, model->model}; }
};

// Knows which models a node of one policy may call, in which order, and who else could serve. All
// references outlive it.
class TargetChoice
{
public:
    TargetChoice(const PreparedPolicy &policy, ProviderDirectory &providers,
                 TrafficControl &traffic, const CallCost &costs, Clock &clock);

    // The node's group in the order in which this query is to try it.
    std::vector<Target> ordered(policy::NodeIndex node, const policy::Query &query) const;
    // Configured, and worth a call (DeploymentWatch::isUsable).
    bool isUsable(const Target &target) const;
    // Usable, and its key has a turn at once.
    bool isReady(const Target &target, qint64 tokens) const;
    // Whether another model of the node's group is usable.
    bool usableInGroup(policy::NodeIndex node, const Deployment &except) const;
    // Whether the node's error port leads, over any nodes, to a usable deployment outside of its
    // group.
    bool usableElsewhere(policy::NodeIndex node) const;

private:
    Target target(policy::NodeIndex node, policy::ModelIndex model) const;
    bool servesOutside(policy::NodeIndex node, std::span<const policy::ModelIndex> group) const;

    const PreparedPolicy &m_policy;
    ProviderDirectory &m_providers;
    TrafficControl &m_traffic;
    const CallCost &m_costs;
    Clock &m_clock;
};

} // namespace headgate::engine
