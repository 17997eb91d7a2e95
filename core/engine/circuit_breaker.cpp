#include "core/engine/circuit_breaker.h"

#include <algorithm>

namespace headgate::engine {

using namespace std::chrono_literals;

namespace {

constexpr int kFailuresInARow = 5;
constexpr std::size_t kFewestCalls = 6;
constexpr CircuitBreaker::Time kWindow = 60s;
constexpr CircuitBreaker::Time kFirstPause = 10s;
constexpr CircuitBreaker::Time kLongestPause = 300s;

} // namespace

bool CircuitBreaker::lets(Time now) const
{
    return m_state == State::Closed || (m_state == State::Open && now >= m_retryAt);
}

CircuitBreaker::Ticket CircuitBreaker::send()
{
    if (m_state == State::Open) {
        m_state = State::HalfOpen;
        ++m_era;
    }
    return {m_era};
}

void CircuitBreaker::succeeded(Ticket ticket, Time now)
{
    if (ticket.era != m_era)
        return;
    if (m_state == State::HalfOpen)
        close();
    else
        count(false, now);
}

void CircuitBreaker::failed(Ticket ticket, Time now, bool mayOpen)
{
    if (ticket.era != m_era)
        return;
    if (m_state == State::HalfOpen) {
        m_pause = std::min(m_pause * 2, kLongestPause);
        open(now);
        return;
    }
    count(true, now);
    if (mayOpen && isFailing()) {
        m_pause = kFirstPause;
        open(now);
    }
}

void CircuitBreaker::refused(Ticket ticket)
{
    if (ticket.era == m_era && m_state == State::HalfOpen)
        close();
}

void CircuitBreaker::abandoned(Ticket ticket)
{
    // The next call is the probe then, and need not wait for it.
    if (ticket.era == m_era && m_state == State::HalfOpen) {
        m_state = State::Open;
        ++m_era;
    }
}

void CircuitBreaker::count(bool failed, Time now)
{
    m_inARow = failed ? m_inARow + 1 : 0;
    m_recent.push_back({now, failed});
    while (m_recent.front().at + kWindow < now)
        m_recent.pop_front();
}

bool CircuitBreaker::isFailing() const
{
    if (m_inARow >= kFailuresInARow)
        return true;
    const auto failed =
        std::count_if(m_recent.begin(), m_recent.end(), [](const Outcome &o) { return o.failed; });
    return m_recent.size() >= kFewestCalls && std::size_t(failed) * 2 >= m_recent.size();
}

void CircuitBreaker::open(Time now)
{
    m_state = State::Open;
    m_retryAt = now + m_pause;
    ++m_era;
}

void CircuitBreaker::close()
{
    m_state = State::Closed;
    m_inARow = 0;
    m_recent.clear();
    ++m_era;
}

} // namespace headgate::engine
