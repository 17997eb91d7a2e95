#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"
#include "core/scorers/judge_question.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr double kScale = scorers::kFullMarks;

class JudgeGrader final : public Grader
{
public:
    JudgeGrader(QString model, scorers::JudgeRubric rubric)
        : m_model(std::move(model))
        , m_rubric(std::move(rubric))
    {
    }

    std::optional<JudgeQuestion> question(const GradedAnswer &answer) const override
    {
        if (!answer.judgement.isEmpty())
            return {};
        const scorers::JudgedAnswer judged{
            .question = answer.prompt, .answer = answer.answer, .reference = answer.expected};
        return JudgeQuestion{m_model, scorers::judgeMessages(m_rubric, judged)};
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        if (answer.judgement.isEmpty())
            return fail(ErrorCode::NotFound, Texts::tr("The judge has not been asked yet."));
        const auto verdict = scorers::readVerdict(answer.judgement, m_rubric);
        if (!verdict)
            return fail(ErrorCode::Protocol,
                        Texts::tr("The verdict of the judge “%1” cannot be read: %2.")
                            .arg(m_model, verdict.error().message));
        return Grade{verdict->points / m_rubric.scale, Texts::tr("The judge gives %1 of %2: %3")
                                                           .arg(verdict->points)
                                                           .arg(m_rubric.scale)
                                                           .arg(verdict->reason)};
    }

private:
    QString m_model;
    scorers::JudgeRubric m_rubric;
};

Result<std::unique_ptr<Grader>> makeJudgeGrader(const Json &options)
{
    GraderOptions reader(options);
    const QString model = reader.requiredText("model");
    scorers::JudgeRubric rubric;
    rubric.text = reader.requiredText("rubric");
    rubric.scale = reader.number("scale", kScale, 1, 100);
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<JudgeGrader>(model, rubric);
}

} // namespace

GraderKind judgeGrader()
{
    return {.label = Texts::tr("A model as the judge"),
            .help = Texts::tr("A model says how good the answer is, by a rubric of yours. It is "
                              "asked, and paid for, once for every answer."),
            .options = {{.key = u"model"_s,
                         .label = Texts::tr("Judge"),
                         .type = policy::FieldType::Text,
                         .help = Texts::tr("The name of a model of the policy that is open."),
                         .required = true},
                        {.key = u"rubric"_s,
                         .label = Texts::tr("Rubric"),
                         .type = policy::FieldType::LongText,
                         .help = Texts::tr("What makes an answer good, in your words."),
                         .required = true},
                        {.key = u"scale"_s,
                         .label = Texts::tr("Full marks"),
                         .type = policy::FieldType::Number,
                         .defaultValue = kScale,
                         .help = Texts::tr("The best score that the judge may give."),
                         .minimum = 1,
                         .maximum = 100}},
            .make = makeJudgeGrader};
}

} // namespace headgate::evaluation
