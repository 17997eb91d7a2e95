#include "core/catalog/decimal_json.h"

#include <set>

namespace headgate::catalog {

namespace {

class Parser final : public nlohmann::detail::json_sax_dom_parser<Json>
{
public:
    explicit Parser(Json &value)
        : json_sax_dom_parser(value, false)
    {
    }

    bool number_integer(Json::number_integer_t value) { return keep(std::to_string(value)); }
    bool number_unsigned(Json::number_unsigned_t value) { return keep(std::to_string(value)); }
    bool number_float(Json::number_float_t, const Json::string_t &text) { return keep(text); }

    bool start_object(std::size_t size)
    {
        ++m_depth;
        return json_sax_dom_parser::start_object(size);
    }
    bool end_object()
    {
        --m_depth;
        return json_sax_dom_parser::end_object();
    }
    bool key(Json::string_t &name)
    {
        if (m_depth == 1 && !m_keys.insert(name).second)
            m_duplicates.append(toQString(name));
        return json_sax_dom_parser::key(name);
    }

    const QStringList &duplicates() const { return m_duplicates; }

private:
    bool keep(const std::string &text)
    {
        Json::binary_t bytes(std::vector<std::uint8_t>(text.begin(), text.end()));
        return json_sax_dom_parser::binary(bytes);
    }

    int m_depth = 0;
    std::set<std::string> m_keys;
    QStringList m_duplicates;
};

} // namespace

Result<DecimalJson> parseDecimalJson(const QByteArray &text, const JsonLimits &limits)
{
    // The common parser holds the limits and words the errors.
    if (auto plain = parseJson(text, limits); !plain)
        return tl::unexpected(std::move(plain.error()));
    DecimalJson result;
    Parser parser(result.root);
    Json::sax_parse(text.begin(), text.end(), &parser);
    result.duplicateKeys = parser.duplicates();
    return result;
}

QString numberText(const Json &value)
{
    if (!value.is_binary())
        return {};
    const Json::binary_t &bytes = value.get_binary();
    return QString::fromLatin1(reinterpret_cast<const char *>(bytes.data()),
                               qsizetype(bytes.size()));
}

} // namespace headgate::catalog
