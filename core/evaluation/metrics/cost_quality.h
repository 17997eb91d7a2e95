#pragma once

#include "core/evaluation/metrics/bootstrap.h"
#include "core/evaluation/metrics/call_performance.h"
#include "core/evaluation/metrics/cost_quality_hull.h"

namespace headgate::evaluation {

// Replaces `points` by the operating points of a router, or by the single models, where each row
// counts as often as its weight says.
using CostQualityReader =
    std::function<void(RowWeights weights, std::vector<CostQualityPoint> &points)>;

// What one operating point does row by row, none missing.
struct OperatingColumns
{
    std::vector<double> quality;      // in [0, 1]
    std::vector<double> costUsdPer1k; // 1,000 times the row's cost
};
[[nodiscard]] CostQualityReader readColumns(std::vector<OperatingColumns> points);

// The points of a call-performance curve: `cost` holds the costs of both models, in US dollars for
// 1,000 queries, and the scores of `quality`.
[[nodiscard]] CostQualityReader readCallPerformance(const ScoredPairs &quality,
                                                    const ScoredPairs &cost);

// The AIQ of a router, never without what it must be compared with.
// - AIQ (RouterBench, section 3): the mean quality over cost of the router's non-decreasing convex
//   hull (cost_quality_hull.h), from the cheapest to the dearest of all points of the router and of
//   the single models.
// - The zero router is the hull of the single models: what mixing them at random gives for a cost,
//   without looking at any query.
// - The null is the same router trained on shuffled outcomes: what it still reaches comes from
//   reading the best of many operating points off the rows that it is judged by (design.md,
//   section 8). Only what lies above it was learned.
struct CostQuality
{
    std::vector<CostQualityPoint> points; // of the router, as they were read
    std::vector<CostQualityPoint> hull;
    std::vector<CostQualityPoint> zeroRouterHull;
    double fromUsdPer1k = kUndefined; // the costs that AIQ is a mean over
    double toUsdPer1k = kUndefined;
    Estimate aiq;
    Estimate zeroRouterAiq;
    Estimate aboveZeroRouter; // aiq - zeroRouterAiq, paired
    Estimate nullAiq;         // the mean and the middle 95 % of the shuffles; n: how many
    // How likely a router that learned nothing reaches this AIQ: (1 + shuffles that do) /
    // (1 + shuffles), the permutation test of Phipson and Smyth, 2010.
    double nullReaches = kUndefined;
};

// `shuffled`: the points of each router of the null, on the same rows; at least one.
[[nodiscard]] CostQuality costQuality(qsizetype rows, const CostQualityReader &router,
                                      const CostQualityReader &models,
                                      std::span<const std::vector<CostQualityPoint>> shuffled,
                                      const BootstrapOptions &options = {});

} // namespace headgate::evaluation
