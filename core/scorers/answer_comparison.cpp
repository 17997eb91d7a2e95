#include "core/scorers/answer_comparison.h"

#include "core/scorers/texts.h"

namespace headgate::scorers {

using namespace Qt::StringLiterals;
using text::AgreementBy;

Result<AgreementBy> comparisonFrom(const Json &options)
{
    const QString compare = jsonString(options, "compare", u"final"_s);
    if (compare == "final"_L1)
        return AgreementBy::Final;
    if (compare == "text"_L1)
        return AgreementBy::Text;
    if (compare == "number"_L1)
        return AgreementBy::Number;
    if (compare == "choice"_L1)
        return AgreementBy::Choice;
    return fail(
        ErrorCode::InvalidInput,
        Texts::tr("Answers are compared by “final”, “text”, “number” or “choice”, not by “%1”.")
            .arg(compare));
}

double agreement(const QString &answer, const QString &other, AgreementBy by)
{
    return text::agreementOf(answer, other, by).value_or(0);
}

const QList<Message> &askedFor(const policy::Query &query, const ScoredAnswer &answer)
{
    return answer.asked.isEmpty() ? query.messages : answer.asked;
}

} // namespace headgate::scorers
