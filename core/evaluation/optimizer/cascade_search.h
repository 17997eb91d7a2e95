#pragma once

#include "core/evaluation/optimizer/cascade.h"

#include <chrono>
#include <functional>
#include <stop_token>

namespace headgate::evaluation {

struct SearchOptions
{
    int maxStages = kMostStages; // from 1
    // Thresholds a model: so many quantiles of its scores. 0: every score that was observed.
    int grid = 100;
    double leastShare = 0; // that each stage must answer, of all rows
    // The latency that at most 5 % of the rows may pass (the 95th percentile by nearest rank).
    std::optional<std::chrono::nanoseconds> latencyP95{};
    // Is shown every cascade that is looked at, those that miss the other options included.
    std::function<void(const CascadePoint &)> everyPoint{};
};

// Done, and all, in pairs of first stages.
using SearchProgress = std::function<void(qsizetype done, qsizetype all)>;

// Every ordered choice of at most `maxStages` different models with every pair of thresholds.
// Exact: what each would do on the rows, by sums over histograms that cascades share, so that a
// cascade costs a few additions instead of a walk over the rows.
//
// For stages A, B, C with thresholds s and t over n rows, where a and b are the scores of A and B:
//   quality = sum over all rows of q_A
//           + sum over rows with a < s of (q_B - q_A)
//           + sum over rows with a < s and b < t of (q_C - q_B)
// and cost and lateness likewise. The second sum is a prefix over one histogram a pair, the third
// one over a two-dimensional histogram a triple.
//
// The front of cost and quality over all of them, by rising cost. Fails where no cascade meets the
// options, where a latency is asked about that was not measured, and where all observed scores are
// too many to try in pairs.
struct CascadeFront
{
    std::vector<CascadePoint> points;
    qint64 searched = 0; // cascades that were looked at
};
[[nodiscard]] Result<CascadeFront> searchCascades(const CascadeColumns &columns,
                                                  const SearchOptions &options = {},
                                                  const SearchProgress &progress = {},
                                                  std::stop_token stop = {});

// Fails where a latency is asked about that was not measured on every row.
[[nodiscard]] Result<> checkLatencies(const CascadeColumns &columns, const SearchOptions &options);

// Whether at most 5 % of the rows take longer; true where no latency is asked about.
bool keepsLatency(const CascadeColumns &columns, const Cascade &cascade,
                  const std::optional<std::chrono::nanoseconds> &latencyP95);

// The thresholds that the search tries for a model, rising; empty for a model without scores.
std::vector<double> thresholdsOf(const CascadeColumn &model, int grid);

} // namespace headgate::evaluation
