#pragma once

#include "core/evaluation/metrics/call_performance.h"
#include "core/evaluation/outcome_table.h"

namespace headgate::evaluation {

// The rows on which a strong and a weak model can be compared, and why others cannot: a row that
// lacks several counts under each.
struct PairedOutcomes
{
    std::vector<qint32> rows;   // of the table
    std::vector<double> strong; // quality, in [0, 1]
    std::vector<double> weak;
    std::vector<double> score; // of the router; empty where none was given
    qsizetype withoutStrong = 0;
    qsizetype withoutWeak = 0;
    qsizetype withoutScore = 0;

    ScoredPairs scored() const { return {.strong = strong, .weak = weak, .score = score}; }
};

// `scores`: by row of the table, NaN where the router gave none; or empty.
[[nodiscard]] PairedOutcomes pairOutcomes(const OutcomeTable &table, std::span<const qint32> rows,
                                          qsizetype strong, qsizetype weak,
                                          std::span<const double> scores = {});

// The costs of both models on rows where both have one, in US dollars for 1,000 queries.
struct PairedCosts
{
    std::vector<size_t> at; // places in the rows of PairedOutcomes
    std::vector<double> strong;
    std::vector<double> weak;
};
[[nodiscard]] PairedCosts pairCosts(const OutcomeTable &table, const PairedOutcomes &outcomes,
                                    qsizetype strong, qsizetype weak);

} // namespace headgate::evaluation
