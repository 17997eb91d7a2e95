#include "core/providers/openai_usage.h"

#include "core/providers/token_counts.h"

#include <cmath>

namespace headgate::providers {

namespace {

using simdjson::dom::element;

std::optional<Money> costIn(const element &usage)
{
    element value;
    if (usage["cost_in_usd_ticks"].get(value) == simdjson::SUCCESS) {
        // 10^10 ticks a dollar
        const auto ticks = countedNumber(value);
        if (ticks && *ticks >= 0 && *ticks < 9e18)
            return Money::fromNanos(qint64((std::llround(*ticks) + 5) / 10));
    }
    if (usage["cost"].get(value) == simdjson::SUCCESS) {
        const auto dollars = countedNumber(value);
        if (dollars && *dollars >= 0) {
            if (const auto money = Money::fromUsd(*dollars))
                return *money;
        }
    }
    return std::nullopt;
}

std::optional<catalog::TokenUsage> tokensIn(const element &from, const Dialect &dialect)
{
    TokenCounts counts(from);
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

} // namespace

ReportedUsage readUsage(const element &usage, const Dialect &dialect)
{
    return {tokensIn(usage, dialect), costIn(usage)};
}

} // namespace headgate::providers
