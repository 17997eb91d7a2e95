#include "core/evaluation/metrics/cost_quality.h"

#include "core/evaluation/metrics/call_performance_curve.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headgate::evaluation {

namespace {

struct CostRange
{
    double from = kUndefined;
    double to = kUndefined;
};

CostRange rangeOf(std::span<const CostQualityPoint> router,
                  std::span<const CostQualityPoint> models)
{
    CostRange range;
    for (const auto points : {router, models}) {
        for (const CostQualityPoint &point : points) {
            range.from = std::fmin(range.from, point.costUsdPer1k);
            range.to = std::fmax(range.to, point.costUsdPer1k);
        }
    }
    return range;
}

double aiqOf(std::span<const CostQualityPoint> points, const CostRange &range)
{
    return meanQualityOverCost(nonDecreasingHull(points), range.from, range.to);
}

void readNull(CostQuality &result, std::span<const std::vector<CostQualityPoint>> shuffled,
              const CostRange &range)
{
    std::vector<double> nulls;
    for (const std::vector<CostQualityPoint> &points : shuffled)
        nulls.push_back(aiqOf(points, range));
    const auto reach = std::count_if(nulls.begin(), nulls.end(),
                                     [&](double null) { return null >= result.aiq.value; });
    result.nullReaches = double(1 + reach) / double(1 + nulls.size());
    result.nullAiq = spreadOfDraws(std::move(nulls));
}

} // namespace

CostQualityReader readColumns(std::vector<OperatingColumns> columns)
{
    return
        [columns = std::move(columns)](RowWeights weights, std::vector<CostQualityPoint> &points) {
            points.clear();
            for (const OperatingColumns &column : columns) {
                const double *quality = column.quality.data();
                const double *cost = column.costUsdPer1k.data();
                double qualitySum = 0;
                double costSum = 0;
                double n = 0;
                for (const quint32 weight : weights) {
                    qualitySum += weight * *quality++;
                    costSum += weight * *cost++;
                    n += weight;
                }
                points.push_back({.costUsdPer1k = costSum / n, .quality = qualitySum / n});
            }
        };
}

CostQualityReader readCallPerformance(const ScoredPairs &quality, const ScoredPairs &cost)
{
    // The same scores select the same rows, so that the second curve is the cost of the first.
    return [qualities = CallPerformanceCurve(quality), costs = CallPerformanceCurve(cost)](
               RowWeights weights, std::vector<CostQualityPoint> &points) {
        std::array<CallPerformancePoint, kCallPerformancePoints> qualityAt;
        std::array<CallPerformancePoint, kCallPerformancePoints> costAt;
        qualities.read(weights, qualityAt);
        costs.read(weights, costAt);
        points.resize(kCallPerformancePoints);
        for (size_t point = 0; point < points.size(); ++point)
            points[point] = {.costUsdPer1k = costAt[point].quality,
                             .quality = qualityAt[point].quality};
    };
}

CostQuality costQuality(qsizetype rows, const CostQualityReader &router,
                        const CostQualityReader &models,
                        std::span<const std::vector<CostQualityPoint>> shuffled,
                        const BootstrapOptions &options)
{
    Q_ASSERT(!shuffled.empty());
    CostQuality result;
    if (rows == 0)
        return result;
    std::vector<CostQualityPoint> routerPoints;
    std::vector<CostQualityPoint> modelPoints;
    const auto readBoth = [&](RowWeights weights, std::span<double> figures) {
        router(weights, routerPoints);
        models(weights, modelPoints);
        const CostRange range = rangeOf(routerPoints, modelPoints);
        figures[0] = aiqOf(routerPoints, range);
        figures[1] = aiqOf(modelPoints, range);
        figures[2] = figures[0] - figures[1];
    };
    const auto figures = bootstrap(rows, 3, readBoth, options);
    result.aiq = figures[0];
    result.zeroRouterAiq = figures[1];
    result.aboveZeroRouter = figures[2];

    const std::vector<quint32> once(size_t(rows), 1U);
    router(once, result.points);
    models(once, modelPoints);
    const CostRange range = rangeOf(result.points, modelPoints);
    result.hull = nonDecreasingHull(result.points);
    result.zeroRouterHull = nonDecreasingHull(modelPoints);
    result.fromUsdPer1k = range.from;
    result.toUsdPer1k = range.to;
    readNull(result, shuffled, range);
    return result;
}

} // namespace headgate::evaluation
