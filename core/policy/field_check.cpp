#include "core/policy/field_check.h"

#include "core/common/artifact_name.h"
#include "core/policy/texts.h"

#include <cmath>

namespace headgate::policy {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kShownCharacters = 40;

bool isWhole(const Json &value)
{
    if (value.is_number_integer())
        return true;
    if (!value.is_number_float())
        return false;
    const double number = value.get<double>();
    return std::isfinite(number) && number == std::trunc(number);
}

template<typename Predicate>
bool isListOf(const Json &value, Predicate holds)
{
    return value.is_array() && std::all_of(value.begin(), value.end(), holds);
}

bool hasType(FieldType type, const Json &value)
{
    const auto isString = [](const Json &item) { return item.is_string(); };
    const auto isObject = [](const Json &item) { return item.is_object(); };
    switch (type) {
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Choice:
    case FieldType::Model:
    case FieldType::Artifact:
        return value.is_string();
    case FieldType::Number:
        return value.is_number();
    case FieldType::Integer:
        return isWhole(value);
    case FieldType::Boolean:
        return value.is_boolean();
    case FieldType::Models:
    case FieldType::Labels:
        return isListOf(value, isString);
    case FieldType::Scorers:
    case FieldType::Cases:
    case FieldType::Weights:
    case FieldType::ModelWeights:
    case FieldType::References:
    case FieldType::ModelScores:
    case FieldType::TaskScores:
    case FieldType::ModelSeconds:
        return isListOf(value, isObject);
    case FieldType::Object:
        return value.is_object();
    }
    Q_UNREACHABLE();
    return false;
}

QString typeSentence(FieldType type, const QString &label, const QString &owner,
                     const QString &shown)
{
    switch (type) {
    case FieldType::Text:
    case FieldType::LongText:
    case FieldType::Choice:
    case FieldType::Model:
    case FieldType::Artifact:
        return Texts::tr("“%1” of %2 must be a text; it is %3.").arg(label, owner, shown);
    case FieldType::Number:
        return Texts::tr("“%1” of %2 must be a number; it is %3.").arg(label, owner, shown);
    case FieldType::Integer:
        return Texts::tr("“%1” of %2 must be a whole number; it is %3.").arg(label, owner, shown);
    case FieldType::Boolean:
        return Texts::tr("“%1” of %2 must be true or false; it is %3.").arg(label, owner, shown);
    case FieldType::Models:
    case FieldType::Labels:
        return Texts::tr("“%1” of %2 must be a list of names; it is %3.").arg(label, owner, shown);
    case FieldType::Scorers:
    case FieldType::Cases:
    case FieldType::Weights:
    case FieldType::ModelWeights:
    case FieldType::References:
    case FieldType::ModelScores:
    case FieldType::TaskScores:
    case FieldType::ModelSeconds:
        return Texts::tr("“%1” of %2 must be a list of entries; it is %3.")
            .arg(label, owner, shown);
    case FieldType::Object:
        return Texts::tr("“%1” of %2 must be an object; it is %3.").arg(label, owner, shown);
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<FieldFault> rangeFault(const Field &field, double number, const QString &owner)
{
    if (number >= field.minimum && number <= field.maximum)
        return std::nullopt;
    const QString shown = QString::number(number, 'g', 12);
    const QString least = QString::number(field.minimum, 'g', 12);
    const QString most = QString::number(field.maximum, 'g', 12);
    QString sentence;
    if (std::isinf(field.maximum))
        sentence = Texts::tr("“%1” of %2 must be at least %3; it is %4.")
                       .arg(field.label, owner, least, shown);
    else if (std::isinf(field.minimum))
        sentence = Texts::tr("“%1” of %2 must be at most %3; it is %4.")
                       .arg(field.label, owner, most, shown);
    else
        sentence = Texts::tr("“%1” of %2 must lie between %3 and %4; it is %5.")
                       .arg(field.label, owner, least, most, shown);
    return FieldFault{u"field-range"_s, sentence};
}

} // namespace

QString shownValue(const Json &value)
{
    if (value.is_structured())
        return value.is_array() ? Texts::tr("a list") : Texts::tr("an object");
    QString text = toQString(compactText(value));
    if (text.size() > kShownCharacters)
        text = text.left(kShownCharacters) + u'…';
    return text;
}

std::optional<FieldFault> faultOf(const Field &field, const Json &value, const QString &owner)
{
    if (!hasType(field.type, value))
        return FieldFault{u"field-type"_s,
                          typeSentence(field.type, field.label, owner, shownValue(value))};
    if (field.type == FieldType::Artifact &&
        !isArtifactName(toQString(value.get_ref<const std::string &>())))
        return FieldFault{
            u"artifact-name"_s,
            Texts::tr("“%1” of %2 must be the plain name of a trained file beside the policy, such "
                      "as linear-0123456789abcdef.hga; it is %3.")
                .arg(field.label, owner, shownValue(value))};
    if (value.is_number())
        return rangeFault(field, value.get<double>(), owner);
    if (field.type == FieldType::Choice) {
        const QString choice = toQString(value.get_ref<const std::string &>());
        if (!field.choices.contains(choice))
            return FieldFault{
                u"field-choice"_s,
                Texts::tr("“%1” of %2 cannot be %3; choose one of: %4.")
                    .arg(field.label, owner, shownValue(value), field.choices.join(", "_L1))};
    }
    return std::nullopt;
}

} // namespace headgate::policy
