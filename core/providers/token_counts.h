#pragma once

#include <QtGlobal>

#include <simdjson.h>

#include <optional>
#include <string_view>

namespace headgate::providers {

// A number, also where it came as text.
std::optional<double> countedNumber(const simdjson::dom::element &value);

// Reads the counts of one usage object, whichever protocol wrote it. A count that is there but is
// no number of tokens (negative, fractional, above 10^9) spoils the whole.
class TokenCounts
{
public:
    explicit TokenCounts(const simdjson::dom::element &from)
        : m_from(from)
    {
    }

    std::optional<qint64> at(std::string_view key);
    // A count inside an inner object, such as prompt_tokens_details.
    std::optional<qint64> at(std::string_view outer, std::string_view key);
    bool valid() const { return m_valid; }

private:
    simdjson::dom::element m_from;
    bool m_valid = true;
};

} // namespace headgate::providers
