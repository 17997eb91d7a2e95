#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/expected_answers.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

struct ContainsOptions
{
    QStringList texts; // empty: the expected answers
    QString separator;
    bool any = false;
    bool caseSensitive = false;
    bool wholeWords = false;
};

class ContainsGrader final : public Grader
{
public:
    explicit ContainsGrader(ContainsOptions options)
        : m_options(std::move(options))
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const auto wanted = m_options.texts.isEmpty() ? expectedAnswers(answer, m_options.separator)
                                                      : Result<QStringList>(m_options.texts);
        if (!wanted)
            return tl::unexpected(wanted.error());
        QStringList missing;
        for (const QString &text : *wanted) {
            if (!isIn(answer.answer, text))
                missing.append(u"“%1”"_s.arg(shortened(text)));
            else if (m_options.any)
                return Grade{1, Texts::tr("It contains “%1”.").arg(shortened(text))};
        }
        if (missing.isEmpty())
            return Grade{1, Texts::tr("It contains all that it must.")};
        return Grade{0, Texts::tr("It does not contain %1.").arg(missing.join(", "_L1))};
    }

private:
    bool isIn(const QString &answer, const QString &text) const
    {
        const auto sensitivity = m_options.caseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
        if (!m_options.wholeWords)
            return answer.contains(text, sensitivity);
        const auto goesOn = [&answer](qsizetype at) {
            return at >= 0 && at < answer.size() && answer[at].isLetterOrNumber();
        };
        for (qsizetype at = answer.indexOf(text, 0, sensitivity); at >= 0;
             at = answer.indexOf(text, at + 1, sensitivity)) {
            if (!goesOn(at - 1) && !goesOn(at + text.size()))
                return true;
        }
        return false;
    }

    ContainsOptions m_options;
};

Result<std::unique_ptr<Grader>> makeContainsGrader(const Json &options)
{
    GraderOptions reader(options);
    ContainsOptions chosen{.texts = reader.texts("texts"),
                           .separator = reader.text("separator"),
                           .any = reader.word("mode", {u"all"_s, u"any"_s}) == "any"_L1,
                           .caseSensitive = reader.flag("case_sensitive", false),
                           .wholeWords = reader.flag("whole_words", false)};
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<ContainsGrader>(std::move(chosen));
}

} // namespace

GraderKind containsGrader()
{
    return {.label = Texts::tr("Contains"),
            .help = Texts::tr("Certain texts, or the expected answer, are in the answer."),
            .options = {{.key = u"texts"_s,
                         .label = Texts::tr("Texts, one a line"),
                         .type = policy::FieldType::Labels,
                         .help = Texts::tr("What must be in the answer; nothing: the expected "
                                           "answer.")},
                        separatorOption(),
                        {.key = u"mode"_s,
                         .label = Texts::tr("How many"),
                         .type = policy::FieldType::Choice,
                         .defaultValue = "all",
                         .help = Texts::tr("Whether all of them must be there, or any one."),
                         .choices = {u"all"_s, u"any"_s}},
                        {.key = u"case_sensitive"_s,
                         .label = Texts::tr("Case matters"),
                         .type = policy::FieldType::Boolean,
                         .defaultValue = false,
                         .help = Texts::tr("Whether capital letters must be the same.")},
                        {.key = u"whole_words"_s,
                         .label = Texts::tr("Whole words"),
                         .type = policy::FieldType::Boolean,
                         .defaultValue = false,
                         .help = Texts::tr("Whether a text inside of a longer word does not "
                                           "count.")}},
            .make = makeContainsGrader};
}

} // namespace headgate::evaluation
