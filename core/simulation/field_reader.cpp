#include "core/simulation/field_reader.h"

using namespace Qt::StringLiterals;

namespace headgate::simulation {

void FieldReader::complain(const QString &fault)
{
    if (m_fault.isEmpty())
        m_fault = fault;
}

const Json *FieldReader::find(const char *key) const
{
    if (!m_object.is_object())
        return nullptr;
    const auto it = m_object.find(key);
    return it == m_object.end() || it->is_null() ? nullptr : &*it;
}

const Json &FieldReader::object(const char *key)
{
    static const Json empty = Json::object();
    const Json *value = find(key);
    if (value && !value->is_object())
        complain(u"“%1” must be an object."_s.arg(QLatin1StringView(key)));
    return value && value->is_object() ? *value : empty;
}

bool FieldReader::flag(const char *key)
{
    const Json *value = find(key);
    if (value && !value->is_boolean())
        complain(u"“%1” must be true or false."_s.arg(QLatin1StringView(key)));
    return value && value->is_boolean() && value->get<bool>();
}

std::optional<qint64> FieldReader::count(const char *key, qint64 least, qint64 most)
{
    const Json *value = find(key);
    if (!value)
        return std::nullopt;
    if (value->is_number_integer() && value->get<double>() >= double(least) &&
        value->get<double>() <= double(most))
        return value->get<qint64>();
    complain(u"“%1” must be a whole number from %2 to %3."_s.arg(QLatin1StringView(key))
                 .arg(least)
                 .arg(most));
    return std::nullopt;
}

QString FieldReader::text(const char *key)
{
    const Json *value = find(key);
    if (value && !value->is_string())
        complain(u"“%1” must be a text."_s.arg(QLatin1StringView(key)));
    return value && value->is_string() ? toQString(value->get<std::string>()) : QString();
}

QStringList FieldReader::texts(const char *key)
{
    const Json *value = find(key);
    if (!value)
        return {};
    QStringList texts;
    const Json list = value->is_array() ? *value : Json::array({*value});
    for (const Json &item : list) {
        if (!item.is_string()) {
            complain(u"“%1” must be a text or a list of texts."_s.arg(QLatin1StringView(key)));
            return {};
        }
        texts.append(toQString(item.get_ref<const std::string &>()));
    }
    return texts;
}

std::optional<QString> textOfContent(const Json &content)
{
    if (content.is_string())
        return toQString(content.get_ref<const std::string &>());
    if (content.is_null())
        return QString();
    if (!content.is_array())
        return std::nullopt;
    QStringList parts;
    for (const Json &part : content) {
        const auto text = part.is_object() ? part.find("text") : part.end();
        if (jsonString(part, "type") != "text"_L1 || text == part.end() || !text->is_string())
            return std::nullopt;
        parts.append(toQString(text->get_ref<const std::string &>()));
    }
    return parts.join(u'\n');
}

} // namespace headgate::simulation
