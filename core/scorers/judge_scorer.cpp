#include "core/scorers/builtin_scorers.h"
#include "core/scorers/judge_question.h"
#include "core/scorers/texts.h"

#include "core/policy/node_kinds/gate_kind.h"

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

// What was said before the last message of the user, which is the question itself.
Json saidBefore(const policy::Query &query)
{
    qsizetype question = query.messages.size() - 1;
    while (question >= 0 && query.messages[question].role != Message::Role::User)
        --question;
    policy::Query earlier;
    earlier.messages = query.messages.first(qMax(question, 0));
    Json before = policy::toJson(earlier)["messages"];
    for (Json &message : before)
        message.erase("extra");
    return before.empty() ? Json() : before;
}

class JudgeScorer final : public AskingScorer
{
public:
    JudgeScorer(QString model, JudgeRubric rubric)
        : m_model(std::move(model))
        , m_rubric(std::move(rubric))
    {
    }

    QList<Question> questions(const policy::Query &query, const ScoredAnswer &answer) const override
    {
        const JudgedAnswer judged{
            .question = query.prompt(), .answer = answer.text, .before = saidBefore(query)};
        return {{.model = m_model, .messages = judgeMessages(m_rubric, judged)}};
    }

    Result<ScoreOutcome> judge(const policy::Query &, const ScoredAnswer &,
                               const QList<Result<Reply>> &replies) const override
    {
        const Result<Reply> &reply = replies.constFirst();
        if (!reply)
            return fail(reply.error().code,
                        Texts::tr("The judge “%1” failed: %2").arg(m_model, reply.error().message));
        const auto verdict = readVerdict(reply->text, m_rubric);
        if (!verdict)
            return fail(ErrorCode::Protocol,
                        Texts::tr("The verdict of the judge “%1” cannot be read: %2.")
                            .arg(m_model, verdict.error().message));
        return ScoreOutcome{verdict->points / m_rubric.scale, Texts::tr("%1 gives %2 of %3: %4")
                                                                  .arg(m_model)
                                                                  .arg(verdict->points)
                                                                  .arg(m_rubric.scale)
                                                                  .arg(verdict->reason)};
    }

private:
    QString m_model;
    JudgeRubric m_rubric;
};

} // namespace

Result<std::unique_ptr<Scorer>> makeJudgeScorer(const Json &options)
{
    const QString model = jsonString(options, "model");
    if (model.isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The judge has no \"model\"; name one of the policy."));
    JudgeRubric rubric;
    rubric.text = jsonString(options, "rubric").trimmed();
    if (rubric.text.isEmpty())
        rubric.text = policy::usualRubric();
    rubric.scale = jsonNumber(options, "scale", rubric.scale);
    if (!(rubric.scale >= 1 && rubric.scale <= 100))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The judge's \"scale\" must be a number from 1 to 100."));
    return std::make_unique<JudgeScorer>(model, rubric);
}

} // namespace headgate::scorers
