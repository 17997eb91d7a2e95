#include "core/providers/ollama_response.h"

#include "core/providers/json_access.h"
#include "core/providers/token_counts.h"

using namespace Qt::StringLiterals;

namespace headgate::providers {

using simdjson::dom::array;
using simdjson::dom::element;

void OllamaResponse::take(const element &root)
{
    const auto message = memberAt(root, "message");
    bool done = false;
    const bool tellsEnd = root["done"].get(done) == simdjson::SUCCESS;
    if (memberAt(root, "error") || (!tellsEnd && !(message && message->is_object()))) {
        takeError(root);
        return;
    }
    m_sawAnswer = true;
    if (m_completion.servedModel.isEmpty())
        m_completion.servedModel = textAt(root, "model");
    if (message)
        takeMessage(*message);
    if (const auto list = memberAt(root, "logprobs"))
        takeLogProbabilities(*list);
    if (!done)
        return;
    m_done = true;
    m_completion.finishReason = textAt(root, "done_reason");
    takeUsage(root);
}

void OllamaResponse::takeMessage(const element &message)
{
    m_newText += textAt(message, "content");
    m_completion.reasoning += textAt(message, "thinking");
    if (const auto calls = memberAt(message, "tool_calls"))
        takeToolCalls(*calls);
}

// Each comes whole; its arguments are an object.
void OllamaResponse::takeToolCalls(const element &list)
{
    array calls;
    if (list.get(calls) != simdjson::SUCCESS)
        return;
    for (const element item : calls) {
        const auto function = memberAt(item, "function");
        if (!function)
            continue;
        const auto arguments = memberAt(*function, "arguments");
        m_completion.toolCalls.append({textAt(item, "id"), textAt(*function, "name"),
                                       arguments ? rawText(*arguments) : QString()});
    }
}

void OllamaResponse::takeLogProbabilities(const element &list)
{
    array tokens;
    if (list.get(tokens) != simdjson::SUCCESS)
        return;
    for (const element token : tokens) {
        if (const auto value = numberAt(token, "logprob"))
            m_completion.logProbabilities.append(*value);
    }
}

void OllamaResponse::takeUsage(const element &root)
{
    TokenCounts counts(root);
    const auto prompt = counts.at("prompt_eval_count");
    const auto output = counts.at("eval_count");
    if (!counts.valid() || !output)
        return;
    // Of a prompt that it still holds it tells nothing.
    m_countsInput = prompt.has_value();
    catalog::TokenUsage usage;
    usage.freshInput = prompt.value_or(0);
    usage.output = *output;
    m_usage = usage;
}

} // namespace headgate::providers
