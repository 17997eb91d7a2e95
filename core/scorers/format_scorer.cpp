#include "core/scorers/builtin_scorers.h"
#include "core/scorers/json_answer.h"
#include "core/scorers/json_schema.h"
#include "core/scorers/texts.h"

#include <QRegularExpression>

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

class RegexScorer final : public Scorer
{
public:
    explicit RegexScorer(QRegularExpression pattern)
        : m_pattern(std::move(pattern))
    {
    }

    Result<ScoreOutcome> score(const policy::Query &, const ScoredAnswer &answer) const override
    {
        const QRegularExpressionMatch match = m_pattern.match(answer.text);
        if (!match.isValid())
            return fail(ErrorCode::LimitReached,
                        Texts::tr("The pattern takes too many steps on this answer."));
        if (match.hasMatch())
            return ScoreOutcome{1, Texts::tr("matches the pattern")};
        return ScoreOutcome{0, Texts::tr("does not match the pattern")};
    }

private:
    QRegularExpression m_pattern;
};

class JsonScorer final : public Scorer
{
public:
    // Without a schema any JSON will do.
    explicit JsonScorer(std::unique_ptr<JsonSchema> schema)
        : m_schema(std::move(schema))
    {
    }

    Result<ScoreOutcome> score(const policy::Query &, const ScoredAnswer &answer) const override
    {
        const Result<Json> value = jsonAnswer(answer.text);
        if (!value)
            return ScoreOutcome{0, Texts::tr("no valid JSON")};
        if (!m_schema)
            return ScoreOutcome{1, Texts::tr("valid JSON")};
        const Result<QString> violation = m_schema->firstViolation(*value);
        if (!violation)
            return tl::unexpected(violation.error());
        if (!violation->isEmpty())
            return ScoreOutcome{0, Texts::tr("does not fit the schema: %1").arg(*violation)};
        return ScoreOutcome{1, Texts::tr("fits the schema")};
    }

private:
    std::unique_ptr<JsonSchema> m_schema;
};

Result<std::unique_ptr<Scorer>> makeRegexScorer(const Json &options)
{
    const QString text = jsonString(options, "pattern");
    if (text.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("The format scorer has no \"pattern\"."));
    QRegularExpression pattern(text, QRegularExpression::MultilineOption |
                                         QRegularExpression::UseUnicodePropertiesOption);
    if (!pattern.isValid())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The pattern of the format scorer is wrong at character %1: %2.")
                        .arg(pattern.patternErrorOffset() + 1)
                        .arg(pattern.errorString()));
    pattern.optimize();
    return std::make_unique<RegexScorer>(std::move(pattern));
}

Result<std::unique_ptr<Scorer>> makeSchemaScorer(const Json &options)
{
    const auto schema = options.find("schema");
    if (schema == options.end())
        return fail(ErrorCode::InvalidInput, Texts::tr("The format scorer has no \"schema\"."));
    auto compiled = JsonSchema::compile(*schema);
    if (!compiled)
        return tl::unexpected(std::move(compiled).error());
    return std::make_unique<JsonScorer>(std::move(*compiled));
}

} // namespace

Result<std::unique_ptr<Scorer>> makeFormatScorer(const Json &options)
{
    const QString format = jsonString(options, "format", u"json"_s);
    if (format == "regex"_L1)
        return makeRegexScorer(options);
    if (format == "json_schema"_L1)
        return makeSchemaScorer(options);
    if (format == "json"_L1)
        return std::make_unique<JsonScorer>(nullptr);
    return fail(ErrorCode::InvalidInput,
                Texts::tr("The format scorer knows the formats “regex”, “json” and “json_schema”, "
                          "not “%1”.")
                    .arg(format));
}

} // namespace headgate::scorers
