#include "core/evaluation/metrics/routing_metrics.h"

#include "core/evaluation/metrics/measured_values.h"

#include <array>

namespace headgate::evaluation {

namespace {

constexpr double kMsOfNano = 1e-6;

} // namespace

Estimate meanQuality(std::span<const float> quality, const BootstrapOptions &options)
{
    return bootstrapMean(measuredValues(quality), options);
}

Estimate costUsdPer1k(std::span<const qint64> nanoUsd, const BootstrapOptions &options)
{
    return bootstrapMean(measuredValues(nanoUsd, kUsdPer1kOfNano), options);
}

LatencyPercentiles latencyMs(std::span<const qint64> nanoseconds, const BootstrapOptions &options)
{
    constexpr std::array kQuantiles{0.50, 0.95, 0.99};
    const auto read =
        bootstrapQuantiles(measuredValues(nanoseconds, kMsOfNano), kQuantiles, options);
    return {.p50 = read[0], .p95 = read[1], .p99 = read[2]};
}

std::vector<Estimate> modelShares(std::span<const qint32> models, qsizetype count,
                                  const BootstrapOptions &options)
{
    std::vector<qint64> answered(size_t(count), 0);
    for (const qint32 model : models) {
        Q_ASSERT(model < count);
        if (model >= 0)
            ++answered[size_t(model)];
    }
    std::vector<Estimate> shares;
    for (const qint64 hits : answered)
        shares.push_back(bootstrapShare(hits, qint64(models.size()), options));
    return shares;
}

Estimate escalationRate(qint64 escalated, qint64 accepted, const BootstrapOptions &options)
{
    return bootstrapShare(escalated, escalated + accepted, options);
}

Saving savingAgainst(const RoutedColumns &baseline, const RoutedColumns &routed,
                     const BootstrapOptions &options)
{
    const size_t rows = routed.quality.size();
    Q_ASSERT(baseline.quality.size() == rows);
    std::vector<double> saved;
    std::vector<double> baselineCost;
    std::vector<double> difference;
    for (size_t row = 0; row < rows && !routed.cost.empty() && !baseline.cost.empty(); ++row) {
        const float gained = routed.quality[row] - baseline.quality[row];
        if (gained != gained || routed.cost[row] < 0 || baseline.cost[row] < 0)
            continue;
        saved.push_back(double(baseline.cost[row] - routed.cost[row]) * kUsdPer1kOfNano);
        baselineCost.push_back(double(baseline.cost[row]) * kUsdPer1kOfNano);
        difference.push_back(double(routed.quality[row]) - double(baseline.quality[row]));
    }
    return {.usdPer1k = bootstrapMean(saved, options),
            .share = bootstrapRatio(saved, baselineCost, options),
            .qualityDifference = bootstrapMean(difference, options),
            .leftOut = qsizetype(rows - saved.size())};
}

} // namespace headgate::evaluation
