#pragma once

#include "core/evaluation/training/difficulty.h"
#include "core/learning/training_set.h"

namespace headgate::evaluation {

enum class LabelSource {
    Difficulty, // told from outcomes, by a DifficultyRule
    Label,      // OutcomeTable::label: what the file says
    Subset,     // OutcomeTable::subset: subjects or tasks
};

// What is to be learned from outcomes.
struct TargetRequest
{
    learning::TargetKind kind = learning::TargetKind::Qualities;
    // Of the table: those to choose between, or whose answers are judged; empty: all.
    std::vector<qsizetype> models{};
    // The rest is of TargetKind::Labels.
    LabelSource labels = LabelSource::Difficulty;
    DifficultyRule difficulty{}; // without labels: difficultyLabels()
    CostSteps steps{}; // in whose order difficulty rises; empty: costSteps() of the models
};

// The same with everything settled that rows are to have in common, be they trained on or not.
struct TrainingTarget
{
    TargetRequest request;
    QStringList outputs; // of the training set: labels or models; of Rightness "right"
};
// Settles it on the rows that are trained on: labels of a file are those that occur there, by
// falling count. Fails with a sentence where that teaches nothing: no costs, labels that do not
// fit, one label only, no outcome.
[[nodiscard]] Result<TrainingTarget>
settleTarget(const OutcomeTable &table, std::span<const qint32> trainRows, TargetRequest request);

// What became of the rows and outcomes that were asked for: what is missing counts here, and is
// never a zero.
struct TargetCounts
{
    qsizetype prompts = 0;         // asked for
    qsizetype used = 0;            // of them: they taught something
    qsizetype missingOutcomes = 0; // prompts x models without one
    qsizetype withoutAnswer = 0;   // outcomes that have no answer's text (Rightness)
    qsizetype undecided = 0;       // prompts whose label a missing outcome decides
    qsizetype noneRight = 0;       // prompts that no model gets right, whatever was made of them
    qsizetype withoutLabel = 0;    // prompts without a label that training knows
    std::vector<qsizetype> byOutput{}; // Labels: prompts of each; Qualities: outcomes of each

    bool operator==(const TargetCounts &) const = default;
};

// A training set with the rows that it was made of.
struct TrainingRows
{
    learning::TrainingSet set;
    std::vector<qint32> row;      // of the table, one a row of the set
    std::vector<qsizetype> model; // Rightness: of the table, likewise; else empty
    TargetCounts counts;
};

// Prompts must have been kept in the table, and answers for TargetKind::Rightness. `rows` come from
// one Part: who trains takes Part::Train, who chooses Part::Validation, and the test part is read
// once.
//   Labels     one row a prompt that has a label
//   Qualities  one row a prompt that has at least one outcome; the others of it are NaN
//   Rightness  one row an outcome that has an answer's text; its target is its quality
// Embeddings are not filled in.
[[nodiscard]] TrainingRows trainingSetFromOutcomes(const OutcomeTable &table,
                                                   std::span<const qint32> rows,
                                                   const TrainingTarget &target);

// So many of the rows, drawn by the seed, in their own order: a smaller draw of the same seed is a
// part of a larger one. All of them where `most` is 0 or not below their count.
[[nodiscard]] std::vector<qint32> drawnRows(std::span<const qint32> rows, qsizetype most,
                                            quint64 seed);

// The same prompts with the targets dealt out anew: what a learner makes of it is the null.
[[nodiscard]] learning::TrainingSet withShuffledTargets(learning::TrainingSet set, quint64 seed);

} // namespace headgate::evaluation
