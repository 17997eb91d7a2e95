#include "core/providers/response_reader.h"

#include "core/common/json.h"
#include "core/providers/json_parser.h"

namespace headgate::providers {

ResponseReader::ResponseReader()
    : m_parser(std::make_unique<JsonParser>())
{
}

ResponseReader::~ResponseReader() = default;

bool ResponseReader::read(QByteArrayView json)
{
    m_newText.clear();
    simdjson::dom::element root;
    if (!m_parser->parse(json, root))
        return false;
    if (root.is_array() && root.at(0).get(root) != simdjson::SUCCESS)
        return false;
    if (!root.is_object())
        return false;
    take(root);
    m_completion.text += m_newText;
    return true;
}

void ResponseReader::readError(QByteArrayView data)
{
    takeError(apiErrorOfBody(data));
}

// Errors are rare: the reader of error bodies takes them.
void ResponseReader::takeError(const simdjson::dom::element &root)
{
    if (m_error)
        return;
    const std::string text = simdjson::minify(root);
    if (const auto json = parseJson(QByteArray::fromStdString(text)))
        m_error = apiErrorIn(*json);
}

void ResponseReader::takeError(const ApiError &error)
{
    if (!m_error)
        m_error = error;
}

bool ResponseReader::begun() const
{
    return !m_completion.text.isEmpty() || !m_completion.reasoning.isEmpty() ||
           !m_completion.toolCalls.isEmpty();
}

} // namespace headgate::providers
