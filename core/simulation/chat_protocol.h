#pragma once

#include "core/common/json.h"
#include "core/http/http_message.h"
#include "core/simulation/simulated_answer.h"

namespace headgate::simulation {

// A chat completion request in OpenAI's protocol, as far as the fleet knows it.
struct ChatRequest
{
    QString model;
    AnswerRequest answer;
    qint64 promptTokens = 0;
    bool stream = false;
    bool includeUsage = false;
    bool logprobs = false;
    bool topLogprobs = false;
};

// The request, or the response that refuses it: status 400, naming the field.
tl::expected<ChatRequest, http::Response> parseChatRequest(const QByteArray &body);

// One answer with what the protocol says of it.
struct ChatReply
{
    QByteArray id;
    qint64 created = 0; // seconds since 1970
    QString servedName;
    ChatRequest request;
    SimulatedAnswer answer;
};

QByteArray completionBody(const ChatReply &reply);

// Server-sent events of a stream, in this order: the role, a token each, the finish with the usage
// (if asked) and the end mark.
QByteArray roleEvent(const ChatReply &reply);
QByteArray tokenEvent(const ChatReply &reply, qsizetype token);
QByteArray finishEvents(const ChatReply &reply);

// The list of a provider's models.
QByteArray modelListBody(const QString &provider, qint64 created);

} // namespace headgate::simulation
