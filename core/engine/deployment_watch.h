#pragma once

#include "core/common/clock.h"
#include "core/engine/deployment_health.h"
#include "core/providers/provider.h"

#include <QList>

#include <functional>
#include <map>

namespace headgate::engine {

// What the engine learns of deployments by calling them: a breaker each, how long it asked to be
// left alone, what the user has to mend, how fast it answers. Shared by all queries of a runner and
// used on its thread.
class DeploymentWatch
{
public:
    explicit DeploymentWatch(Clock &clock); // outlives the watch

    // Called where something other than the figures has changed; may be empty.
    std::function<void(const DeploymentHealth &)> onChange;

    // Whether it is worth a call: its breaker lets one through, it did not ask to be left alone,
    // and its account has credit.
    bool isUsable(const Deployment &deployment) const;
    // How long it asked to be left alone from now on; zero: it did not.
    std::chrono::milliseconds cooling(const Deployment &deployment) const;

    CircuitBreaker::Ticket send(const Deployment &deployment);
    // `mayOpen`: as CircuitBreaker::failed. `ownLimit`: the query's own limit cut the call short,
    // which says nothing of the deployment.
    void ended(const Deployment &deployment, CircuitBreaker::Ticket ticket,
               const providers::CallResult &result, bool mayOpen, bool ownLimit = false);
    // The user has acted: the provider's deployments are tried again.
    void release(const QString &provider);

    // Adds calls of earlier sessions, oldest first.
    void seed(const Deployment &deployment, const std::vector<CallSample> &samples);
    // That share of its latest answers took no longer; none where fewer than `fewest` are known.
    std::optional<std::chrono::nanoseconds> latency(const Deployment &deployment, double share,
                                                    std::size_t fewest = 1) const;

    DeploymentHealth health(const Deployment &deployment) const;
    QList<DeploymentHealth> all() const; // that were ever called, by provider and model

private:
    struct Sample
    {
        std::chrono::nanoseconds at{};
        CallSample call;
    };
    struct State
    {
        CircuitBreaker breaker;
        std::chrono::nanoseconds coolUntil{};
        DeploymentHealth::Flag flag = DeploymentHealth::Flag::None;
        std::deque<Sample> samples;
    };

    // What a change is told by: moments, not how far away they are.
    struct Mark
    {
        CircuitBreaker::State breaker{};
        std::chrono::nanoseconds retryAt{};
        std::chrono::nanoseconds coolUntil{};
        DeploymentHealth::Flag flag{};
        int failuresInARow = 0;
        bool operator==(const Mark &) const = default;
    };

    Mark markOf(const Deployment &deployment) const;
    const State *find(const Deployment &deployment) const;
    void noteSuccess(const Deployment &deployment, State &state);
    void noteFailure(const Deployment &deployment, State &state,
                     const providers::CallFailure &failure);
    void addSample(State &state, const CallSample &sample) const;
    std::vector<CallSample> recent(const State &state) const;

    Clock &m_clock;
    std::map<Deployment, State> m_states;
    // Providers whose account is empty: all their deployments, called or not.
    std::map<QString, DeploymentHealth::Flag> m_providers;
};

} // namespace headgate::engine
