#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/expected_answers.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"
#include "core/text/stated_number.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr double kRelative = text::NumberTolerance{}.relative;

class NumberGrader final : public Grader
{
public:
    NumberGrader(const text::NumberTolerance &tolerance, QChar decimal)
        : m_tolerance(tolerance)
        , m_decimal(decimal)
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const auto expected = text::lastNumber(answer.expected, m_decimal);
        if (!expected)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The expected answer “%1” holds no number.")
                            .arg(shortened(answer.expected)));
        const auto found = text::lastNumber(answer.answer, m_decimal);
        if (!found)
            return Grade{0, Texts::tr("The answer holds no number.")};
        if (text::isSameNumber(*found, *expected, m_tolerance))
            return Grade{1, Texts::tr("The last number, %1, is %2 within the tolerance.")
                                .arg(found->text, expected->text)};
        return Grade{0,
                     Texts::tr("The last number is %1, not %2.").arg(found->text, expected->text)};
    }

private:
    text::NumberTolerance m_tolerance;
    QChar m_decimal;
};

Result<std::unique_ptr<Grader>> makeNumberGrader(const Json &options)
{
    GraderOptions reader(options);
    text::NumberTolerance tolerance;
    tolerance.absolute = reader.number("absolute", 0, 0, 1e300);
    tolerance.relative = reader.number("relative", kRelative, 0, 1);
    const QString decimal = reader.word("decimal", {u"."_s, u","_s});
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<NumberGrader>(tolerance, decimal.front());
}

} // namespace

GraderKind numberGrader()
{
    return {.label = Texts::tr("Number"),
            .help = Texts::tr("The last number of the answer is that of the expected one, within "
                              "the larger of two tolerances."),
            .options = {{.key = u"absolute"_s,
                         .label = Texts::tr("Tolerance"),
                         .type = policy::FieldType::Number,
                         .defaultValue = 0,
                         .help = Texts::tr("How far the number may lie from the expected one."),
                         .minimum = 0},
                        {.key = u"relative"_s,
                         .label = Texts::tr("Tolerance, as a share"),
                         .type = policy::FieldType::Number,
                         .defaultValue = kRelative,
                         .help = Texts::tr("The same as a share of the expected number: 0.01 is "
                                           "1 %."),
                         .minimum = 0},
                        {.key = u"decimal"_s,
                         .label = Texts::tr("Decimal mark"),
                         .type = policy::FieldType::Choice,
                         .defaultValue = ".",
                         .help = Texts::tr("What parts the whole from the fraction in answers."),
                         .choices = {u"."_s, u","_s}}},
            .make = makeNumberGrader};
}

} // namespace headgate::evaluation
