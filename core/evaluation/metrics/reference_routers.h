#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace headgate::evaluation {

// Routers that others are measured against, as scores by row: the higher, the rather goes the query
// to the strong model.

// Knows nothing: uniform in [0, 1).
[[nodiscard]] std::vector<double> randomScores(qsizetype rows, quint64 seed);

// Knows the outcomes: in [0, 1), by rising gain of the strong over the weak model. All differ, so
// that the curve has all of its points: rows of equal gain come in their own order, which changes
// no quality. RouteLLM's "optimal" line ends flat instead, for it need not use all of its calls.
[[nodiscard]] std::vector<double> oracleScores(std::span<const double> strong,
                                               std::span<const double> weak);

// The same scores dealt out to the rows anew: what is left of a router when it no longer knows
// which prompt is which. Stands in for the router trained on shuffled outcomes where only its
// scores are at hand.
[[nodiscard]] std::vector<double> shuffledScores(std::span<const double> scores, quint64 seed);

} // namespace headgate::evaluation
