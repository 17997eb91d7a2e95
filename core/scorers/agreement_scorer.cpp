#include "core/scorers/answer_comparison.h"
#include "core/scorers/builtin_scorers.h"
#include "core/scorers/texts.h"

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

class AgreementScorer final : public AskingScorer
{
public:
    AgreementScorer(QString model, text::AgreementBy by)
        : m_model(std::move(model))
        , m_by(by)
    {
    }

    QList<Question> questions(const policy::Query &query, const ScoredAnswer &answer) const override
    {
        return {{.model = m_model, .messages = askedFor(query, answer)}};
    }

    Result<ScoreOutcome> judge(const policy::Query &, const ScoredAnswer &answer,
                               const QList<Result<Reply>> &replies) const override
    {
        const Result<Reply> &reply = replies.constFirst();
        if (!reply)
            return fail(reply.error().code, Texts::tr("“%1”, whose answer this one is compared "
                                                      "with, failed: %2")
                                                .arg(m_model, reply.error().message));
        const double share = agreement(answer.text, reply->text, m_by);
        if (share > 0 && share < 1)
            return ScoreOutcome{share, Texts::tr("%1 % of its words are those of %2")
                                           .arg(share * 100, 0, 'f', 0)
                                           .arg(m_model)};
        return ScoreOutcome{share, share > 0 ? Texts::tr("%1 says the same").arg(m_model)
                                             : Texts::tr("%1 says otherwise").arg(m_model)};
    }

private:
    QString m_model;
    text::AgreementBy m_by;
};

} // namespace

Result<std::unique_ptr<Scorer>> makeAgreementScorer(const Json &options)
{
    const QString model = jsonString(options, "model");
    if (model.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The agreement scorer has no \"model\" to compare with; name one of "
                              "the policy."));
    const auto by = comparisonFrom(options);
    if (!by)
        return tl::unexpected(by.error());
    return std::make_unique<AgreementScorer>(model, *by);
}

} // namespace headgate::scorers
