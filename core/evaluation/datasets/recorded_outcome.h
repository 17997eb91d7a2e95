#pragma once

#include "core/evaluation/outcome_builder.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace headgate::evaluation {

// Which model was asked, and a hash of the parameters that it was asked with.
struct ModelMark
{
    QString model{};
    QString parameters{};

    bool operator==(const ModelMark &) const = default;
};

// How a model is called among those of its data set: by its name, or as "model (parameters)" where
// it was asked in several ways.
QString columnName(const ModelMark &mark, const QList<ModelMark> &all);

// What one model did on one prompt of a data set, as it is kept.
struct RecordedOutcome
{
    qint64 row = 0; // of the prompt; see StoredPrompt
    ModelMark model{};
    Outcome figures{}; // without the answer
    QString answer{};
    QString why{}; // the grader's sentence
    std::optional<bool> vote{};
    // What was asked of whom (recording/content_address.h); empty: this program did not ask it.
    QByteArray content{};
};

} // namespace headgate::evaluation
