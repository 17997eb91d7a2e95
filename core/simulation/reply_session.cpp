#include "core/simulation/reply_session.h"

namespace headgate::simulation {

using std::chrono::steady_clock;

ReplySession::ReplySession(const ChatDialect &dialect, ChatReply reply, const Pace &pace,
                           http::ResponseWriter writer)
    : m_dialect(dialect)
    , m_reply(std::move(reply))
    , m_pace(pace)
    , m_writer(std::move(writer))
{
}

void ReplySession::start(const ChatDialect &dialect, ChatReply reply, const Pace &pace,
                         http::ResponseWriter writer)
{
    const std::shared_ptr<ReplySession> session(
        new ReplySession(dialect, std::move(reply), pace, std::move(writer)));
    if (session->m_reply.request.stream) {
        session->m_writer.after(pace.firstToken, [session] { session->startStream(); });
        return;
    }
    const auto steps = std::max(qsizetype(0), session->m_reply.answer.tokens.size() - 1);
    session->m_writer.after(pace.firstToken + pace.betweenTokens * steps,
                            [session] { session->sendWhole(); });
}

qsizetype ReplySession::tokensToSend() const
{
    const qsizetype all = m_reply.answer.tokens.size();
    return m_pace.breaksOff ? std::min(all, all / 2 + 1) : all;
}

void ReplySession::startStream()
{
    m_started = steady_clock::now();
    m_writer.begin(200, {{"content-type", m_dialect.streamType()}, {"cache-control", "no-cache"}});
    m_writer.write(m_dialect.streamStart(m_reply));
    streamOn();
}

// Sends every token that is due by now, so that a late timer does not slow the stream down.
void ReplySession::streamOn()
{
    const qsizetype last = tokensToSend();
    qsizetype due = last;
    if (m_pace.betweenTokens.count() > 0)
        due =
            std::min(last, qsizetype((steady_clock::now() - m_started) / m_pace.betweenTokens) + 1);
    QByteArray events;
    for (; m_sent < due; ++m_sent)
        events += m_dialect.streamToken(m_reply, m_sent);
    m_writer.write(std::move(events));
    if (m_sent < last) {
        m_writer.after(m_pace.betweenTokens, [self = shared_from_this()] { self->streamOn(); });
    } else if (m_pace.breaksOff) {
        m_writer.cut();
    } else {
        m_writer.write(m_dialect.streamEnd(m_reply));
        m_writer.finish();
    }
}

void ReplySession::sendWhole()
{
    QByteArray body = m_dialect.wholeBody(m_reply);
    if (!m_pace.breaksOff)
        return m_writer.respond(http::jsonResponse(200, std::move(body)));
    m_writer.begin(200, {{"content-type", "application/json"}});
    m_writer.write(body.first(body.size() / 2));
    m_writer.cut();
}

} // namespace headgate::simulation
