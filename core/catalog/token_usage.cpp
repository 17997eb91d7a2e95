#include "core/catalog/token_usage.h"

#include <limits>

namespace headgate::catalog {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr Wide kPerMillion = 1'000'000;
constexpr Wide kLargest = Wide(std::numeric_limits<qint64>::max());

// tokens x nano-dollars per million tokens, where neither can be less than nothing.
Wide product(qint64 tokens, Money perMillion)
{
    return Wide(qMax(qint64(0), tokens)) * Wide(qMax(qint64(0), perMillion.nanos()));
}

} // namespace

Money costOf(const TokenUsage &usage, const Price &price)
{
    const Money write = price.cacheWrite.value_or(price.input);
    const qint64 output = qMax(qint64(0), usage.output);
    const qint64 reasoning = qBound(qint64(0), usage.reasoning, output);
    const Wide parts[] = {
        product(usage.freshInput, price.input),
        product(usage.cacheRead, price.cachedInput.value_or(price.input)),
        product(usage.cacheWrite5m, write),
        product(usage.cacheWrite1h, price.cacheWrite1h.value_or(write)),
        product(output - reasoning, price.output),
        product(reasoning, price.reasoning.value_or(price.output)),
    };
    Wide sum = kPerMillion / 2;
    for (const Wide part : parts) {
        if (__builtin_add_overflow(sum, part, &sum))
            return Money::fromNanos(std::numeric_limits<qint64>::max());
    }
    return Money::fromNanos(qint64(qMin(sum / kPerMillion, kLargest)));
}

} // namespace headgate::catalog
