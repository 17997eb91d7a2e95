#pragma once

#include "core/learning/matrix.h"

#include <QStringList>

namespace headgate::learning {

// What the targets of a training set are, and so what a model trained on it predicts.
enum class TargetKind {
    Labels,    // 1 at the row's label, 0 elsewhere; a model predicts probabilities that add up to 1
    Qualities, // quality of each model in [0, 1], NaN: not measured; a model predicts expected ones
    Rightness, // one column: whether the row's answer is right, in [0, 1]; predicts P(right)
};

// What a learner reads. Rows are in the order of the prompts.
struct TrainingSet
{
    TargetKind kind = TargetKind::Labels;
    QStringList outputs; // names of the columns of `targets`: labels, or models
    QStringList prompts;
    DenseMatrix targets; // rows x outputs
    QStringList answers; // Rightness: one a row; else empty
    // Names of the answering models (Rightness, where a scorer is trained per model); else empty.
    QStringList answering;
    // Log probabilities of the answers, at most 0 (Rightness; NaN: not known); else empty.
    std::vector<float> confidences;
    DenseMatrix embeddings; // one row a prompt; no columns where the learner embeds by itself
    QString embedder;       // that made them; empty where there are none

    qsizetype rows() const { return prompts.size(); }
};

} // namespace headgate::learning
