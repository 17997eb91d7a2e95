#pragma once

#include "core/evaluation/metrics/routing_metrics.h"

namespace headgate::evaluation {

// RouterArena's score of a router (RouteWorks/RouterArena, llm_evaluation/run.py,
// compute_arena_score; Lu et al., "RouterArena", 2025): with A the mean quality and c the cost in
// US dollars for 1,000 queries, held within [0.0044, 200],
//   C = (log2 200 - log2 c) / (log2 200 - log2 0.0044)
//   S = (1 + b) A C / (b A + C), b = 0.1
// in [0, 1]: a harmonic mean of quality and cheapness that weighs quality ten times as much.
// Undefined where the cost is not above 0, as there; 0 where both A and C are 0.
double arenaScore(double quality, double costUsdPer1k);

// Of the rows on which both quality and cost are known.
[[nodiscard]] Estimate arenaScore(const RoutedColumns &routed,
                                  const BootstrapOptions &options = {});

} // namespace headgate::evaluation
