#pragma once

#include "core/common/result.h"
#include "core/learning/training_set.h"

namespace headgate::cli {

// What "train --kind" calls a way of learning, and what that is in core/learning.
struct LearnerName
{
    QString name;
    QString learner; // of builtinLearners()
    learning::TargetKind target = learning::TargetKind::Qualities;
    bool mayLearnLabels = false; // where labels are asked for
};

const QList<LearnerName> &learnerNames();

} // namespace headgate::cli
