#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace headgate::evaluation {

// A query that costs one nano-dollar: US dollars for 1,000 of them.
inline constexpr double kUsdPer1kOfNano = 1e-6;

// The values of a column that were measured, in its order: not NaN. What is missing is told by how
// much shorter the result is.
inline std::vector<double> measuredValues(std::span<const float> column)
{
    std::vector<double> values;
    values.reserve(column.size());
    for (const float value : column) {
        if (value == value)
            values.push_back(double(value));
    }
    return values;
}

// The same of whole numbers (nano-dollars, nanoseconds) that are negative where not measured, each
// times `unit`.
inline std::vector<double> measuredValues(std::span<const qint64> column, double unit)
{
    std::vector<double> values;
    values.reserve(column.size());
    for (const qint64 value : column) {
        if (value >= 0)
            values.push_back(double(value) * unit);
    }
    return values;
}

} // namespace headgate::evaluation
