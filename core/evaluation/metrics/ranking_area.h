#pragma once

#include "core/evaluation/metrics/bootstrap.h"

namespace headgate::evaluation {

// The area under the ROC curve of a score that is to tell right answers from wrong ones: how likely
// a right answer scores above a wrong one, ties counted half (Hanley and McNeil, 1982). 0.5 is what
// knowing nothing gives. An answer of quality q counts as q of a right and 1 - q of a wrong one.
// Puts the rows in the order of their scores once, so that a resample takes one pass.
class RankingArea
{
public:
    // Both as long; none NaN.
    RankingArea(std::span<const double> score, std::span<const double> quality);

    // Undefined where nothing is right or nothing is wrong.
    double read(RowWeights weights) const;

private:
    std::vector<qint32> m_rows; // by rising score
    std::vector<qint32> m_ends; // of each run of equal scores, within m_rows
    std::vector<double> m_quality;
};

[[nodiscard]] Estimate rankingArea(std::span<const double> score, std::span<const double> quality,
                                   const BootstrapOptions &options = {});

} // namespace headgate::evaluation
