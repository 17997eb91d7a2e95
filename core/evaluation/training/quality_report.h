#pragma once

#include "core/evaluation/metrics/cost_quality.h"
#include "core/evaluation/training/headline.h"
#include "core/evaluation/training/row_predictions.h"

#include <optional>

namespace headgate::evaluation {

struct SingleQuality
{
    QString model;
    Estimate quality;
    Estimate share; // of the rows: those that the router sends there
};

// A choice between models by their predicted qualities, on the rows on which all of them have an
// outcome, so that all figures are about the same prompts.
struct QualityReport
{
    qsizetype n = 0;
    qsizetype incomplete = 0;           // rows left out
    std::vector<double> reached;        // by row: quality of the model that is predicted to be best
    Estimate routed;                    // its mean
    std::vector<SingleQuality> singles; // by output
    // The best of them on these very rows, which flatters it and not the router.
    qsizetype bestSingle = -1;
    Estimate aboveBestSingle; // paired
    Estimate oracle;          // mean of the best quality of each row: the most there is to reach
    NullFigure null;          // of `routed`
    // The router at all prices that one may put on quality: each prompt goes to the model with the
    // highest predicted quality less its mean cost on the train rows times that price. None where a
    // cost is not known, or there are no shuffles: AIQ is never without them.
    std::optional<CostQuality> costQuality;
};

struct QualityQuestion
{
    std::vector<qsizetype> models;    // of the table, as the outputs
    std::vector<double> meanCostsUsd; // of each on the train rows; NaN: not known
    BootstrapOptions bootstrap{};
};

// Predictions are about `rows`, as are those of learners that were given shuffled targets.
[[nodiscard]] QualityReport qualityReport(const OutcomeTable &table, std::span<const qint32> rows,
                                          const RowPredictions &predictions,
                                          std::span<const RowPredictions> shuffled,
                                          const QualityQuestion &question);

} // namespace headgate::evaluation
