#pragma once

#include "core/evaluation/metrics/bootstrap.h"
#include "core/evaluation/metrics/call_performance.h"

#include <functional>

namespace headgate::evaluation {

// The one figure by which learners are chosen, compared and held against the null.
enum class Headline {
    Apgr,     // a router between a strong and a weak model (metrics/call_performance.h)
    Quality,  // mean quality where each prompt goes to the model that is predicted to be best
    Accuracy, // share of the prompts whose most probable label is theirs
    Area,     // metrics/ranking_area.h: how well right answers are told from wrong ones
};

// Reads it from rows, each counted as often as it was drawn.
using HeadlineReader = std::function<double(RowWeights)>;

[[nodiscard]] HeadlineReader readApgr(const ScoredPairs &pairs);
// Of values by row: what was reached, or 1 for a hit and 0 for none.
[[nodiscard]] HeadlineReader readMean(std::vector<double> values);
[[nodiscard]] HeadlineReader readArea(std::span<const double> score,
                                      std::span<const double> quality);

[[nodiscard]] Estimate readHeadline(qsizetype rows, const HeadlineReader &reader,
                                    const BootstrapOptions &options = {});
// The first minus the other, over the same resamples.
[[nodiscard]] Estimate headlineDifference(qsizetype rows, const HeadlineReader &first,
                                          const HeadlineReader &other,
                                          const BootstrapOptions &options = {});

// A headline that was reached, against learners that were given shuffled targets: only what lies
// above them was learned.
struct NullFigure
{
    Estimate value; // the mean of the shuffles, and their middle 95 %; n: how many
    // (1 + shuffles that reach it) / (1 + shuffles): Phipson and Smyth, 2010.
    double reaches = kUndefined;
};
[[nodiscard]] NullFigure againstNull(double reached, std::vector<double> shuffled);

} // namespace headgate::evaluation
