#pragma once

#include "core/common/price.h"

#include <QString>

#include <chrono>
#include <optional>

namespace headgate::ui {

// Figures as the user reads them, in the default locale. U+2212 is the minus sign.

// Two decimals from $1; below that three significant digits, trailing zeros cut down to cents:
// "$612.40", "$0.0412", "$0.20", "$0".
QString formatMoney(Money amount);
QString formatMoney(const std::optional<Money> &amount); // none: "unknown"
// With a plus or minus, for differences: "+$0.0241", "−$0.0031", "$0".
QString formatDifference(Money amount);
QString formatDifference(const std::optional<Money> &amount);
// "$0.05 / $0.20 per 1M": input and output.
QString formatPrice(const Price &price);

// "< 0.1 ms", "0.4 ms", "31 ms", "0.42 s", "12.4 s", "2 min 5 s".
QString formatDuration(std::chrono::nanoseconds duration);
QString formatCount(qint64 count); // "18,204"
QString formatTokens(qint64 tokens); // "212 tok"
// Of a fraction: 0.657 is "65.7 %". No number: "unknown".
QString formatPercent(double fraction, int decimals = 1);

} // namespace headgate::ui
