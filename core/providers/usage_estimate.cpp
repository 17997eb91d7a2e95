#include "core/providers/usage_estimate.h"

#include "core/common/json.h"

namespace headgate::providers {

namespace {

qint64 tokensOf(qsizetype bytes)
{
    return (qint64(bytes) + 3) / 4;
}

qsizetype textBytesOf(const Message &message)
{
    qsizetype bytes = message.text.toUtf8().size();
    if (!message.extra.is_object())
        return bytes;
    if (const auto content = message.extra.find("content");
        content != message.extra.end() && content->is_array()) {
        for (const Json &part : *content)
            bytes += jsonString(part, "text").toUtf8().size();
    }
    if (const auto calls = message.extra.find("tool_calls"); calls != message.extra.end())
        bytes += qsizetype(compactText(*calls).size());
    return bytes;
}

} // namespace

catalog::TokenUsage estimatedUsage(const QList<Message> &messages, const QString &answer)
{
    constexpr qint64 kFrame = 4;
    catalog::TokenUsage usage;
    usage.estimated = true;
    for (const Message &message : messages)
        usage.freshInput += tokensOf(textBytesOf(message)) + kFrame;
    usage.output = tokensOf(answer.toUtf8().size());
    return usage;
}

} // namespace headgate::providers
