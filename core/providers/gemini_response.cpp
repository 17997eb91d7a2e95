#include "core/providers/gemini_response.h"

#include "core/providers/json_access.h"
#include "core/providers/token_counts.h"

#include <array>

using namespace Qt::StringLiterals;

namespace headgate::providers {

using simdjson::dom::element;

namespace {

struct ReasonWord
{
    QLatin1String theirs;
    QLatin1String common;
};

// In the words that all providers' reasons are brought to; others stay as they are.
constexpr std::array kReasons{
    ReasonWord{"STOP"_L1, "stop"_L1},
    ReasonWord{"MAX_TOKENS"_L1, "length"_L1},
    ReasonWord{"SAFETY"_L1, "content_filter"_L1},
    ReasonWord{"RECITATION"_L1, "content_filter"_L1},
    ReasonWord{"LANGUAGE"_L1, "content_filter"_L1},
    ReasonWord{"BLOCKLIST"_L1, "content_filter"_L1},
    ReasonWord{"PROHIBITED_CONTENT"_L1, "content_filter"_L1},
    ReasonWord{"SPII"_L1, "content_filter"_L1},
};

QString reasonOfGemini(const QString &reason)
{
    for (const ReasonWord &word : kReasons) {
        if (reason == word.theirs)
            return word.common;
    }
    return reason;
}

} // namespace

void GeminiResponse::take(const element &root)
{
    const auto candidates = memberAt(root, "candidates");
    const auto feedback = memberAt(root, "promptFeedback");
    const auto usage = memberAt(root, "usageMetadata");
    if (memberAt(root, "error") || (!candidates && !feedback && !usage)) {
        takeError(root);
        return;
    }
    if (m_completion.servedModel.isEmpty())
        m_completion.servedModel = textAt(root, "modelVersion");
    simdjson::dom::array list;
    if (candidates && candidates->get(list) == simdjson::SUCCESS) {
        qint64 position = 0;
        for (const element candidate : list) {
            takeCandidate(integerAt(candidate, "index").value_or(position), candidate);
            ++position;
        }
    }
    if (feedback && !textAt(*feedback, "blockReason").isEmpty()) {
        m_blocked = true;
        m_completion.finishReason = u"content_filter"_s;
    }
    if (usage)
        takeUsage(*usage);
}

void GeminiResponse::takeCandidate(qint64 index, const element &candidate)
{
    if (!m_mainCandidate)
        m_mainCandidate = index;
    const QString reason = textAt(candidate, "finishReason");
    const bool isEnd = !reason.isEmpty() && reason != "FINISH_REASON_UNSPECIFIED"_L1;
    m_candidateFinished[index] = m_candidateFinished.value(index) || isEnd;
    if (index != *m_mainCandidate)
        return;
    if (isEnd)
        m_completion.finishReason = reasonOfGemini(reason);
    simdjson::dom::array parts;
    if (const auto content = memberAt(candidate, "content");
        content && (*content)["parts"].get(parts) == simdjson::SUCCESS) {
        for (const element part : parts)
            takePart(part);
    }
    if (const auto result = memberAt(candidate, "logprobsResult"))
        takeLogProbabilities(*result);
}

void GeminiResponse::takePart(const element &part)
{
    const QString text = textAt(part, "text");
    bool isThought = false;
    if (part["thought"].get(isThought) == simdjson::SUCCESS && isThought)
        m_completion.reasoning += text;
    else
        m_newText += text;
    const auto call = memberAt(part, "functionCall");
    if (!call) {
        // A stream gives it with the last piece of text, or with an empty one after it.
        if (const QString signature = textAt(part, "thoughtSignature"); !signature.isEmpty())
            m_completion.signature = signature;
        return;
    }
    const auto arguments = memberAt(*call, "args");
    m_completion.toolCalls.append({textAt(*call, "id"), textAt(*call, "name"),
                                   arguments ? rawText(*arguments) : QString(),
                                   textAt(part, "thoughtSignature")});
}

void GeminiResponse::takeLogProbabilities(const element &result)
{
    simdjson::dom::array chosen;
    if (result["chosenCandidates"].get(chosen) != simdjson::SUCCESS)
        return;
    for (const element token : chosen) {
        if (const auto value = numberAt(token, "logProbability"))
            m_completion.logProbabilities.append(*value);
    }
}

// The sum so far: the last one holds, and none is added.
void GeminiResponse::takeUsage(const element &from)
{
    TokenCounts counts(from);
    const auto prompt = counts.at("promptTokenCount");
    const qint64 cached = counts.at("cachedContentTokenCount").value_or(0);
    const qint64 tools = counts.at("toolUsePromptTokenCount").value_or(0);
    const qint64 thoughts = counts.at("thoughtsTokenCount").value_or(0);
    const qint64 candidates = counts.at("candidatesTokenCount").value_or(0);
    const auto total = counts.at("totalTokenCount");
    m_usage.reset();
    if (!counts.valid() || !prompt || cached > *prompt || (total && *total < *prompt))
        return;
    catalog::TokenUsage usage;
    usage.freshInput = *prompt - cached + tools;
    usage.cacheRead = cached;
    usage.output = candidates + thoughts;
    usage.reasoning = thoughts;
    m_usage = usage;
}

bool GeminiResponse::finished() const
{
    return m_blocked || (!m_candidateFinished.isEmpty() &&
                         std::all_of(m_candidateFinished.cbegin(), m_candidateFinished.cend(),
                                     [](bool done) { return done; }));
}

} // namespace headgate::providers
