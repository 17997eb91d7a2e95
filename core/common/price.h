#pragma once

#include "core/common/money.h"

#include <optional>

namespace headgate {

// What a model charges, in US dollars per 1,000,000 tokens.
struct Price
{
    Money input;
    Money output;
    std::optional<Money> cachedInput{}; // none: cached tokens cost as much as fresh ones
    std::optional<Money> cacheWrite{};  // none: writing the cache costs as much as plain input
    // Writing a cache that lives for an hour. None: as much as cacheWrite.
    std::optional<Money> cacheWrite1h{};
    // Output that is reasoning. None: as much as any output.
    std::optional<Money> reasoning{};

    bool operator==(const Price &) const = default;
};

} // namespace headgate
