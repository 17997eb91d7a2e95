#pragma once

#include "core/evaluation/graders/grader.h"

#include <QStringList>

namespace headgate::evaluation {

// The expected answers, trimmed, one or more: separated by `separator` where that is not empty. An
// answer that there is nothing to compare with is an error.
[[nodiscard]] Result<QStringList> expectedAnswers(const GradedAnswer &answer,
                                                  const QString &separator);
// The beginning of a text, fit for a sentence.
QString shortened(const QString &text);

} // namespace headgate::evaluation
