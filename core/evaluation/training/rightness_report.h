#pragma once

#include "core/evaluation/training/headline.h"
#include "core/evaluation/training/row_predictions.h"
#include "core/evaluation/training/training_set_from_outcomes.h"

namespace headgate::evaluation {

// A score of answers against their measured quality.
struct RightnessReport
{
    struct OfModel
    {
        QString model;
        Estimate quality;
        Estimate area;
    };
    Estimate quality; // mean: the share of right answers
    Estimate area;    // metrics/ranking_area.h, over the answers of all models together
    NullFigure null;  // of area
    // Over all models together a score gains by knowing which model is the better one; over each
    // alone it does not, and a gate stands behind one of them.
    std::vector<OfModel> models;
};

// Predictions are about the rows of `answers`, one output each.
[[nodiscard]] RightnessReport rightnessReport(const OutcomeTable &table,
                                              const TrainingRows &answers,
                                              const RowPredictions &predictions,
                                              std::span<const RowPredictions> shuffled,
                                              const BootstrapOptions &options = {});

} // namespace headgate::evaluation
