#include "core/evaluation/metrics/arena_score.h"

#include "core/evaluation/metrics/measured_values.h"

#include <algorithm>
#include <cmath>

namespace headgate::evaluation {

namespace {

constexpr double kBeta = 0.1;
constexpr double kLeastUsdPer1k = 0.0044;
constexpr double kMostUsdPer1k = 200;

} // namespace

double arenaScore(double quality, double costUsdPer1k)
{
    if (!(costUsdPer1k > 0) || quality != quality)
        return kUndefined;
    const double cost = std::clamp(costUsdPer1k, kLeastUsdPer1k, kMostUsdPer1k);
    const double cheapness = (std::log2(kMostUsdPer1k) - std::log2(cost)) /
                             (std::log2(kMostUsdPer1k) - std::log2(kLeastUsdPer1k));
    const double weight = kBeta * quality + cheapness;
    return weight > 0 ? (1 + kBeta) * quality * cheapness / weight : 0;
}

Estimate arenaScore(const RoutedColumns &routed, const BootstrapOptions &options)
{
    std::vector<double> quality;
    std::vector<double> cost;
    for (size_t row = 0; row < routed.cost.size(); ++row) {
        if (routed.quality[row] != routed.quality[row] || routed.cost[row] < 0)
            continue;
        quality.push_back(double(routed.quality[row]));
        cost.push_back(double(routed.cost[row]) * kUsdPer1kOfNano);
    }
    const auto n = double(quality.size());
    const auto score = [&](RowWeights weights, std::span<double> figures) {
        double qualitySum = 0;
        double costSum = 0;
        for (size_t row = 0; row < weights.size(); ++row) {
            qualitySum += weights[row] * quality[row];
            costSum += weights[row] * cost[row];
        }
        figures[0] = arenaScore(qualitySum / n, costSum / n);
    };
    return bootstrap(qsizetype(quality.size()), 1, score, options).front();
}

} // namespace headgate::evaluation
