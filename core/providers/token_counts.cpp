#include "core/providers/token_counts.h"

#include "core/providers/json_access.h"

#include <QByteArrayView>

#include <cmath>

namespace headgate::providers {

using simdjson::dom::element;

namespace {

constexpr double kMostTokens = 1e9;

} // namespace

std::optional<double> countedNumber(const element &value)
{
    double number = 0;
    if (value.get(number) == simdjson::SUCCESS)
        return number;
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS)
        return std::nullopt;
    bool ok = false;
    number = QByteArrayView(text.data(), qsizetype(text.size())).toDouble(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<qint64> TokenCounts::at(std::string_view key)
{
    const auto value = memberAt(m_from, key);
    if (!value)
        return std::nullopt;
    const std::optional<double> number = countedNumber(*value);
    if (!number || !std::isfinite(*number) || *number < 0 || *number > kMostTokens ||
        *number != std::floor(*number)) {
        m_valid = false;
        return std::nullopt;
    }
    return qint64(*number);
}

std::optional<qint64> TokenCounts::at(std::string_view outer, std::string_view key)
{
    const auto inner = memberAt(m_from, outer);
    if (!inner)
        return std::nullopt;
    TokenCounts counts(*inner);
    const auto result = counts.at(key);
    m_valid = m_valid && counts.m_valid;
    return result;
}

} // namespace headgate::providers
