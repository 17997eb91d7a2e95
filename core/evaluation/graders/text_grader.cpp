#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/expected_answers.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"
#include "core/text/plain_words.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

class TextGrader final : public Grader
{
public:
    TextGrader(QString separator, bool articles)
        : m_separator(std::move(separator))
        , m_articles(articles)
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const auto expected = expectedAnswers(answer, m_separator);
        if (!expected)
            return tl::unexpected(expected.error());
        const QStringList said = wordsOf(answer.answer);
        for (const QString &each : *expected) {
            if (said == wordsOf(each))
                return Grade{1, Texts::tr("The words are those of “%1”.").arg(shortened(each))};
        }
        return Grade{0, Texts::tr("The words of “%1” are not those of “%2”.")
                            .arg(shortened(answer.answer), shortened(expected->first()))};
    }

private:
    QStringList wordsOf(const QString &text) const
    {
        return text::plainWords(text, m_articles ? text::Articles::Keep : text::Articles::Drop);
    }

    QString m_separator;
    bool m_articles = false;
};

Result<std::unique_ptr<Grader>> makeTextGrader(const Json &options)
{
    GraderOptions reader(options);
    const bool articles = reader.flag("articles", false);
    const QString separator = reader.text("separator");
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<TextGrader>(separator, articles);
}

} // namespace

GraderKind textGrader()
{
    return {.label = Texts::tr("Same words"),
            .help = Texts::tr("The words are those of the expected answer, whatever their case and "
                              "punctuation."),
            .options = {{.key = u"articles"_s,
                         .label = Texts::tr("Articles count"),
                         .type = policy::FieldType::Boolean,
                         .defaultValue = false,
                         .help = Texts::tr("Whether “a”, “an” and “the” must be the same, too.")},
                        separatorOption()},
            .make = makeTextGrader};
}

} // namespace headgate::evaluation
