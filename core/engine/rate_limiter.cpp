#include "core/engine/rate_limiter.h"

#include <algorithm>

namespace headgate::engine {

using namespace std::chrono_literals;

namespace {

constexpr RateLimiter::Time kMinute = 60s;

} // namespace

void RateLimiter::setLimits(std::optional<qint64> requestsPerMinute,
                            std::optional<qint64> tokensPerMinute)
{
    m_requestsPerMinute = requestsPerMinute;
    m_tokensPerMinute = tokensPerMinute;
}

// Servers fill a limit up evenly; where the limit is not told, only its whole is sure.
RateLimiter::Time RateLimiter::Left::readyFor(qint64 amount, Time now) const
{
    if (amount <= remaining || now >= whole)
        return now;
    if (!limit || *limit <= told)
        return whole;
    const double missing = double(std::min(amount, *limit) - remaining);
    const double perToken = double((whole - since).count()) / double(*limit - told);
    return std::max(now, since + Time(qint64(missing * perToken)));
}

// The n-th call back must lie a minute back.
RateLimiter::Time RateLimiter::ownRequestsReady(Time at) const
{
    if (!m_requestsPerMinute || qint64(m_sent.size()) < *m_requestsPerMinute)
        return at;
    const Sent &blocking = m_sent[m_sent.size() - std::size_t(*m_requestsPerMinute)];
    return std::max(at, blocking.at + kMinute);
}

// A call larger than the limit itself leaves when nothing else was sent for a minute.
RateLimiter::Time RateLimiter::ownTokensReady(qint64 tokens, Time at) const
{
    if (!m_tokensPerMinute)
        return at;
    qint64 sum = std::min(tokens, *m_tokensPerMinute);
    for (auto sent = m_sent.rbegin(); sent != m_sent.rend() && sent->at + kMinute > at; ++sent) {
        sum += sent->tokens;
        if (sum > *m_tokensPerMinute)
            return sent->at + kMinute;
    }
    return at;
}

RateLimiter::Time RateLimiter::earliest(qint64 tokens, Time now) const
{
    Time at = now;
    if (!m_sent.empty())
        at = std::max(at, m_sent.back().at);
    if (m_requestsLeft)
        at = std::max(at, m_requestsLeft->readyFor(1, now));
    if (m_tokensLeft)
        at = std::max(at, m_tokensLeft->readyFor(tokens, now));
    at = ownRequestsReady(at);
    return ownTokensReady(tokens, at);
}

RateLimiter::Turn RateLimiter::take(qint64 tokens, Time now)
{
    forget(now);
    const Turn turn{++m_number, earliest(tokens, now)};
    m_sent.push_back({turn.number, turn.at, tokens});
    if (m_requestsLeft)
        m_requestsLeft->remaining -= 1;
    if (m_tokensLeft)
        m_tokensLeft->remaining -= tokens;
    return turn;
}

void RateLimiter::giveBack(const Turn &turn)
{
    const auto sent = std::find_if(m_sent.begin(), m_sent.end(),
                                   [&turn](const Sent &s) { return s.number == turn.number; });
    if (sent == m_sent.end())
        return;
    if (m_requestsLeft)
        m_requestsLeft->remaining += 1;
    if (m_tokensLeft)
        m_tokensLeft->remaining += sent->tokens;
    m_sent.erase(sent);
}

void RateLimiter::correct(const Turn &turn, qint64 tokens)
{
    const auto sent = std::find_if(m_sent.begin(), m_sent.end(),
                                   [&turn](const Sent &s) { return s.number == turn.number; });
    if (sent != m_sent.end())
        sent->tokens = tokens;
}

std::optional<RateLimiter::Left> RateLimiter::leftOf(const providers::RateWindow &window, Time now)
{
    // Without both there is nothing to wait for: a refusal says how long.
    if (!window.remaining || !window.reset)
        return std::nullopt;
    return Left{window.limit, *window.remaining, *window.remaining, now, now + Time(*window.reset)};
}

void RateLimiter::learn(const providers::RateLimits &limits, Time now)
{
    if (!limits.requests.isEmpty())
        m_requestsLeft = leftOf(limits.requests, now);
    if (!limits.tokens.isEmpty())
        m_tokensLeft = leftOf(limits.tokens, now);
}

void RateLimiter::forget(Time now)
{
    while (!m_sent.empty() && m_sent.front().at + kMinute <= now)
        m_sent.pop_front();
    for (std::optional<Left> *left : {&m_requestsLeft, &m_tokensLeft}) {
        if (*left && now >= (*left)->whole)
            left->reset();
    }
}

} // namespace headgate::engine
