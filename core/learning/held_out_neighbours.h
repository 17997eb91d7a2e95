#pragma once

#include "core/learning/learner.h"
#include "core/learning/nearest_neighbours.h"

namespace headgate::learning {

// The nearest other prompts of some rows, as if each of those had not been trained on: rows with
// the same prompt are left out with it.
struct HeldOutNeighbours
{
    std::vector<qsizetype> rows;                    // drawn from the seed, rising
    std::vector<std::vector<Neighbour>> neighbours; // of each of them, nearest first
};

inline constexpr qsizetype kHeldOutRows = 1'000; // at most
// At most `count` neighbours of each; Cancelled.
[[nodiscard]] Result<HeldOutNeighbours> heldOutNeighbours(const NearestNeighbours &search,
                                                          const QStringList &prompts,
                                                          qsizetype count,
                                                          const TrainingControl &control);

// So many rows of all, each as likely, in their order; all where there are no more.
std::vector<qsizetype> drawnRows(qsizetype rows, qsizetype most, quint64 seed);

} // namespace headgate::learning
