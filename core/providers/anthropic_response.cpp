#include "core/providers/anthropic_response.h"

#include "core/providers/json_access.h"
#include "core/providers/token_counts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

// In the words that all providers' reasons are brought to.
QString reasonOfAnthropic(const QString &reason)
{
    if (reason == "end_turn"_L1 || reason == "stop_sequence"_L1)
        return u"stop"_s;
    if (reason == "max_tokens"_L1 || reason == "model_context_window_exceeded"_L1)
        return u"length"_s;
    if (reason == "tool_use"_L1)
        return u"tool_calls"_s;
    return reason;
}

void replace(std::optional<qint64> &count, const std::optional<qint64> &told)
{
    if (told)
        count = told;
}

} // namespace

void AnthropicResponse::take(const element &root)
{
    const QString type = textAt(root, "type");
    const qint64 index = integerAt(root, "index").value_or(0);
    if (type == "content_block_delta"_L1) {
        if (const auto delta = memberAt(root, "delta"))
            takeDelta(index, *delta);
    } else if (type == "content_block_start"_L1) {
        if (const auto block = memberAt(root, "content_block"))
            takeBlock(index, *block);
    } else if (type == "message_start"_L1) {
        if (const auto message = memberAt(root, "message"))
            takeMessage(*message);
    } else if (type == "message_delta"_L1) {
        if (const auto delta = memberAt(root, "delta"))
            takeStopReason(*delta);
        m_countsOutput = memberAt(root, "usage").has_value();
        takeUsage(root);
    } else if (type == "message_stop"_L1) {
        m_ended = m_sawAnswer;
    } else if (type == "message"_L1) {
        takeMessage(root);
        m_ended = m_countsOutput = m_sawAnswer;
    } else if (type == "error"_L1 || type.isEmpty() || memberAt(root, "error")) {
        takeError(root);
    }
}

void AnthropicResponse::takeMessage(const element &message)
{
    m_sawAnswer = true;
    if (m_completion.servedModel.isEmpty())
        m_completion.servedModel = textAt(message, "model");
    array blocks;
    if (const auto content = memberAt(message, "content");
        content && content->get(blocks) == simdjson::SUCCESS) {
        qint64 index = 0;
        for (const element block : blocks)
            takeBlock(index++, block);
    }
    takeStopReason(message);
    takeUsage(message);
}

void AnthropicResponse::takeBlock(qint64 index, const element &block)
{
    const QString type = textAt(block, "type");
    if (type == "text"_L1) {
        m_newText += textAt(block, "text");
    } else if (type == "thinking"_L1) {
        m_completion.reasoning += textAt(block, "thinking");
    } else if (type == "tool_use"_L1) {
        ToolCall *call = toolCallAt(index);
        call->id = textAt(block, "id");
        call->name = textAt(block, "name");
        object input;
        // A stream begins with an empty one, and its text follows in pieces.
        if (const auto member = memberAt(block, "input");
            member && member->get(input) == simdjson::SUCCESS && input.size() > 0)
            call->arguments = rawText(*member);
    }
}

void AnthropicResponse::takeDelta(qint64 index, const element &delta)
{
    const QString type = textAt(delta, "type");
    if (type == "text_delta"_L1)
        m_newText += textAt(delta, "text");
    else if (type == "thinking_delta"_L1)
        m_completion.reasoning += textAt(delta, "thinking");
    else if (type == "input_json_delta"_L1)
        toolCallAt(index)->arguments += textAt(delta, "partial_json");
}

ToolCall *AnthropicResponse::toolCallAt(qint64 index)
{
    QList<ToolCall> &calls = m_completion.toolCalls;
    if (!m_toolPlaces.contains(index)) {
        m_toolPlaces.insert(index, calls.size());
        calls.append(ToolCall{});
    }
    return &calls[m_toolPlaces.value(index)];
}

void AnthropicResponse::takeStopReason(const element &from)
{
    if (const QString reason = textAt(from, "stop_reason"); !reason.isEmpty())
        m_completion.finishReason = reasonOfAnthropic(reason);
}

void AnthropicResponse::takeUsage(const element &from)
{
    const auto usage = memberAt(from, "usage");
    if (!usage)
        return;
    // US-only inference costs a tenth more; the fast speed has a price of its own.
    if (const QString place = textAt(*usage, "inference_geo"); !place.isEmpty())
        m_completion.pricePercent = place == "us"_L1 ? 110 : 100;
    if (const QString speed = textAt(*usage, "speed"); !speed.isEmpty())
        m_completion.fast = speed == "fast"_L1;
    TokenCounts told(*usage);
    replace(m_counts.input, told.at("input_tokens"));
    replace(m_counts.cacheRead, told.at("cache_read_input_tokens"));
    replace(m_counts.cacheWrite, told.at("cache_creation_input_tokens"));
    replace(m_counts.cacheWrite5m, told.at("cache_creation", "ephemeral_5m_input_tokens"));
    replace(m_counts.cacheWrite1h, told.at("cache_creation", "ephemeral_1h_input_tokens"));
    replace(m_counts.output, told.at("output_tokens"));
    replace(m_counts.thinking, told.at("output_tokens_details", "thinking_tokens"));
    m_counts.valid = m_counts.valid && told.valid();
    m_usage = usageSoFar();
}

std::optional<catalog::TokenUsage> AnthropicResponse::usageSoFar() const
{
    if (!m_counts.valid || !m_counts.input || !m_counts.output)
        return std::nullopt;
    catalog::TokenUsage usage;
    usage.freshInput = *m_counts.input;
    usage.cacheRead = m_counts.cacheRead.value_or(0);
    usage.cacheWrite1h = m_counts.cacheWrite1h.value_or(0);
    usage.cacheWrite5m = m_counts.cacheWrite5m.value_or(0);
    // What the split does not tell lives for five minutes.
    const qint64 split = usage.cacheWrite5m + usage.cacheWrite1h;
    const qint64 written = m_counts.cacheWrite.value_or(split);
    if (written < split)
        return std::nullopt;
    usage.cacheWrite5m += written - split;
    usage.output = *m_counts.output;
    usage.reasoning = m_counts.thinking.value_or(0);
    return usage.reasoning <= usage.output ? std::optional(usage) : std::nullopt;
}

} // namespace headgate::providers
