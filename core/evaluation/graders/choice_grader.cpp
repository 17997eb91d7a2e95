#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/expected_answers.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"
#include "core/text/stated_choice.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

class ChoiceGrader final : public Grader
{
public:
    explicit ChoiceGrader(int choices)
        : m_reader(choices)
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const QChar expected = m_reader.read(answer.expected).letter;
        if (expected.isNull())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The expected answer “%1” names no choice.")
                            .arg(shortened(answer.expected)));
        const text::StatedChoice stated = m_reader.read(answer.answer);
        if (stated.ambiguous)
            return Grade{0, Texts::tr("The answer is ambiguous: it names several choices.")};
        if (stated.letter.isNull())
            return Grade{0, Texts::tr("The answer states no choice.")};
        if (stated.letter != expected)
            return Grade{0, Texts::tr("It states %1, not %2.").arg(stated.letter).arg(expected)};
        return Grade{1, Texts::tr("It states %1, as expected.").arg(expected)};
    }

private:
    text::ChoiceReader m_reader;
};

Result<std::unique_ptr<Grader>> makeChoiceGrader(const Json &options)
{
    GraderOptions reader(options);
    const int choices = reader.count("choices", 4, 2, 26);
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<ChoiceGrader>(choices);
}

} // namespace

GraderKind choiceGrader()
{
    return {.label = Texts::tr("Multiple choice"),
            .help = Texts::tr("The letter that the answer states is the expected one."),
            .options = {{.key = u"choices"_s,
                         .label = Texts::tr("Choices"),
                         .type = policy::FieldType::Integer,
                         .defaultValue = 4,
                         .help = Texts::tr("How many letters there are to choose from: 4 is A to "
                                           "D."),
                         .minimum = 2,
                         .maximum = 26}},
            .make = makeChoiceGrader};
}

} // namespace headgate::evaluation
