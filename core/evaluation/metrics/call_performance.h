#pragma once

#include "core/evaluation/metrics/bootstrap.h"

namespace headgate::evaluation {

// A router between a strong and a weak model, read as RouteLLM reads it (Ong et al., "RouteLLM:
// Learning to Route LLMs with Preference Data", 2024; lm-sys/RouteLLM at 0b64fda,
// routellm/evals/benchmarks.py and evaluate.py).

// The qualities of both models on the same rows, in [0, 1], none missing, and the router's score of
// each row: the higher, the rather goes the query to the strong model.
struct ScoredPairs
{
    std::span<const double> strong;
    std::span<const double> weak;
    std::span<const double> score;
};

struct CallPerformancePoint
{
    double threshold = 0;   // rows that score at least this go to the strong model
    double strongShare = 0; // of the rows that do, in [0, 1]
    double quality = 0;     // the mean, in [0, 1]

    bool operator==(const CallPerformancePoint &) const = default;
};

inline constexpr int kCallPerformancePoints = 11;

// PGR, the performance gap recovered: (quality - weak) / (strong - weak); 0 is the weak model, 1
// the strong one, and it may lie beyond both. Undefined where the strong model is no better.
double performanceGapRecovered(double quality, double weak, double strong);

// The call-performance curve has one point at each decile of the scores (linear interpolation
// between order statistics), from all rows to the strong model to none: at the last point, the
// highest score, a row must lie above it. Decile positions are worked out in whole numbers.
// - Ties: rows of the same score go to the same model. Deciles that fall on the same score give the
//   same point several times, which adds no area; where RouteLLM's pandas.qcut refuses such scores,
//   this reads them. One score for all rows leaves the straight line between both models.
// - The curve may fall where it should rise; it is read as it is, neither sorted nor smoothed.
// - APGR is its area by the trapezoidal rule over the share of strong calls, as PGR: 0.5 is what
//   mixing both models at random expects.
// - CPT(x), the call-performance threshold, is the least percentage of strong calls, in [0, 100],
//   at which the curve, linear between its points, reaches a PGR of x %. On a curve that rises all
//   the way it equals RouteLLM's numpy.interp, whose result on others is an accident of its search.
// APGR and CPT are undefined where the strong model is no better than the weak one.
struct CallPerformance
{
    std::vector<CallPerformancePoint> curve; // by falling share
    Estimate weakQuality;
    Estimate strongQuality;
    Estimate apgr;
    Estimate cpt50; // percent of calls to the strong model
    Estimate cpt80;
};

// The intervals come from resampled rows, with the deciles taken again on each resample.
[[nodiscard]] CallPerformance callPerformance(const ScoredPairs &pairs,
                                              const BootstrapOptions &options = {});

// Of a curve by falling share, with the qualities of its ends as those of the two models.
double averagePerformanceGapRecovered(std::span<const CallPerformancePoint> curve);
// `recovered` is the PGR to reach, in (0, 1]; the result is in percent.
double callPerformanceThreshold(std::span<const CallPerformancePoint> curve, double recovered);

} // namespace headgate::evaluation
