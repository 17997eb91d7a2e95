#include "core/engine/deployment_watch.h"

namespace headgate::engine {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using providers::FailureClass;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

namespace {

constexpr std::size_t kSamplesKept = 256;
// What is older says little of how fast a deployment is now.
constexpr nanoseconds kSampleAge = 15min;
constexpr milliseconds kLongestCooling = 1h;
// Of a refused key or a missing model: others go first for a while.
constexpr milliseconds kRefusalCooling = 60s;

bool countsAgainst(FailureClass failureClass)
{
    switch (failureClass) {
    case FailureClass::Transport:
    case FailureClass::Security:
    case FailureClass::Timeout:
    case FailureClass::Transient:
    case FailureClass::Protocol:
    case FailureClass::Truncated:
        return true;
    default:
        return false; // it is there and answers, if only to refuse
    }
}

CallSample sampleOf(const providers::CallResult &result)
{
    return {result.ok(), result.completion.total, result.completion.firstToken,
            result.completion.usage.output};
}

} // namespace

QLatin1String nameOf(CircuitBreaker::State state)
{
    switch (state) {
    case CircuitBreaker::State::Closed:
        return "closed"_L1;
    case CircuitBreaker::State::Open:
        return "open"_L1;
    case CircuitBreaker::State::HalfOpen:
        return "half_open"_L1;
    }
    Q_UNREACHABLE();
    return {};
}

DeploymentWatch::DeploymentWatch(Clock &clock)
    : m_clock(clock)
{
}

const DeploymentWatch::State *DeploymentWatch::find(const Deployment &deployment) const
{
    const auto state = m_states.find(deployment);
    return state != m_states.end() ? &state->second : nullptr;
}

bool DeploymentWatch::isUsable(const Deployment &deployment) const
{
    const auto flag = m_providers.find(deployment.provider);
    if (flag != m_providers.end() && flag->second == DeploymentHealth::Flag::NeedsCredit)
        return false;
    const State *state = find(deployment);
    return !state ||
           (state->breaker.lets(m_clock.steadyNow()) && state->coolUntil <= m_clock.steadyNow());
}

milliseconds DeploymentWatch::cooling(const Deployment &deployment) const
{
    const State *state = find(deployment);
    const nanoseconds left = state ? state->coolUntil - m_clock.steadyNow() : nanoseconds(0);
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(left));
}

CircuitBreaker::Ticket DeploymentWatch::send(const Deployment &deployment)
{
    CircuitBreaker &breaker = m_states[deployment].breaker;
    const CircuitBreaker::State before = breaker.state();
    const CircuitBreaker::Ticket ticket = breaker.send();
    if (breaker.state() != before && onChange)
        onChange(health(deployment));
    return ticket;
}

DeploymentWatch::Mark DeploymentWatch::markOf(const Deployment &deployment) const
{
    const DeploymentHealth now = health(deployment);
    const State *state = find(deployment);
    return {now.breaker, state ? state->breaker.retryAt() : nanoseconds(0),
            state ? state->coolUntil : nanoseconds(0), now.flag, now.failuresInARow};
}

void DeploymentWatch::ended(const Deployment &deployment, CircuitBreaker::Ticket ticket,
                            const providers::CallResult &result, bool mayOpen, bool ownLimit)
{
    State &state = m_states[deployment];
    const Mark before = markOf(deployment);
    const nanoseconds now = m_clock.steadyNow();
    const bool cancelled =
        ownLimit || (result.failure && result.failure->failureClass == FailureClass::Cancelled);
    if (cancelled)
        state.breaker.abandoned(ticket);
    else if (result.ok())
        state.breaker.succeeded(ticket, now);
    else if (countsAgainst(result.failure->failureClass))
        state.breaker.failed(ticket, now, mayOpen);
    else
        state.breaker.refused(ticket);
    if (!cancelled) {
        addSample(state, sampleOf(result));
        if (result.ok())
            noteSuccess(deployment, state);
        else
            noteFailure(deployment, state, *result.failure);
    }
    if (onChange && markOf(deployment) != before)
        onChange(health(deployment));
}

