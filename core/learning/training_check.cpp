#include "core/learning/training_check.h"

#include "core/learning/texts.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace headgate::learning {

namespace {

bool isMeasured(std::span<const float> targets)
{
    return std::any_of(targets.begin(), targets.end(), [](float t) { return !std::isnan(t); });
}

bool isMeasuredAnywhere(const TrainingSet &set, qsizetype output)
{
    for (qsizetype row = 0; row < set.rows(); ++row) {
        if (!std::isnan(set.targets.row(row)[size_t(output)]))
            return true;
    }
    return false;
}

// Whether the models that were measured on the row did equally well.
bool isTie(std::span<const float> targets)
{
    std::optional<float> first;
    for (const float target : targets) {
        if (std::isnan(target))
            continue;
        if (first && *first != target)
            return false;
        first = target;
    }
    return true;
}

Result<> checkLabels(const TrainingSet &set)
{
    QStringList used;
    for (qsizetype output = 0; output < set.outputs.size(); ++output) {
        if (!isConstant(set, output) || set.targets.row(0)[size_t(output)] > 0)
            used.append(set.outputs.at(output));
    }
    if (used.size() > 1)
        return {};
    return fail(ErrorCode::InvalidInput,
                Texts::tr("Every prompt has the label “%1”; it takes two labels to learn which is "
                          "which.")
                    .arg(used.value(0)));
}

Result<> checkQualities(const TrainingSet &set)
{
    for (qsizetype output = 0; output < set.outputs.size(); ++output) {
        if (!isMeasuredAnywhere(set, output))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("There is no outcome of “%1” to learn from.")
                            .arg(set.outputs.at(output)));
    }
    if (set.outputs.size() > 1) {
        for (qsizetype row = 0; row < set.rows(); ++row) {
            if (!isTie(set.targets.row(row)))
                return {};
        }
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("All models do equally well on every prompt; there is nothing to "
                              "learn about which to choose."));
    }
    if (!isConstant(set, 0))
        return {};
    return fail(ErrorCode::InvalidInput,
                Texts::tr("“%1” does equally well on every prompt; there is nothing to learn about "
                          "it.")
                    .arg(set.outputs.at(0)));
}

Result<> checkRightness(const TrainingSet &set)
{
    if (!isConstant(set, 0))
        return {};
    return fail(ErrorCode::InvalidInput,
                Texts::tr("All answers are equally right; it takes right and wrong ones to learn "
                          "which is which."));
}

Result<> checkRows(const TrainingSet &set)
{
    qsizetype measured = 0;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        for (const float target : set.targets.row(row)) {
            if (target < 0 || target > 1)
                return fail(ErrorCode::InvalidInput,
                            Texts::tr("Prompt %1 has the target %2; targets lie between 0 and 1.")
                                .arg(row + 1)
                                .arg(double(target)));
        }
        measured += isMeasured(set.targets.row(row));
    }
    if (measured >= kFewestRows)
        return {};
    return fail(ErrorCode::InvalidInput,
                Texts::tr("Prompts with outcomes to learn from: %1; it takes at least %2.")
                    .arg(measured)
                    .arg(kFewestRows));
}

} // namespace

bool isConstant(const TrainingSet &set, qsizetype output)
{
    std::optional<float> first;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        const float target = set.targets.row(row)[size_t(output)];
        if (std::isnan(target))
            continue;
        if (first && *first != target)
            return false;
        first = target;
    }
    return true;
}

Result<> checkTrainingSet(const TrainingSet &set)
{
    Q_ASSERT(set.targets.columns == set.outputs.size());
    if (set.outputs.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("There is neither a label nor a model to learn about."));
    Q_ASSERT(set.targets.rows() == set.rows());
    Q_ASSERT(set.kind != TargetKind::Rightness || set.answers.size() == set.rows());
    return checkRows(set).and_then([&] {
        switch (set.kind) {
        case TargetKind::Labels:
            return checkLabels(set);
        case TargetKind::Qualities:
            return checkQualities(set);
        case TargetKind::Rightness:
            break;
        }
        return checkRightness(set);
    });
}

} // namespace headgate::learning
