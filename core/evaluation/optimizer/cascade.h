#pragma once

#include "core/evaluation/optimizer/cascade_columns.h"

#include <array>

namespace headgate::evaluation {

inline constexpr int kMostStages = 3;

// Models in the order in which they are asked; each but the last answers where its score reaches
// its threshold, and the last answers what is left. Models are places in CascadeColumns::models.
struct Cascade
{
    int stages = 0;
    std::array<qint32, kMostStages> model{-1, -1, -1};
    std::array<double, kMostStages - 1> threshold{};

    bool operator==(const Cascade &) const = default;
};

// What a cascade does on all rows of some columns: sums, so that they compare exactly.
struct CascadeSums
{
    qint64 quality = 0;                         // in units of 1 / kQualityUnits
    qint64 cost = 0;                            // nano-dollars, checks included
    qint64 late = 0;                            // rows over the latency that was asked about
    std::array<qint64, kMostStages> answered{}; // by stage: rows that it answered

    bool operator==(const CascadeSums &) const = default;
};

struct CascadePoint
{
    Cascade cascade;
    CascadeSums sums;

    bool operator==(const CascadePoint &) const = default;
};

// One cascade, row by row: what the search is checked against, and how a chosen cascade is read on
// other rows. `latency`: rows that take longer are late; needs latencies of its models.
[[nodiscard]] CascadeSums evaluateCascade(const CascadeColumns &columns, const Cascade &cascade,
                                          std::optional<qint64> latency = {});

// The same row by row: which stage answered, and what that was worth and cost.
struct CascadeRows
{
    std::vector<qint8> stage;
    std::vector<qint64> quality; // in units of 1 / kQualityUnits
    std::vector<qint64> cost;    // nano-dollars, checks included
};
[[nodiscard]] CascadeRows walkCascade(const CascadeColumns &columns, const Cascade &cascade);

// Mean quality in [0, 1], and US dollars for 1,000 queries.
double meanQuality(const CascadeSums &sums, qsizetype rows);
double costPer1k(const CascadeSums &sums, qsizetype rows);

} // namespace headgate::evaluation
