#include "core/providers/json_parser.h"

#include "core/providers/json_repair.h"

namespace headgate::providers {

namespace {

constexpr size_t kMaxDepth = 64;
constexpr size_t kLeastCapacity = 16 * 1024;

} // namespace

bool JsonParser::parse(QByteArrayView json, simdjson::dom::element &root)
{
    return parseAsIs(json, root) || parseAsIs(repairedJson(json), root);
}

bool JsonParser::parseAsIs(QByteArrayView json, simdjson::dom::element &root)
{
    const size_t size = size_t(json.size());
    if (m_parser.capacity() < size && m_parser.allocate(std::max(size, kLeastCapacity), kMaxDepth))
        return false;
    return m_parser.parse(json.data(), size).get(root) == simdjson::SUCCESS;
}

} // namespace headgate::providers
