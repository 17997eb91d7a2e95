#pragma once

#include "core/http/response_writer.h"
#include "core/simulation/chat_dialect.h"

#include <chrono>
#include <memory>

namespace headgate::simulation {

// How fast a reply goes out, and whether it breaks off.
struct Pace
{
    std::chrono::nanoseconds firstToken{0};
    std::chrono::nanoseconds betweenTokens{0};
    bool breaksOff = false;
};

// Sends one reply in its protocol and at its pace, streamed or whole, and keeps itself alive until
// that is done or the client has left.
class ReplySession final : public std::enable_shared_from_this<ReplySession>
{
public:
    // The dialect outlives the session.
    static void start(const ChatDialect &dialect, ChatReply reply, const Pace &pace,
                      http::ResponseWriter writer);

private:
    ReplySession(const ChatDialect &dialect, ChatReply reply, const Pace &pace,
                 http::ResponseWriter writer);
    void startStream();
    void streamOn();
    void sendWhole();
    // All tokens, or about half of them where the reply breaks off.
    qsizetype tokensToSend() const;

    const ChatDialect &m_dialect;
    const ChatReply m_reply;
    const Pace m_pace;
    http::ResponseWriter m_writer;
    std::chrono::steady_clock::time_point m_started;
    qsizetype m_sent = 0;
};

} // namespace headgate::simulation
