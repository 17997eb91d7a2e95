#pragma once

#include "core/evaluation/outcome_table.h"
#include "core/learning/prompt_model.h"

#include <span>
#include <stop_token>

namespace headgate::evaluation {

// What a model says of some rows, in their order.
struct RowPredictions
{
    QStringList outputs;
    learning::TargetKind kind = learning::TargetKind::Labels;
    std::vector<double> values; // rows x outputs
    std::vector<double> familiarity;
    double microseconds = 0; // of one prediction, the mean: differs from run to run

    qsizetype rows() const { return qsizetype(familiarity.size()); }
    std::span<const double> row(qsizetype row) const
    {
        const auto count = size_t(outputs.size());
        return std::span(values).subspan(size_t(row) * count, count);
    }
    // Where the row's value is highest; of equals the first.
    qsizetype best(qsizetype row) const;
};

// What is predicted for: as a learning::TrainingSet has them, without the targets.
struct PredictedInputs
{
    const QStringList &prompts;                        // outlive it, as the others
    const QStringList *answers = nullptr;              // of TargetKind::Rightness
    const learning::DenseMatrix *embeddings = nullptr; // where the model names an embedder()
};

// Ends early, with the rows so far, once it is stopped.
[[nodiscard]] RowPredictions predictRows(const learning::PromptModel &model,
                                         const PredictedInputs &inputs, std::stop_token stop = {});

// How much rather each row goes to the strong than to the weak model, in [-1, 1]:
//   outputs that name both models   the value of the strong one minus that of the weak one
//   other labels, from easy to hard the expected place among them, from 0 (surely the first) to 1
//                                   (surely the last); of two labels: P(hard)
// Fails where the model predicts neither.
[[nodiscard]] Result<std::vector<double>> pairScores(const RowPredictions &predictions,
                                                     const QString &strong, const QString &weak);

} // namespace headgate::evaluation
