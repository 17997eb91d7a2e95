#include "core/evaluation/training/difficulty.h"

#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

qsizetype labelOfStep(qsizetype step, qsizetype steps, qsizetype labels)
{
    if (step == 0)
        return 0;
    if (step == steps - 1 || labels == 2)
        return labels - 1;
    return 1 + (step - 1) * (labels - 2) / (steps - 2);
}

enum class StepOutcome { Right, Wrong, Unknown };

StepOutcome outcomeOf(const OutcomeTable &table, qint32 row, const std::vector<qsizetype> &step,
                      double rightFrom)
{
    StepOutcome outcome = StepOutcome::Wrong;
    for (const qsizetype model : step) {
        const ModelColumns &columns = table.models[size_t(model)];
        if (!columns.answered(row))
            outcome = StepOutcome::Unknown;
        else if (double(columns.quality[size_t(row)]) >= rightFrom)
            return StepOutcome::Right;
    }
    return outcome;
}

} // namespace

QStringList difficultyLabels(qsizetype steps)
{
    return steps > 2 ? QStringList{u"easy"_s, u"medium"_s, u"hard"_s}
                     : QStringList{u"easy"_s, u"hard"_s};
}

Result<> checkDifficulty(const DifficultyRule &rule, qsizetype steps)
{
    QStringList distinct = rule.labels;
    distinct.removeAll(QString());
    if (distinct.removeDuplicates() > 0 || distinct.size() != rule.labels.size() ||
        distinct.size() < 2)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("A classifier needs two or more labels that differ, from easy to "
                              "hard."));
    if (steps < 2)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("All of these models cost the same, so that no prompt is harder than "
                              "another by what it costs to get it right."));
    if (rule.labels.size() > steps)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("%1 labels need models of as many prices; these have %2.")
                        .arg(rule.labels.size())
                        .arg(steps));
    return {};
}

Difficulty difficultyOf(const OutcomeTable &table, qint32 row, const CostSteps &steps,
                        const DifficultyRule &rule)
{
    const auto count = qsizetype(steps.size());
    for (qsizetype step = 0; step < count; ++step) {
        const StepOutcome outcome = outcomeOf(table, row, steps[size_t(step)], rule.rightFrom);
        if (outcome == StepOutcome::Unknown)
            return {.label = {}, .isUndecided = true};
        if (outcome == StepOutcome::Right)
            return {.label = labelOfStep(step, count, rule.labels.size())};
    }
    Difficulty difficulty{.label = {}, .noneIsRight = true};
    if (rule.noneRight != NoneRight::LeftOut)
        difficulty.label = rule.noneRight == NoneRight::Cheapest ? 0 : rule.labels.size() - 1;
    return difficulty;
}

} // namespace headgate::evaluation
