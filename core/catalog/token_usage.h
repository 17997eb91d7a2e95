#pragma once

#include "core/common/price.h"

#include <QtGlobal>

namespace headgate::catalog {

// Tokens of one call in disjoint kinds, as every provider's usage is brought to.
struct TokenUsage
{
    qint64 freshInput = 0;
    qint64 cacheRead = 0;
    qint64 cacheWrite5m = 0;
    qint64 cacheWrite1h = 0;
    qint64 output = 0;      // reasoning included
    qint64 reasoning = 0;   // part of output
    bool estimated = false; // not counted by the provider

    qint64 input() const { return freshInput + cacheRead + cacheWrite5m + cacheWrite1h; }
    bool operator==(const TokenUsage &) const = default;
};

// Sum over all kinds of tokens x price per million, rounded once, half up to the nano-dollar.
// Exact up to the range of Money, where it stops instead of wrapping round. Negative counts and
// prices count as nothing.
Money costOf(const TokenUsage &usage, const Price &price);

} // namespace headgate::catalog
