#pragma once

#include "core/simulation/chat_dialect.h"

namespace headgate::simulation {

// OpenAI's chat completions: the request, and what a reply is written as.
tl::expected<ChatRequest, QString> openAiChatRequest(const Json &body);

QByteArray completionBody(const ChatReply &reply);
// Events of a stream, in this order: the role, a token each, the finish with the usage (if asked)
// and the end mark.
QByteArray roleEvent(const ChatReply &reply);
QByteArray tokenEvent(const ChatReply &reply, qsizetype token);
QByteArray finishEvents(const ChatReply &reply);

} // namespace headgate::simulation
