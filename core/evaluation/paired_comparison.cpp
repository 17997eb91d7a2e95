#include "core/evaluation/paired_comparison.h"

#include "core/evaluation/metrics/measured_values.h"
#include "core/evaluation/metrics/needed_cases.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::evaluation {

namespace {

constexpr size_t kMostResampled = 5'000;        // rows at a glance
constexpr double kTwoSided = 1.959963984540054; // of a normal distribution: 95 % lie within

// The prompts on which both are known, as the metrics read them.
struct Pairs
{
    std::vector<float> quality;
    std::vector<float> otherQuality;
    std::vector<qint64> cost;
    std::vector<qint64> otherCost;
    std::vector<double> difference;

    Pairs(const RoutedRows &routed, const RoutedRows &other)
    {
        for (size_t place = 0; place < routed.size(); ++place) {
            if (!routed.isKnown(place) || !other.isKnown(place))
                continue;
            quality.push_back(routed.quality[place]);
            otherQuality.push_back(other.quality[place]);
            cost.push_back(routed.cost[place]);
            otherCost.push_back(other.cost[place]);
            difference.push_back(double(routed.quality[place]) - double(other.quality[place]));
        }
    }
};

bool areMeasured(const std::vector<qint64> &costs)
{
    return std::find(costs.begin(), costs.end(), kNoCost) == costs.end();
}

template<typename Values>
double sumOf(const Values &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

Estimate plain(double value, size_t n)
{
    return {.value = value, .n = qsizetype(n), .low = kUndefined, .high = kUndefined};
}

template<typename Values>
Estimate plainMean(const Values &values, double unit = 1)
{
    return plain(sumOf(values) * unit / double(values.size()), values.size());
}

Estimate normalMean(const std::vector<double> &values)
{
    const double count = double(values.size());
    const double mean = sumOf(values) / count;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double half = kTwoSided * std::sqrt(squares / (count - 1) / count);
    return {mean, qsizetype(values.size()), mean - half, mean + half};
}

Estimate plainRatio(double numerator, double denominator, size_t n)
{
    return plain(denominator > 0 ? numerator / denominator : kUndefined, n);
}

void readWhole(const Pairs &pairs, const BootstrapOptions &options, PairedComparison &comparison)
{
    comparison.quality = meanQuality(pairs.quality, options);
    comparison.otherQuality = meanQuality(pairs.otherQuality, options);
    comparison.qualityDifference = bootstrapMean(pairs.difference, options);
    if (comparison.costPer1k)
        comparison.costPer1k = costUsdPer1k(pairs.cost, options);
    if (comparison.otherCostPer1k)
        comparison.otherCostPer1k = costUsdPer1k(pairs.otherCost, options);
    if (comparison.saving)
        comparison.saving = savingAgainst({pairs.otherQuality, pairs.otherCost},
                                          {pairs.quality, pairs.cost}, options);
}

void readAtAGlance(const Pairs &pairs, const BootstrapOptions &options,
                   PairedComparison &comparison)
{
    comparison.quality = plainMean(pairs.quality);
    comparison.otherQuality = plainMean(pairs.otherQuality);
    comparison.qualityDifference = pairs.difference.size() > kMostResampled
                                       ? normalMean(pairs.difference)
                                       : bootstrapMean(pairs.difference, options);
    if (comparison.costPer1k)
        comparison.costPer1k = plainMean(pairs.cost, kUsdPer1kOfNano);
    if (comparison.otherCostPer1k)
        comparison.otherCostPer1k = plainMean(pairs.otherCost, kUsdPer1kOfNano);
    if (comparison.saving) {
        const double saved = sumOf(pairs.otherCost) - sumOf(pairs.cost);
        const double n = double(pairs.cost.size());
        comparison.saving =
            Saving{.usdPer1k = plain(saved * kUsdPer1kOfNano / n, pairs.cost.size()),
                   .share = plainRatio(saved, sumOf(pairs.otherCost), pairs.cost.size()),
                   .qualityDifference = comparison.qualityDifference};
    }
}

} // namespace

PairedComparison comparePaired(const RoutedRows &routed, const RoutedRows &other,
                               const BootstrapOptions &options, ReadingDepth depth)
{
    Q_ASSERT(routed.rows == other.rows);
    const Pairs pairs(routed, other);
    PairedComparison comparison;
    comparison.n = qint64(pairs.difference.size());
    if (comparison.n == 0)
        return comparison;
    // What can be read of the costs at all.
    if (areMeasured(pairs.cost))
        comparison.costPer1k.emplace();
    if (areMeasured(pairs.otherCost))
        comparison.otherCostPer1k.emplace();
    if (comparison.costPer1k && comparison.otherCostPer1k)
        comparison.saving.emplace();
    if (depth == ReadingDepth::Whole)
        readWhole(pairs, options, comparison);
    else
        readAtAGlance(pairs, options, comparison);
    if (!comparison.qualityDifference.excludesZero())
        comparison.casesNeeded = moreCasesNeeded(pairs.difference);
    return comparison;
}

} // namespace headgate::evaluation
