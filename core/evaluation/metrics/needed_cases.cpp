#include "core/evaluation/metrics/needed_cases.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::evaluation {

namespace {

constexpr double kTwoSided95 = 1.959963984540054;
constexpr double kPower80 = 0.8416212335729143;
constexpr double kMostCases = 1e15; // more than anyone records; keeps the cast in range

} // namespace

std::optional<qint64> moreCasesNeeded(std::span<const double> differences, Odds odds)
{
    const auto n = double(differences.size());
    if (n < 2)
        return std::nullopt;
    const double mean = std::accumulate(differences.begin(), differences.end(), 0.0) / n;
    if (mean == 0)
        return std::nullopt;
    double squares = 0;
    for (const double difference : differences)
        squares += (difference - mean) * (difference - mean);
    const double z = kTwoSided95 + (odds == Odds::FourInFive ? kPower80 : 0);
    const double needed = std::ceil(z * z * (squares / (n - 1)) / (mean * mean));
    return qint64(std::clamp(needed - n, 0.0, kMostCases));
}

} // namespace headgate::evaluation
