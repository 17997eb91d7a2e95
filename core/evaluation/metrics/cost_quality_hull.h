#pragma once

#include <span>
#include <vector>

namespace headgate::evaluation {

struct CostQualityPoint
{
    double costUsdPer1k = 0; // US dollars for 1,000 queries, at least 0
    double quality = 0;      // the mean, in [0, 1]

    bool operator==(const CostQualityPoint &) const = default;
};

// What one gets for a cost by mixing the points at random: the non-decreasing convex hull (Hu et
// al., "RouterBench: A Benchmark for Multi-LLM Routing System", 2024, section 3), from the cheapest
// point to the best one, by rising cost and rising quality, ever less steep. The points come in any
// order; of those between two others on a line the ends stay.
[[nodiscard]] std::vector<CostQualityPoint>
nonDecreasingHull(std::span<const CostQualityPoint> points);

// The mean quality of a hull over the costs in [from, to]: linear between its points, flat beyond
// the best of them, and 0 where the cost buys not even the cheapest, as the area of RouterBench's
// evaluation/AIQ.py has it. Where `from` is `to`: the quality at that cost. Undefined for no
// points.
[[nodiscard]] double meanQualityOverCost(std::span<const CostQualityPoint> hull, double from,
                                         double to);

} // namespace headgate::evaluation
