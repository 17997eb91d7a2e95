#include "core/providers/call_deadlines.h"

namespace headgate::providers {

CallDeadlines::CallDeadlines(const CallTimeouts &timeouts,
                             std::optional<std::chrono::milliseconds> extra, Instant start)
    : m_timeouts(timeouts)
    , m_start(start)
    , m_end(start + std::min(timeouts.total, extra.value_or(timeouts.total)))
{
}

void CallDeadlines::requestSent(Instant now)
{
    if (!m_sent)
        m_sent = now;
}

void CallDeadlines::bytesCame(Instant now)
{
    requestSent(now);
    m_lastBytes = now;
}

void CallDeadlines::answerCame()
{
    m_answering = true;
    m_settled.reset();
}

void CallDeadlines::finishing(Instant until)
{
    m_answering = true;
    m_settled = until;
}

CallDeadlines::Next CallDeadlines::next() const
{
    Next first{Kind::Total, m_end};
    const auto consider = [&first](Kind kind, Instant at) {
        if (at < first.at)
            first = {kind, at};
    };
    if (!m_sent)
        consider(Kind::Connect, m_start + m_timeouts.connect);
    if (m_sent && !m_answering)
        consider(Kind::FirstByte, *m_sent + m_timeouts.firstByte);
    if (m_lastBytes)
        consider(Kind::Idle, *m_lastBytes + m_timeouts.idle);
    if (m_settled)
        consider(Kind::AfterFinish, *m_settled);
    return first;
}

} // namespace headgate::providers
