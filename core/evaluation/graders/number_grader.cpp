#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/expected_answers.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/graders/stated_number.h"
#include "core/evaluation/texts.h"

#include <cmath>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr double kRelative = 1e-9; // what arithmetic in floating point leaves

class NumberGrader final : public Grader
{
public:
    NumberGrader(double absolute, double relative, QChar decimal)
        : m_absolute(absolute)
        , m_relative(relative)
        , m_decimal(decimal)
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const auto expected = lastNumber(answer.expected, m_decimal);
        if (!expected)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The expected answer “%1” holds no number.")
                            .arg(shortened(answer.expected)));
        const auto found = lastNumber(answer.answer, m_decimal);
        if (!found)
            return Grade{0, Texts::tr("The answer holds no number.")};
        if (agree(*found, *expected))
            return Grade{1, Texts::tr("The last number, %1, is %2 within the tolerance.")
                                .arg(found->text, expected->text)};
        return Grade{0,
                     Texts::tr("The last number is %1, not %2.").arg(found->text, expected->text)};
    }

private:
    bool near(double found, double expected) const
    {
        return std::abs(found - expected) <= std::max(m_absolute, m_relative * std::abs(expected));
    }
    // Where only one of them has the sign, "45 %" may stand for 45 or for 0.45.
    bool agree(const StatedNumber &found, const StatedNumber &expected) const
    {
        if (near(found.value, expected.value))
            return true;
        return found.percent != expected.percent &&
               near(found.value / (found.percent ? 100 : 1),
                    expected.value / (expected.percent ? 100 : 1));
    }

    double m_absolute = 0;
    double m_relative = 0;
    QChar m_decimal;
};

Result<std::unique_ptr<Grader>> makeNumberGrader(const Json &options)
{
    GraderOptions reader(options);
    const double absolute = reader.number("absolute", 0, 0, 1e300);
    const double relative = reader.number("relative", kRelative, 0, 1);
    const QString decimal = reader.word("decimal", {u"."_s, u","_s});
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<NumberGrader>(absolute, relative, decimal.front());
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
