#pragma once

#include "core/evaluation/optimizer/branched_search.h"
#include "core/evaluation/replay.h"

namespace headgate::evaluation {

// What one way of routing did on some rows of a table, whoever routed: a replayed policy, a cascade
// of the optimiser, one model for everything. All columns are as long as `rows`.
struct RoutedRows
{
    std::vector<qint32> rows; // of the table
    std::vector<ReplayEnd> end;
    std::vector<qint32> model;  // of the table's, that gave the answer; -1: none
    std::vector<float> quality; // in [0, 1]; NaN where the end is Missing
    std::vector<qint64> cost;   // nano-dollars of the whole query; kNoCost: not measured

    size_t size() const { return rows.size(); }
    bool isKnown(size_t place) const { return end[place] != ReplayEnd::Missing; }
    qint64 count(ReplayEnd wanted) const;
    bool operator==(const RoutedRows &) const = default;
};

[[nodiscard]] RoutedRows routedRows(const ReplayResult &result, const ReplayInputs &inputs);
[[nodiscard]] RoutedRows routedRows(const CascadeColumns &columns, const Cascade &cascade);
// A router before cascades: `portOf` is by row of the table; where it decides nothing the end is
// Failed.
[[nodiscard]] RoutedRows routedRows(const CascadeColumns &columns, std::span<const qint32> portOf,
                                    const BranchedCascade &cascade);
// One model of the table on these rows. Where it has no outcome the end is Missing.
[[nodiscard]] RoutedRows routedRows(const OutcomeTable &table, std::span<const qint32> rows,
                                    qsizetype model);

} // namespace headgate::evaluation
