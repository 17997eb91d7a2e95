#pragma once

#include "core/evaluation/training/label_report.h"
#include "core/evaluation/training/pair_report.h"
#include "core/evaluation/training/quality_report.h"
#include "core/evaluation/training/rightness_report.h"
#include "core/learning/reliability.h"

namespace headgate::evaluation {

// How far predicted values hold, by output: those of Labels against 1 and 0, others against the
// measured quality.
struct OutputReliability
{
    QString output;
    learning::Reliability reliability;
    // Mean square error of always saying the train rows' mean: what a Brier score is to beat.
    double brierOfMean = kUndefined;
};

// How a trained model does on the rows of one part, each figure with n and its interval.
struct PartReport
{
    Part part = Part::Validation;
    TargetCounts counts;
    Headline headline = Headline::Quality;
    Estimate value;                           // of the headline
    NullFigure null;                          // likewise
    std::optional<PairReport> pair;           // where a pair was asked for
    std::optional<QualityReport> quality;     // of TargetKind::Qualities
    std::optional<LabelReport> labels;        // of TargetKind::Labels
    std::optional<RightnessReport> rightness; // of TargetKind::Rightness
    std::vector<OutputReliability> reliability;
    double meanFamiliarity = kUndefined;
    double unfamiliarShare = kUndefined; // of the rows: familiarity below kUnfamiliar
};
inline constexpr double kUnfamiliar = 0.05;

// Rows of a table with what one target makes of them.
struct ReportedRows
{
    const OutcomeTable *table = nullptr; // outlives it
    Part part = Part::Validation;
    std::vector<qint32> rows;
    TrainingRows targets; // of `rows`
};

// What a report compares with, from the rows that were trained on.
struct TrainGround
{
    std::vector<double> meanTarget;   // by output; NaN: none
    std::vector<double> meanCostsUsd; // by output of Qualities; NaN: not measured
};
[[nodiscard]] TrainGround groundOf(const OutcomeTable &table, const TrainingRows &trained,
                                   const TrainingTarget &target);

struct PartQuestion
{
    std::optional<ModelPair> pair{}; // of the table; not of Rightness
    BootstrapOptions bootstrap{};
};

// Predictions are about `rows.rows`, those of Rightness about the answers in `rows.targets`;
// `shuffled` are those of learners that were given shuffled targets. Fails where the model cannot
// choose between the two models of the pair.
[[nodiscard]] Result<PartReport> reportOn(const ReportedRows &rows, const TrainingTarget &target,
                                          const TrainGround &ground,
                                          const RowPredictions &predictions,
                                          std::span<const RowPredictions> shuffled,
                                          const PartQuestion &question);

// Reads a report's headline from any resample of the rows that it is about; two reports with the
// same headline, part and target read the same rows.
[[nodiscard]] HeadlineReader readHeadlineOf(const ReportedRows &rows, const PartReport &report,
                                            const RowPredictions &predictions);

} // namespace headgate::evaluation
