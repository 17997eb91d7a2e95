#pragma once

#include "core/common/json.h"
#include "core/evaluation/metrics/estimate.h"

#include <optional>

namespace headgate::cli {

// {"value", "n", "ci95": [low, high]}; null for what is not known.
Json estimateJson(const evaluation::Estimate &estimate);
Json estimateJson(const std::optional<evaluation::Estimate> &estimate);

// "0.712 [0.690, 0.733]": the value and its 95 % interval, where there is one. With a sign where it
// is a difference.
QString figureText(const evaluation::Estimate &estimate, int decimals);
QString differenceText(const evaluation::Estimate &estimate, int decimals);
// "71.2 % [69.0, 73.3]"
QString percentText(const evaluation::Estimate &estimate);
// "$0.1413": of 1,000 queries, to four places.
QString per1kText(double usd);
QString per1kText(const evaluation::Estimate &estimate);

} // namespace headgate::cli
