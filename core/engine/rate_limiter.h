#pragma once

#include "core/providers/rate_limits.h"

#include <chrono>
#include <deque>
#include <optional>

namespace headgate::engine {

// Spaces the calls under one key so that its limits a minute hold: the user's own, in any 60 s, and
// what the server's headers say is left. Calls get their turn in the order of asking. Pure
// bookkeeping: it is told the time, which must not go back.
class RateLimiter
{
public:
    using Time = std::chrono::nanoseconds;

    struct Turn
    {
        quint64 number = 0;
        Time at{}; // when the call may leave; not before now
    };

    // None: no limit of the user's own.
    void setLimits(std::optional<qint64> requestsPerMinute, std::optional<qint64> tokensPerMinute);
    // When a call of about so many tokens could leave, without taking a turn.
    Time earliest(qint64 tokens, Time now) const;
    Turn take(qint64 tokens, Time now);
    // The call was never sent.
    void giveBack(const Turn &turn);
    // The call used other than estimated.
    void correct(const Turn &turn, qint64 tokens);
    // What an answer told. Turns that were taken since it was sent are not known to the server yet,
    // which makes its figures too high by a few: a later answer mends that.
    void learn(const providers::RateLimits &limits, Time now);

private:
    struct Sent
    {
        quint64 number = 0;
        Time at{};
        qint64 tokens = 0;
    };
    // The server's view of one limit, counted down by what was taken since.
    struct Left
    {
        std::optional<qint64> limit;
        qint64 told = 0; // remaining then
        qint64 remaining = 0;
        Time since{};
        Time whole{}; // when it is full again; then it no longer says anything

        Time readyFor(qint64 amount, Time now) const;
    };

    Time ownRequestsReady(Time at) const;
    Time ownTokensReady(qint64 tokens, Time at) const;
    void forget(Time now);
    static std::optional<Left> leftOf(const providers::RateWindow &window, Time now);

    std::optional<qint64> m_requestsPerMinute;
    std::optional<qint64> m_tokensPerMinute;
    std::deque<Sent> m_sent; // by time; the last may lie ahead
    std::optional<Left> m_requestsLeft;
    std::optional<Left> m_tokensLeft;
    quint64 m_number = 0;
};

} // namespace headgate::engine
