#include "core/evaluation/graders/builtin_graders.h"
#include "core/evaluation/graders/grader_options.h"
#include "core/evaluation/texts.h"
#include "core/scorers/json_answer.h"
#include "core/scorers/json_schema.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

using scorers::JsonSchema;

namespace {

class JsonGrader final : public Grader
{
public:
    // Without a schema any JSON will do.
    explicit JsonGrader(std::unique_ptr<JsonSchema> schema)
        : m_schema(std::move(schema))
    {
    }

    Result<Grade> grade(const GradedAnswer &answer) const override
    {
        const Result<Json> value = scorers::jsonAnswer(answer.answer);
        if (!value)
            return Grade{0, value.error().message};
        if (!m_schema)
            return Grade{1, Texts::tr("The answer is valid JSON.")};
        const Result<QString> violation = m_schema->firstViolation(*value);
        if (!violation)
            return tl::unexpected(violation.error());
        if (!violation->isEmpty())
            return Grade{0, Texts::tr("The answer does not fit the schema: %1").arg(*violation)};
        return Grade{1, Texts::tr("The answer fits the schema.")};
    }

private:
    std::unique_ptr<JsonSchema> m_schema;
};

Result<std::unique_ptr<Grader>> makeJsonGrader(const Json &options)
{
    if (auto good = GraderOptions(options).check(); !good)
        return tl::unexpected(good.error());
    return std::make_unique<JsonGrader>(nullptr);
}

Result<std::unique_ptr<Grader>> makeJsonSchemaGrader(const Json &options)
{
    GraderOptions reader(options);
    const Json schema = reader.value("schema");
    if (auto good = reader.check(); !good)
        return tl::unexpected(good.error());
    if (schema.is_null())
        return fail(ErrorCode::InvalidInput, Texts::tr("The grader's option “schema” is missing."));
    auto compiled = JsonSchema::compile(schema);
    if (!compiled)
        return tl::unexpected(std::move(compiled).error());
    return std::make_unique<JsonGrader>(std::move(*compiled));
}

} // namespace

GraderKind jsonGrader()
{
    return {.label = Texts::tr("Valid JSON"),
            .help = Texts::tr("The answer is JSON; a code fence around it is no fault."),
            .options = {},
            .make = makeJsonGrader};
}

GraderKind jsonSchemaGrader()
{
    return {.label = Texts::tr("JSON schema"),
            .help = Texts::tr("The answer is JSON that fits a schema."),
            .options = {{.key = u"schema"_s,
                         .label = Texts::tr("Schema"),
                         .type = policy::FieldType::Object,
                         .help = Texts::tr("The JSON schema that the answer must fit."),
                         .required = true}},
            .make = makeJsonSchemaGrader};
}

} // namespace headgate::evaluation
