#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace headgate::learning {

struct ReliabilityBin
{
    double predicted = 0; // mean of what was predicted
    double observed = 0;  // mean of what came
    qsizetype rows = 0;

    bool operator==(const ReliabilityBin &) const = default;
};

// How far predicted probabilities hold, on rows that had no part in fitting them.
struct Reliability
{
    std::vector<ReliabilityBin> curve; // by rising prediction; the diagonal is perfect
    // Mean square of what was predicted less what came (Brier, "Verification of forecasts expressed
    // in terms of probability", 1950); 0 is perfect.
    double brier = 0;
    // Mean distance of the curve from the diagonal by its rows (Naeini, Cooper and Hauskrecht,
    // "Obtaining well calibrated probabilities using Bayesian binning", 2015).
    double expectedError = 0;
    qsizetype rows = 0;
};

// Into bins of as many rows each (Nguyen and O'Connor, "Posterior calibration and exploratory
// analysis for natural language processing models", 2015), at most `bins`, at least 1: equal
// predictions are in one bin, which then has more. What came lies in [0, 1]; rows where either is
// not a number are left out.
Reliability reliabilityOf(std::span<const double> predicted, std::span<const double> observed,
                          int bins = 10);

} // namespace headgate::learning
