#pragma once

#include "core/evaluation/training/cost_steps.h"

#include <QStringList>

#include <optional>

namespace headgate::evaluation {

// What a prompt counts as that no model gets right. No dearer model does better there, so paying
// more buys nothing: that is Cheapest, and what a router is to learn. Dearest is for those who read
// the label as "difficult" and expect models to come that can; LeftOut for those who want neither.
enum class NoneRight { Cheapest, Dearest, LeftOut };

// How hard a prompt is, told from outcomes: the step of cost of the cheapest model that gets it
// right. On the first step it has the first label ("easy": the cheapest is right), on the last the
// last ("hard": only the dearest is), and the steps between share the labels between ("medium"),
// evenly, the cheaper steps the easier labels. With two labels all steps but the first have the
// second. Models of the same cost are one step, right where at least one of them is.
struct DifficultyRule
{
    QStringList labels;     // from easy to hard, at least two, no more than there are steps
    double rightFrom = 0.5; // quality of an answer that is right, at least
    NoneRight noneRight = NoneRight::Cheapest;
};

// easy and hard, with medium between them where there are three steps or more; the words as they
// stand in files, not translated.
[[nodiscard]] QStringList difficultyLabels(qsizetype steps);
// Fails where the labels do not fit the steps: a sentence.
[[nodiscard]] Result<> checkDifficulty(const DifficultyRule &rule, qsizetype steps);

// What a row teaches: a label, or why none.
struct Difficulty
{
    std::optional<qsizetype> label; // an index into the rule's labels
    // An outcome is missing that decides: of a model no dearer than the first that is right.
    bool isUndecided = false;
    bool noneIsRight = false; // by all outcomes
};

// `rule` fits the steps (checkDifficulty()).
[[nodiscard]] Difficulty difficultyOf(const OutcomeTable &table, qint32 row, const CostSteps &steps,
                                      const DifficultyRule &rule);

} // namespace headgate::evaluation
