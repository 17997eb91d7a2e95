#pragma once

#include "core/policy/query.h"
#include "core/scorers/scorer.h"
#include "core/text/answer_agreement.h"

namespace headgate::scorers {

// The option "compare" of scorers that compare answers: "final" (the usual), "text", "number",
// "choice".
Result<text::AgreementBy> comparisonFrom(const Json &options);
// In [0, 1]; an answer that states no number or no choice agrees with none.
double agreement(const QString &answer, const QString &other, text::AgreementBy by);
// The messages that made the answer.
const QList<Message> &askedFor(const policy::Query &query, const ScoredAnswer &answer);

} // namespace headgate::scorers
