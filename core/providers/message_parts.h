#pragma once

#include "core/common/message.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// A piece of a message's content, for protocols that write it otherwise than OpenAI.
struct ContentPart
{
    enum class Kind { Text, Image, Other };

    Kind kind = Kind::Text;
    QString text{};      // of a text; the type's name of any other part
    QString mediaType{}; // of an image in the message itself: "image/png"
    QString data{};      // its bytes in base64
    QString url{};       // of an image that is somewhere else
};

// The text and what came besides it, in OpenAI's order. Empty texts are left out.
QList<ContentPart> contentOf(const Message &message);
// The calls that an assistant's message asked for.
QList<ToolCall> toolCallsOf(const Message &message);
// Gemini's signature of its text; empty where there is none.
QString signatureOf(const Message &message);
// Which call a tool's message answers.
QString answeredCallOf(const Message &message);
// The name of the tool that answers it, from the message itself or from the call before it.
QString answeringToolOf(const QList<Message> &messages, qsizetype at);
// The text as a JSON object, or none where it is no such thing.
std::optional<Json> objectIn(const QString &text);
// "system", "user", "assistant", "tool": as OpenAI and Ollama spell it.
const char *roleNameOf(Message::Role role);
// The texts of all system messages, with an empty line between them.
QString systemTextOf(const QList<Message> &messages);

} // namespace headgate::providers
