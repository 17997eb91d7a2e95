#pragma once

#include "core/learning/calibration.h"
#include "core/learning/familiarity.h"
#include "core/learning/learner.h"
#include "core/learning/linear_input.h"
#include "core/learning/logistic_regression.h"

namespace headgate::learning {

struct LinearOptions
{
    LinearInputOptions input;
    std::vector<double> strengths; // rising; the best on held-out rows is taken
    bool balance = false;
    CalibrationKind calibration = CalibrationKind::Platt;
    int folds = 5;
};

// One regression: of an output, or of the second of two labels.
struct LinearHead
{
    LinearWeights weights; // of the features as they are read
    Calibration calibration;
    double strength = 0;
    // Of rows that had no part in the fit, as calibrated: figures for the artifact's header.
    std::vector<double> predicted;
    std::vector<double> targets;
};

struct LinearHeads
{
    LinearInput input;
    std::vector<float> cueMeans; // by LinearInput::cues()
    std::vector<LinearHead> heads;
    Familiarity familiarity; // of prompts with those of the set
};

// Fits one head a list of rows. The rows are parted into folds by prompt; each fold's rows are
// judged by a fit on the others, whose features know nothing of them either. That chooses the
// strength (the least mean loss) and fits the calibration; the weights come from all rows.
// Cancelled where it was stopped.
[[nodiscard]] Result<LinearHeads>
fitLinearHeads(const TrainingSet &set,
               const std::vector<std::vector<LogisticRegression::Row>> &rows,
               const LinearOptions &options, const TrainingControl &control);

} // namespace headgate::learning
