#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/expected_answers.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

namespace {

class ExactGrader final : public Grader
{
public:
    explicit ExactGrader(QString separator)
        : m_separator(std::move(separator))
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const auto expected = expectedAnswers(answer, m_separator);
        if (!expected)
            return tl::unexpected(expected.error());
        if (expected->contains(answer.answer.trimmed()))
            return Grade{1, Texts::tr("The answer is the expected one.")};
        return Grade{0, Texts::tr("“%1” is not “%2”.")
                            .arg(shortened(answer.answer), shortened(expected->first()))};
    }

private:
    QString m_separator;
};

Result<std::unique_ptr<Grader>> makeExactGrader(const Json &options)
{
    GraderOptions reader(options);
    const QString separator = reader.text("separator");
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<ExactGrader>(separator);
}

} // namespace

GraderKind exactGrader()
{
    return {.label = Texts::tr("Exact text"),
            .help = Texts::tr("The answer is the expected one, character by character."),
            .options = {separatorOption()},
            .make = makeExactGrader};
}

} // namespace headgate::evaluation
