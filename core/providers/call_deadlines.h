#pragma once

#include "core/providers/endpoint.h"

#include <chrono>
#include <optional>

namespace headgate::providers {

// Which of a call's limits is the next to run out, and when. Pure bookkeeping: it is told the time.
class CallDeadlines
{
public:
    using Instant = std::chrono::steady_clock::time_point;
    enum class Kind { Connect, FirstByte, Idle, AfterFinish, Total };
    struct Next
    {
        Kind kind = Kind::Total;
        Instant at;
    };

    // `extra` bounds the whole call besides the endpoint's own total.
    CallDeadlines(const CallTimeouts &timeouts, std::optional<std::chrono::milliseconds> extra,
                  Instant start);

    void requestSent(Instant now);
    void bytesCame(Instant now); // of any sort
    void answerCame();           // something other than a keep-alive, and more is needed
    // Nothing more is needed: what still comes is waited for until then.
    void finishing(Instant until);

    Next next() const;

private:
    CallTimeouts m_timeouts;
    Instant m_start;
    Instant m_end;
    std::optional<Instant> m_sent;
    std::optional<Instant> m_lastBytes;
    bool m_answering = false;
    std::optional<Instant> m_settled;
};

} // namespace headgate::providers
