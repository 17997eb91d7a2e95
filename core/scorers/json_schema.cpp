#include "core/scorers/json_schema.h"

#include "core/scorers/texts.h"

// Without this the library ends the process at a wrong schema.
#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include <exception>
#include <regex>

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

// std::regex, which the library uses, recurses once a character and would run out of stack.
constexpr std::size_t kLongestMatchedText = 4096;

// The keys whose values are data, not schemas.
bool holdsData(const std::string &key)
{
    return key == "enum" || key == "const" || key == "default" || key == "examples";
}

// Throws std::regex_error at a wrong pattern. Returns whether there is any.
bool checkPatterns(const Json &schema)
{
    bool found = false;
    if (schema.is_object()) {
        for (const auto &[key, value] : schema.items()) {
            if (holdsData(key))
                continue;
            if (key == "pattern" && value.is_string()) {
                const std::regex compiled(value.get_ref<const std::string &>());
                found = true;
            }
            if (key == "patternProperties" && value.is_object()) {
                for (const auto &[pattern, inner] : value.items())
                    const std::regex compiled(pattern);
                found = true;
            }
            found |= checkPatterns(value);
        }
    } else if (schema.is_array()) {
        for (const Json &item : schema)
            found |= checkPatterns(item);
    }
    return found;
}

bool hasLongText(const Json &value)
{
    if (value.is_string())
        return value.get_ref<const std::string &>().size() > kLongestMatchedText;
    if (value.is_object()) {
        const auto &members = value.get_ref<const Json::object_t &>();
        return std::any_of(members.begin(), members.end(), [](const auto &member) {
            return member.first.size() > kLongestMatchedText || hasLongText(member.second);
        });
    }
    return value.is_array() && std::any_of(value.begin(), value.end(), hasLongText);
}

} // namespace

struct JsonSchema::Private
{
    valijson::Schema schema;
    bool hasPatterns = false;
};

JsonSchema::JsonSchema()
    : d(std::make_unique<Private>())
{
}
JsonSchema::~JsonSchema() = default;

Result<std::unique_ptr<JsonSchema>> JsonSchema::compile(const Json &schema)
{
    std::unique_ptr<JsonSchema> compiled(new JsonSchema);
    try {
        compiled->d->hasPatterns = checkPatterns(schema);
        if (!schema.is_object() && !schema.is_boolean())
            throw std::runtime_error("it is no object");
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), compiled->d->schema);
    } catch (const std::exception &error) {
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The JSON schema cannot be used: %1")
                        .arg(QString::fromUtf8(error.what())));
    }
    return compiled;
}

Result<QString> JsonSchema::firstViolation(const Json &value) const
{
    if (d->hasPatterns && hasLongText(value))
        return fail(ErrorCode::LimitReached,
                    Texts::tr("A text of the answer is longer than the %1 bytes that are held "
                              "against a schema's patterns.")
                        .arg(kLongestMatchedText));
    try {
        valijson::Validator validator;
        valijson::ValidationResults results;
        if (validator.validate(d->schema, valijson::adapters::NlohmannJsonAdapter(value), &results))
            return QString();
        valijson::ValidationResults::Error error;
        results.popError(error);
        QString place;
        for (const std::string &part : error.context)
            place += toQString(part);
        return u"%1: %2"_s.arg(place, toQString(error.description));
    } catch (const std::exception &error) {
        return fail(ErrorCode::LimitReached,
                    Texts::tr("The answer cannot be held against the schema."),
                    QString::fromUtf8(error.what()));
    }
}

} // namespace headgate::scorers
