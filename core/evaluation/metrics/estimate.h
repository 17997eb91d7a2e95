#pragma once

#include <QtGlobal>

#include <limits>

namespace headgate::evaluation {

inline constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// A figure, how many rows it was read from, and its interval of confidence (95 % unless said
// otherwise). `value` is NaN where the figure is undefined, as every figure of no rows is; `low`
// and `high` are NaN where there is no interval, as for a single row: nothing is known of how much
// another one would differ.
struct Estimate
{
    double value = kUndefined;
    qsizetype n = 0;
    double low = kUndefined;
    double high = kUndefined;

    bool isDefined() const { return value == value; }
    bool hasInterval() const { return low == low && high == high; }
    bool excludesZero() const { return hasInterval() && (low > 0 || high < 0); }
    bool operator==(const Estimate &) const = default;
};

} // namespace headgate::evaluation
