#pragma once

#include "core/engine/call_cost.h"
#include "core/engine/inquiry.h"
#include "core/engine/provider_directory.h"
#include "core/engine/traffic_control.h"

namespace headgate::engine {

// One model that a node may call.
struct Target
{
    policy::ModelIndex index = -1;
    const policy::Model *model = nullptr;
    ProviderDirectory::Entry *entry = nullptr; // null: its provider is not configured
    bool fallback = false;                     // not the one that was meant

    Deployment deployment() const { return {model->provider, model->model}; }
};

// Knows which models a call of one policy may go to, in which order, and who else could serve. All
// references outlive it.
class TargetChoice
{
public:
    TargetChoice(const PreparedPolicy &policy, ProviderDirectory &providers,
                 TrafficControl &traffic, const CallCost &costs, Clock &clock);

    // The models that may answer, in the order in which they are to be tried.
    std::vector<Target> ordered(const Inquiry &inquiry) const;
    // Configured, and worth a call (DeploymentWatch::isUsable).
    bool isUsable(const Target &target) const;
    // Usable, and its key has a turn at once.
    bool isReady(const Target &target, qint64 tokens) const;
    // Whether another of these models is usable.
    bool usableIn(std::span<const policy::ModelIndex> group, const Deployment &except) const;
    // Whether the node's error port leads, over any nodes, to a usable deployment outside of its
    // group.
    bool usableElsewhere(policy::NodeIndex node) const;

private:
    Target target(policy::ModelIndex model) const;
    bool servesOutside(policy::NodeIndex node, std::span<const policy::ModelIndex> group) const;

    const PreparedPolicy &m_policy;
    ProviderDirectory &m_providers;
    TrafficControl &m_traffic;
    const CallCost &m_costs;
    Clock &m_clock;
};

} // namespace headgate::engine
