#pragma once

#include "core/evaluation/metrics/cost_quality.h"
#include "core/evaluation/training/headline.h"
#include "core/evaluation/training/row_predictions.h"

#include <optional>

namespace headgate::evaluation {

// Two models of a table, for a router between them.
struct ModelPair
{
    qsizetype strong = -1;
    qsizetype weak = -1;
};

// A router between a strong and a weak model, on the rows that both have an outcome on.
struct PairReport
{
    QString strong;
    QString weak;
    std::vector<qint32> rows;  // of the table
    std::vector<double> score; // of each: pairScores()
    qsizetype missing = 0;     // rows left out, for want of an outcome of either
    CallPerformance performance;
    NullFigure null; // of APGR
    // None where no row has the costs of both, or there are no shuffles: AIQ is never without them.
    std::optional<CostQuality> costQuality;

    qsizetype n() const { return qsizetype(rows.size()); }
};

// `scores`: by row of `rows`, of the model and of each learner that was given shuffled targets.
[[nodiscard]] PairReport pairReport(const OutcomeTable &table, std::span<const qint32> rows,
                                    const ModelPair &pair, std::span<const double> scores,
                                    std::span<const std::vector<double>> shuffled,
                                    const BootstrapOptions &options = {});
// Reads the APGR of scores as the report does.
[[nodiscard]] HeadlineReader readApgr(const OutcomeTable &table, const PairReport &report);

} // namespace headgate::evaluation
