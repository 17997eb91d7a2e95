#pragma once

#include "core/evaluation/metrics/estimate.h"

#include <functional>
#include <span>
#include <vector>

namespace headgate::evaluation {

struct BootstrapOptions
{
    int resamples = 1'000;
    double confidence = 0.95;
    quint64 seed = 1;
};

// How often each row was drawn.
using RowWeights = std::span<const quint32>;
// Writes its figures, read with each row counted as often as it was drawn; NaN: undefined.
using Statistics = std::function<void(RowWeights weights, std::span<double> figures)>;

// The percentile bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter
// 13): draws as many rows as there are, with replacement, and reads the figures again, `resamples`
// times; the interval ends at the (1 - confidence) / 2 and (1 + confidence) / 2 quantiles (nearest
// rank) of what was read. All figures of one call are read from the same resamples, so that a
// difference of paired rows is one. Identical from run to run for the same seed. Resamples on which
// a figure is undefined are left out of its interval; where they are half of them there is none.
[[nodiscard]] std::vector<Estimate> bootstrap(qsizetype rows, size_t figures,
                                              const Statistics &statistics,
                                              const BootstrapOptions &options = {});

// The mean. Every value is a number; leave out what was not measured before (measured_values.h).
[[nodiscard]] Estimate bootstrapMean(std::span<const double> values,
                                     const BootstrapOptions &options = {});

// The quantile by nearest rank: the smallest of the values that at least this share of them do not
// exceed. `quantile` is in (0, 1].
[[nodiscard]] std::vector<Estimate> bootstrapQuantiles(std::span<const double> values,
                                                       std::span<const double> quantiles,
                                                       const BootstrapOptions &options = {});

// The mean of a - b over paired rows: a[r] and b[r] were measured on the same prompt.
[[nodiscard]] Estimate bootstrapDifference(std::span<const double> a, std::span<const double> b,
                                           const BootstrapOptions &options = {});

// Sum of `numerator` / sum of `denominator` over paired rows; undefined where the latter is 0.
[[nodiscard]] Estimate bootstrapRatio(std::span<const double> numerator,
                                      std::span<const double> denominator,
                                      const BootstrapOptions &options = {});

// The share of `hits` in n cases that each are a hit or none.
[[nodiscard]] Estimate bootstrapShare(qint64 hits, qint64 n, const BootstrapOptions &options = {});

// The mean of independent draws of a figure and the middle 95 % of them; n: how many draws.
[[nodiscard]] Estimate spreadOfDraws(std::vector<double> draws);

} // namespace headgate::evaluation
