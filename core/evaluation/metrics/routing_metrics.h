#pragma once

#include "core/evaluation/metrics/bootstrap.h"

namespace headgate::evaluation {

// What was routed, by row: of a replay, of a single model, or of any choice between models. Rows of
// several of these are the same prompts in the same order.
struct RoutedColumns
{
    std::span<const float> quality; // in [0, 1]; NaN: not known
    std::span<const qint64> cost;   // nano-dollars of the whole query; negative: not measured
};

// All of these leave out the rows on which a figure is not known: n says how many rows were read.

// Mean of the qualities, in [0, 1].
[[nodiscard]] Estimate meanQuality(std::span<const float> quality,
                                   const BootstrapOptions &options = {});

// Mean cost of a query times 1,000, in US dollars (the unit of RouterArena's leader board).
[[nodiscard]] Estimate costUsdPer1k(std::span<const qint64> nanoUsd,
                                    const BootstrapOptions &options = {});

// Milliseconds that 50 %, 95 % and 99 % of the queries do not exceed, by nearest rank: always a
// latency that was measured, never one between two.
struct LatencyPercentiles
{
    Estimate p50;
    Estimate p95;
    Estimate p99;
};
[[nodiscard]] LatencyPercentiles latencyMs(std::span<const qint64> nanoseconds,
                                           const BootstrapOptions &options = {});

// The share of the queries that each model answered, in [0, 1]. `models` holds an index below
// `count` for each query, or -1 where no model answered: such a query counts in n alone.
[[nodiscard]] std::vector<Estimate> modelShares(std::span<const qint32> models, qsizetype count,
                                                const BootstrapOptions &options = {});

// The share of the answers judged by a gate that it did not accept, in [0, 1] (design.md, section
// 2: an escalation goes on because the answer was not good enough, not because the call failed).
[[nodiscard]] Estimate escalationRate(qint64 escalated, qint64 accepted,
                                      const BootstrapOptions &options = {});

// What a choice saves against the baseline, and what that does to quality, over the rows on which
// both costs and both qualities are known: they are one figure, so that no saving is shown alone.
struct Saving
{
    Estimate usdPer1k;          // (baseline - routed) for 1,000 queries, in US dollars
    Estimate share;             // (baseline - routed) / baseline, of the sums of cost
    Estimate qualityDifference; // routed - baseline; below 0: worse
    qsizetype leftOut = 0;      // rows on which one of the four is not known
};
[[nodiscard]] Saving savingAgainst(const RoutedColumns &baseline, const RoutedColumns &routed,
                                   const BootstrapOptions &options = {});

} // namespace headgate::evaluation
