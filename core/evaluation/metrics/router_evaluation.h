#pragma once

#include "core/evaluation/metrics/cost_quality.h"
#include "core/evaluation/metrics/paired_outcomes.h"
#include "core/evaluation/metrics/routing_metrics.h"

#include <optional>

namespace headgate::evaluation {

// What one model does alone.
struct ModelFigures
{
    QString name;
    Estimate quality;
    qsizetype missing = 0; // rows without an outcome of it
    Estimate costUsdPer1k; // of the answers; n is 0 where no row has a cost
    LatencyPercentiles latencyMs;
    Estimate arenaScore;
};
[[nodiscard]] ModelFigures modelFigures(const OutcomeTable &table, std::span<const qint32> rows,
                                        qsizetype model, const BootstrapOptions &options = {});

// What a router does at one point of its call-performance curve.
struct OperatingPoint
{
    CallPerformancePoint at;
    double performanceGapRecovered = kUndefined;
    Estimate quality;
    Estimate qualityDifference;      // against the baseline, where that has an outcome
    std::optional<qint64> moreCases; // moreCasesNeeded() of that difference
    Estimate costUsdPer1k;
    Saving saving; // n is 0 where costs are not known
    Estimate arenaScore;
};

// A router between two models on rows that both have outcomes of.
struct RouterEvaluation
{
    CallPerformance performance;
    std::vector<OperatingPoint> points;     // as the curve: by falling share
    std::optional<CostQuality> costQuality; // none where no row has the costs of both models
    qsizetype withoutCost = 0;              // rows that costQuality leaves out
};

struct RouterQuestion
{
    qsizetype strong = -1; // models of the table, as `baseline`
    qsizetype weak = -1;
    qsizetype baseline = -1;
    int shuffles = 200; // draws of the null
    BootstrapOptions bootstrap{};
};

// `paired` holds a score for each of its rows; its null deals these scores out anew, since a router
// of which only the scores are known cannot be trained again. The costs are those of the answers: a
// router that decides before a model is called reads no confidence.
[[nodiscard]] RouterEvaluation evaluateRouter(const OutcomeTable &table,
                                              const PairedOutcomes &paired,
                                              const RouterQuestion &question);

} // namespace headgate::evaluation