void DeploymentWatch::noteSuccess(const Deployment &deployment, State &state)
{
    state.flag = DeploymentHealth::Flag::None;
    state.coolUntil = {};
    m_providers.erase(deployment.provider);
}

void DeploymentWatch::noteFailure(const Deployment &deployment, State &state,
                                  const providers::CallFailure &failure)
{
    milliseconds cooling = std::min(failure.retryAfter.value_or(0ms), kLongestCooling);
    if (failure.failureClass == FailureClass::Credit) {
        m_providers[deployment.provider] = DeploymentHealth::Flag::NeedsCredit;
    } else if (failure.failureClass == FailureClass::Auth) {
        m_providers.try_emplace(deployment.provider, DeploymentHealth::Flag::NeedsKey);
        cooling = std::max(cooling, kRefusalCooling);
    } else if (failure.failureClass == FailureClass::NotFound) {
        state.flag = DeploymentHealth::Flag::Missing;
        cooling = std::max(cooling, kRefusalCooling);
    }
    if (cooling > 0ms)
        state.coolUntil = std::max(state.coolUntil, m_clock.steadyNow() + cooling);
}

void DeploymentWatch::release(const QString &provider)
{
    m_providers.erase(provider);
    for (auto &[deployment, state] : m_states) {
        if (deployment.provider != provider)
            continue;
        state.breaker = {};
        state.coolUntil = {};
        state.flag = DeploymentHealth::Flag::None;
        if (onChange)
            onChange(health(deployment));
    }
}

void DeploymentWatch::addSample(State &state, const CallSample &sample) const
{
    state.samples.push_back({m_clock.steadyNow(), sample});
    if (state.samples.size() > kSamplesKept)
        state.samples.pop_front();
}

void DeploymentWatch::seed(const Deployment &deployment, const std::vector<CallSample> &samples)
{
    for (const CallSample &sample : samples)
        addSample(m_states[deployment], sample);
}

std::vector<CallSample> DeploymentWatch::recent(const State &state) const
{
    std::vector<CallSample> samples;
    for (const Sample &sample : state.samples) {
        if (sample.at + kSampleAge >= m_clock.steadyNow())
            samples.push_back(sample.call);
    }
    return samples;
}

std::optional<nanoseconds> DeploymentWatch::latency(const Deployment &deployment, double share,
                                                    std::size_t fewest) const
{
    const State *state = find(deployment);
    if (!state)
        return std::nullopt;
    std::vector<nanoseconds> durations;
    for (const CallSample &sample : recent(*state)) {
        if (sample.ok)
            durations.push_back(sample.duration);
    }
    return durations.size() < fewest ? std::nullopt : percentile(std::move(durations), share);
}

DeploymentHealth DeploymentWatch::health(const Deployment &deployment) const
{
    DeploymentHealth health;
    health.deployment = deployment;
    if (const State *state = find(deployment)) {
        health.breaker = state->breaker.state();
        health.failuresInARow = state->breaker.failuresInARow();
        health.flag = state->flag;
        health.rest = cooling(deployment);
        if (health.breaker != CircuitBreaker::State::Closed) {
            const nanoseconds probe = state->breaker.retryAt() - m_clock.steadyNow();
            health.rest = std::max(health.rest, std::chrono::ceil<milliseconds>(probe));
        }
        health.figures = figuresOf(recent(*state));
    }
    const auto flag = m_providers.find(deployment.provider);
    if (flag != m_providers.end())
        health.flag = flag->second;
    return health;
}

QList<DeploymentHealth> DeploymentWatch::all() const
{
    QList<DeploymentHealth> healths;
    for (const auto &[deployment, state] : m_states)
        healths.append(health(deployment));
    return healths;
}

} // namespace headgate::engine
