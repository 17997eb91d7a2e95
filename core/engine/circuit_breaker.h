#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>

namespace headgate::engine {

// Keeps calls away from a deployment that fails. Closed until 5 failures in a row, or half of at
// least 6 calls within 60 s, fail; then open for 10 s. After that one call goes out to probe
// (half-open): its answer closes the breaker, its failure opens it for twice as long as before, at
// most 300 s. Pure bookkeeping: it is told the time, which must not go back.
class CircuitBreaker
{
public:
    using Time = std::chrono::nanoseconds;
    enum class State { Closed, Open, HalfOpen };

    // A call that was let through. What it comes to counts only as long as the breaker has not
    // moved on meanwhile.
    struct Ticket
    {
        quint64 era = 0;
    };

    State state() const { return m_state; }
    // When the next probe may leave; meaningless while closed.
    Time retryAt() const { return m_retryAt; }
    int failuresInARow() const { return m_inARow; }

    // Closed, or the time of a probe has come and none is under way.
    bool lets(Time now) const;
    // A call leaves. Where none is let through it leaves all the same, as the probe.
    Ticket send();

    void succeeded(Ticket ticket, Time now);
    // `mayOpen`: false where no other deployment could serve. The failure counts all the same, so
    // that the next one may open.
    void failed(Ticket ticket, Time now, bool mayOpen = true);
    // It answered, if only to say no: that ends a probe well, and counts for nothing else.
    void refused(Ticket ticket);
    // The call was given up, and says nothing of the deployment.
    void abandoned(Ticket ticket);

private:
    struct Outcome
    {
        Time at{};
        bool failed = false;
    };

    void count(bool failed, Time now);
    bool isFailing() const;
    void open(Time now);
    void close();

    State m_state = State::Closed;
    Time m_retryAt{};
    Time m_pause{};
    int m_inARow = 0;
    std::deque<Outcome> m_recent; // of the last 60 s
    quint64 m_era = 0;            // changes with the state
};

} // namespace headgate::engine
