#pragma once

#include <QtGlobal>

#include <span>

namespace headgate::evaluation {

// A threshold that sends a wanted share of the queries to the strong model.
struct CalibratedThreshold
{
    double wantedShare = 0; // in [0, 1]
    double threshold = 0;   // rows that score at least this go to the strong model
    // Of the scores that it was read from. Rows of the same score go together, so that it may
    // differ from what was wanted.
    double strongShare = 0;
};

// As RouteLLM's calibrate_threshold.py has it (lm-sys/RouteLLM at 0b64fda): the 1 - share quantile
// of the scores, linear between order statistics. No score is NaN; with none the threshold is 0.
[[nodiscard]] CalibratedThreshold calibrateThreshold(std::span<const double> scores,
                                                     double wantedShare);

} // namespace headgate::evaluation
