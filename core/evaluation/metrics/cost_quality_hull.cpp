#include "core/evaluation/metrics/cost_quality_hull.h"

#include "core/evaluation/metrics/estimate.h"

#include <algorithm>

namespace headgate::evaluation {

namespace {

// Whether the middle point lies on or below the line from a to b; costs rise from a to b.
bool liesBelow(const CostQualityPoint &a, const CostQualityPoint &middle, const CostQualityPoint &b)
{
    return (middle.quality - a.quality) * (b.costUsdPer1k - a.costUsdPer1k) <=
           (b.quality - a.quality) * (middle.costUsdPer1k - a.costUsdPer1k);
}

double between(const CostQualityPoint &a, const CostQualityPoint &b, double cost)
{
    const double way = (cost - a.costUsdPer1k) / (b.costUsdPer1k - a.costUsdPer1k);
    return a.quality + way * (b.quality - a.quality);
}

} // namespace

std::vector<CostQualityPoint> nonDecreasingHull(std::span<const CostQualityPoint> points)
{
    std::vector<CostQualityPoint> sorted(points.begin(), points.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) {
        return a.costUsdPer1k != b.costUsdPer1k ? a.costUsdPer1k < b.costUsdPer1k
                                                : a.quality > b.quality;
    });
    std::vector<CostQualityPoint> hull;
    for (const CostQualityPoint &point : sorted) {
        if (!hull.empty() && point.quality <= hull.back().quality)
            continue;
        while (hull.size() >= 2 && liesBelow(hull[hull.size() - 2], hull.back(), point))
            hull.pop_back();
        hull.push_back(point);
    }
    return hull;
}

double meanQualityOverCost(std::span<const CostQualityPoint> hull, double from, double to)
{
    if (hull.empty())
        return kUndefined;
    const CostQualityPoint &last = hull.back();
    double area = std::max(0.0, to - std::max(from, last.costUsdPer1k)) * last.quality;
    for (size_t point = 1; point < hull.size(); ++point) {
        const CostQualityPoint &a = hull[point - 1];
        const CostQualityPoint &b = hull[point];
        const double begin = std::max(from, a.costUsdPer1k);
        const double end = std::min(to, b.costUsdPer1k);
        if (begin < end)
            area += (end - begin) * (between(a, b, begin) + between(a, b, end)) / 2;
    }
    if (from < to)
        return area / (to - from);
    double here = 0;
    for (size_t point = 0; point < hull.size() && hull[point].costUsdPer1k <= from; ++point) {
        const bool within = point + 1 < hull.size() && hull[point + 1].costUsdPer1k > from;
        here = within ? between(hull[point], hull[point + 1], from) : hull[point].quality;
    }
    return here;
}

} // namespace headgate::evaluation
