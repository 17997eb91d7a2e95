#include "core/evaluation/metrics/call_performance.h"

#include "core/evaluation/metrics/call_performance_curve.h"

#include <array>

namespace headgate::evaluation {

double performanceGapRecovered(double quality, double weak, double strong)
{
    return strong > weak ? (quality - weak) / (strong - weak) : kUndefined;
}

double averagePerformanceGapRecovered(std::span<const CallPerformancePoint> curve)
{
    double area = 0;
    for (size_t point = 1; point < curve.size(); ++point) {
        const CallPerformancePoint &more = curve[point - 1];
        const CallPerformancePoint &less = curve[point];
        area += (more.strongShare - less.strongShare) * (more.quality + less.quality) / 2;
    }
    return performanceGapRecovered(area, curve.back().quality, curve.front().quality);
}

double callPerformanceThreshold(std::span<const CallPerformancePoint> curve, double recovered)
{
    const double weak = curve.back().quality;
    const double strong = curve.front().quality;
    if (!(strong > weak))
        return kUndefined;
    const double target = weak + recovered * (strong - weak);
    for (size_t point = curve.size() - 1; point > 0; --point) {
        const CallPerformancePoint &less = curve[point];
        const CallPerformancePoint &more = curve[point - 1];
        if (more.quality < target)
            continue;
        const double way = (target - less.quality) / (more.quality - less.quality);
        return 100 * (less.strongShare + way * (more.strongShare - less.strongShare));
    }
    return 100;
}

CallPerformance callPerformance(const ScoredPairs &pairs, const BootstrapOptions &options)
{
    const auto rows = qsizetype(pairs.score.size());
    if (rows == 0)
        return {};
    const CallPerformanceCurve curve(pairs);
    enum Figure { Weak, Strong, Apgr, Cpt50, Cpt80, FigureCount };
    const auto read = [&curve](RowWeights weights, std::span<double> figures) {
        std::array<CallPerformancePoint, kCallPerformancePoints> points;
        curve.read(weights, points);
        figures[Weak] = points.back().quality;
        figures[Strong] = points.front().quality;
        figures[Apgr] = averagePerformanceGapRecovered(points);
        figures[Cpt50] = callPerformanceThreshold(points, 0.5);
        figures[Cpt80] = callPerformanceThreshold(points, 0.8);
    };
    const auto figures = bootstrap(rows, FigureCount, read, options);
    return {.curve = curve.points(),
            .weakQuality = figures[Weak],
            .strongQuality = figures[Strong],
            .apgr = figures[Apgr],
            .cpt50 = figures[Cpt50],
            .cpt80 = figures[Cpt80]};
}

} // namespace headgate::evaluation
