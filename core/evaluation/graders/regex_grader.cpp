#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/expected_answers.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"

#include <QRegularExpression>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

// A pattern that tries more than this on one answer is given up: some take years.
constexpr QLatin1String kBound("(*LIMIT_MATCH=1000000)");

class RegexGrader final : public Grader
{
public:
    explicit RegexGrader(QRegularExpression pattern)
        : m_pattern(std::move(pattern))
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const QRegularExpressionMatch match = m_pattern.match(answer.answer);
        if (!match.isValid())
            return fail(ErrorCode::LimitReached,
                        Texts::tr("The pattern takes too many steps on the answer “%1”.")
                            .arg(shortened(answer.answer)));
        if (match.hasMatch())
            return Grade{1, Texts::tr("The pattern finds “%1”.").arg(shortened(match.captured()))};
        return Grade{0,
                     Texts::tr("The pattern is not found in “%1”.").arg(shortened(answer.answer))};
    }

private:
    QRegularExpression m_pattern;
};

Result<std::unique_ptr<Grader>> makeRegexGrader(const Json &options)
{
    GraderOptions reader(options);
    const QString text = reader.requiredText("pattern");
    const bool caseSensitive = reader.flag("case_sensitive", true);
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    QRegularExpression pattern(text, QRegularExpression::MultilineOption |
                                         QRegularExpression::UseUnicodePropertiesOption);
    if (!pattern.isValid())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The pattern “%1” is wrong at character %2: %3.")
                        .arg(shortened(text))
                        .arg(pattern.patternErrorOffset() + 1)
                        .arg(pattern.errorString()));
    if (!caseSensitive)
        pattern.setPatternOptions(pattern.patternOptions() |
                                  QRegularExpression::CaseInsensitiveOption);
    pattern.setPattern(kBound + text);
    pattern.optimize();
    return std::make_unique<RegexGrader>(std::move(pattern));
}

} // namespace

GraderKind regexGrader()
{
    return {.label = Texts::tr("Regular expression"),
            .help = Texts::tr("A pattern is found in the answer."),
            .options = {{.key = u"pattern"_s,
                         .label = Texts::tr("Pattern"),
                         .type = policy::FieldType::Text,
                         .help = Texts::tr("The regular expression that the answer must match."),
                         .required = true},
                        {.key = u"case_sensitive"_s,
                         .label = Texts::tr("Case matters"),
                         .type = policy::FieldType::Boolean,
                         .defaultValue = true,
                         .help = Texts::tr("Whether capital letters must be the same.")}},
            .make = makeRegexGrader};
}

} // namespace headgate::evaluation
