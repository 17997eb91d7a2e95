#pragma once

#include "core/evaluation/training/headline.h"
#include "core/evaluation/training/row_predictions.h"

namespace headgate::evaluation {

// Predicted labels against those that the rows have.
struct LabelReport
{
    qsizetype n = 0;
    QStringList labels;
    std::vector<std::vector<qsizetype>> confusion; // by true label, then by most probable label
    std::vector<double> hit; // by row: 1 where the most probable label is the true one
    Estimate accuracy;
    Estimate commonest;      // accuracy of always saying the commonest label of the train rows
    Estimate aboveCommonest; // paired
    NullFigure null;         // of accuracy
};

// Predictions are about the rows of `truth`, an index into the labels each; `commonest` is the
// commonest one of the train rows.
[[nodiscard]] LabelReport labelReport(std::span<const qsizetype> truth,
                                      const RowPredictions &predictions,
                                      std::span<const RowPredictions> shuffled, qsizetype commonest,
                                      const BootstrapOptions &options = {});

} // namespace headgate::evaluation
