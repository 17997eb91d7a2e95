#include "core/common/json.h"

#include "core/common/texts.h"

#include <optional>
#include <set>

namespace headgate {

namespace {

constexpr qsizetype kLineWidth = 100;

// Builds the value while it counts the nesting, because the DOM parser has no limit of its own.
class DepthLimitedParser final : public nlohmann::detail::json_sax_dom_parser<Json>
{
public:
    DepthLimitedParser(Json &value, const JsonLimits &limits)
        : json_sax_dom_parser(value, false)
        , m_maxDepth(limits.maxDepth)
        , m_uniqueKeys(limits.uniqueKeys)
    {
    }

    bool start_object(std::size_t size)
    {
        if (m_uniqueKeys)
            m_keys.emplace_back();
        return enter() && json_sax_dom_parser::start_object(size);
    }
    bool key(std::string &name)
    {
        if (m_uniqueKeys && !m_keys.back().insert(name).second) {
            m_repeated = name;
            return false;
        }
        return json_sax_dom_parser::key(name);
    }
    bool start_array(std::size_t size) { return enter() && json_sax_dom_parser::start_array(size); }
    bool end_object()
    {
        --m_depth;
        if (m_uniqueKeys)
            m_keys.pop_back();
        return json_sax_dom_parser::end_object();
    }
    bool end_array()
    {
        --m_depth;
        return json_sax_dom_parser::end_array();
    }
    template<typename Exception>
    bool parse_error(std::size_t position, const std::string &, const Exception &exception)
    {
        m_position = position;
        m_reason = exception.what();
        return false;
    }

    bool tooDeep() const { return m_tooDeep; }
    const std::optional<std::string> &repeated() const { return m_repeated; }
    std::size_t position() const { return m_position; }
    const std::string &reason() const { return m_reason; }

private:
    bool enter()
    {
        m_tooDeep = ++m_depth > m_maxDepth;
        return !m_tooDeep;
    }

    int m_maxDepth = 0;
    int m_depth = 0;
    bool m_tooDeep = false;
    bool m_uniqueKeys = false;
    std::vector<std::set<std::string>> m_keys; // of each object that is open
    std::optional<std::string> m_repeated;
    std::size_t m_position = 0;
    std::string m_reason;
};

// "line 3, column 14" of a byte offset.
QString placeOf(const QByteArray &text, std::size_t position)
{
    const qsizetype end = qMin(qsizetype(position), text.size());
    const QByteArrayView before = QByteArrayView(text).first(end);
    const qsizetype line = before.count('\n') + 1;
    const qsizetype column = end - before.lastIndexOf('\n') - 1;
    return Texts::tr("line %1, column %2").arg(line).arg(qMax(qsizetype(1), column));
}

bool isFlat(const Json &value)
{
    return std::none_of(value.begin(), value.end(), [](const Json &item) {
        return item.is_structured() && !item.empty() &&
               std::any_of(item.begin(), item.end(),
                           [](const Json &inner) { return inner.is_structured(); });
    });
}

void write(const Json &value, qsizetype indent, qsizetype column, std::string &out)
{
    const auto compact = [](const Json &item) { return compactText(item); };
    if (!value.is_structured() || value.empty()) {
        out += compact(value);
        return;
    }
    if (column > 0 && isFlat(value)) {
        const std::string line = compact(value);
        if (column + qsizetype(line.size()) <= kLineWidth) {
            out += line;
            return;
        }
    }
    const std::string inner(std::size_t(indent) + 2, ' ');
    out += value.is_object() ? '{' : '[';
    bool first = true;
    for (auto it = value.begin(); it != value.end(); ++it) {
        out += first ? "\n" : ",\n";
        first = false;
        out += inner;
        qsizetype used = qsizetype(inner.size());
        if (value.is_object()) {
            const std::string key = compact(Json(it.key())) + ": ";
            out += key;
            used += qsizetype(key.size());
        }
        write(*it, indent + 2, used, out);
    }
    out += '\n';
    out.append(std::size_t(indent), ' ');
    out += value.is_object() ? '}' : ']';
}

} // namespace

Result<Json> parseJson(const QByteArray &text, const JsonLimits &limits)
{
    if (text.size() > limits.maxBytes)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The text has %1 bytes; at most %2 are read.")
                        .arg(text.size())
                        .arg(limits.maxBytes));
    Json root;
    DepthLimitedParser parser(root, limits);
    if (Json::sax_parse(text.begin(), text.end(), &parser))
        return root;
    if (parser.tooDeep())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The text is nested more than %1 levels deep.").arg(limits.maxDepth));
    if (parser.repeated())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("An object of the text has the key “%1” twice; remove one.")
                        .arg(toQString(*parser.repeated())));
    return fail(ErrorCode::InvalidInput,
                Texts::tr("This is not valid JSON at %1.").arg(placeOf(text, parser.position())),
                toQString(parser.reason()));
}

QByteArray formatJson(const Json &value)
{
    std::string out;
    write(value, 0, 0, out);
    out += '\n';
    return QByteArray::fromStdString(out);
}

std::string compactText(const Json &value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

QByteArray compactJson(const Json &value)
{
    return QByteArray::fromStdString(compactText(value));
}

QString jsonString(const Json &object, const char *key, const QString &fallback)
{
    if (!object.is_object())
        return fallback;
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? toQString(it->get_ref<const std::string &>())
                                                 : fallback;
}

double jsonNumber(const Json &object, const char *key, double fallback)
{
    if (!object.is_object())
        return fallback;
    const auto it = object.find(key);
    return it != object.end() && it->is_number() ? it->get<double>() : fallback;
}

} // namespace headgate
