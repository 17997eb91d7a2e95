#include "core/providers/openai_usage.h"

#include <simdjson.h>

#include <cmath>

namespace headgate::providers {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr double kMostTokens = 1e9;

// Reads counts of one usage object. A count that is there but is none spoils the whole.
class Counts
{
public:
    explicit Counts(const object &from)
        : m_object(from)
    {
    }

    std::optional<qint64> at(std::string_view key)
    {
        element value;
        if (m_object[key].get(value) != simdjson::SUCCESS || value.is_null())
            return std::nullopt;
        const std::optional<double> number = numberIn(value);
        if (!number || !std::isfinite(*number) || *number < 0 || *number > kMostTokens ||
            *number != std::floor(*number)) {
            m_valid = false;
            return std::nullopt;
        }
        return qint64(*number);
    }

    // A count inside an inner object, such as prompt_tokens_details.
    std::optional<qint64> at(std::string_view outer, std::string_view key)
    {
        object inner;
        if (m_object[outer].get(inner) != simdjson::SUCCESS)
            return std::nullopt;
        Counts counts(inner);
        const auto result = counts.at(key);
        m_valid = m_valid && counts.m_valid;
        return result;
    }

    bool valid() const { return m_valid; }

    static std::optional<double> numberIn(const element &value)
    {
        double number = 0;
        if (value.get(number) == simdjson::SUCCESS)
            return number;
        std::string_view text;
        if (value.get(text) != simdjson::SUCCESS)
            return std::nullopt;
        bool ok = false;
        number = QByteArrayView(text.data(), qsizetype(text.size())).toDouble(&ok);
        return ok ? std::optional(number) : std::nullopt;
    }

private:
    const object &m_object;
    bool m_valid = true;
};

std::optional<Money> costIn(const object &usage)
{
    element value;
    if (usage["cost_in_usd_ticks"].get(value) == simdjson::SUCCESS) {
        // 10^10 ticks a dollar
        const auto ticks = Counts::numberIn(value);
        if (ticks && *ticks >= 0 && *ticks < 9e18)
            return Money::fromNanos(qint64((std::llround(*ticks) + 5) / 10));
    }
    if (usage["cost"].get(value) == simdjson::SUCCESS) {
        const auto dollars = Counts::numberIn(value);
        if (dollars && *dollars >= 0) {
            if (const auto money = Money::fromUsd(*dollars))
                return *money;
        }
    }
    return std::nullopt;
}

std::optional<catalog::TokenUsage> tokensIn(const object &from, const Dialect &dialect)
{
    Counts counts(from);
    const qint64 prompt = counts.at("prompt_tokens").value_or(-1);
    const qint64 completion = counts.at("completion_tokens").value_or(-1);
    const auto total = counts.at("total_tokens");
    const qint64 written = counts.at("prompt_tokens_details", "cache_write_tokens").value_or(0);
    const qint64 reasoning = counts.at("completion_tokens_details", "reasoning_tokens").value_or(0);
    qint64 cached = counts.at("prompt_tokens_details", "cached_tokens").value_or(0);
    if (const auto hit = counts.at("prompt_cache_hit_tokens")) // DeepSeek
        cached = *hit;
    if (!counts.valid() || prompt < 0 || completion < 0 || cached + written > prompt)
        return std::nullopt;
    if (total && *total < prompt + completion)
        return std::nullopt;

    catalog::TokenUsage usage;
    usage.freshInput = prompt - cached - written;
    usage.cacheRead = cached;
    usage.cacheWrite5m = written;
    usage.output = completion;
    usage.reasoning = reasoning;
    // Where the total counts the reasoning besides the completion, so do we. The sum alone tells,
    // since a router in between hides which server answered.
    const bool outside =
        total ? *total == prompt + completion + reasoning : dialect.reasoningOutsideCompletion;
    if (outside)
        usage.output += reasoning;
    return usage.reasoning <= usage.output ? std::optional(usage) : std::nullopt;
}

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
        bytes += qsizetype(calls->dump(-1, ' ', false, Json::error_handler_t::replace).size());
    return bytes;
}

} // namespace

ReportedUsage readUsage(const simdjson::dom::object &usage, const Dialect &dialect)
{
    return {tokensIn(usage, dialect), costIn(usage)};
}

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
