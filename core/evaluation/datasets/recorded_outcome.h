#pragma once

#include "core/evaluation/outcome_builder.h"

#include <QString>

namespace headgate::evaluation {

// Which model was asked, and a hash of the parameters that it was asked with.
struct ModelMark
{
    QString model{};
    QString parameters{};

    bool operator==(const ModelMark &) const = default;
};

// What one model did on one prompt of a data set, as it is kept.
struct RecordedOutcome
{
    qint64 row = 0; // of the prompt; see StoredPrompt
    ModelMark model{};
    Outcome figures{}; // without the answer
    QString answer{};
    QString why{}; // the grader's sentence
    std::optional<bool> vote{};
};

} // namespace headgate::evaluation
