#pragma once

#include "core/common/result.h"
#include "core/evaluation/outcome_table.h"

#include <span>

namespace headgate::evaluation {

// Models of a table by what they cost, from the cheapest on. Those that cost the same are one step:
// no query is harder for needing one of them rather than the other.
using CostSteps = std::vector<std::vector<qsizetype>>;

// By the mean cost of an answer on the rows on which all of these models have one, so that all are
// compared on the same prompts; where there is no such row, each by the mean of its own. Fails
// where a model has no cost at all: which is cheaper is then not known, and never guessed.
[[nodiscard]] Result<CostSteps> costSteps(const OutcomeTable &table, std::span<const qint32> rows,
                                          std::span<const qsizetype> models);

// US dollars of an answer by that mean, in the order of `models`; NaN: no cost was measured.
[[nodiscard]] std::vector<double> meanCostsUsd(const OutcomeTable &table,
                                               std::span<const qint32> rows,
                                               std::span<const qsizetype> models);

} // namespace headgate::evaluation
