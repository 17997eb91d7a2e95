#include "core/providers/json_access.h"

#include <cmath>

namespace headgate::providers {

using simdjson::dom::element;

QString textOf(const element &value)
{
    std::string_view text;
    return value.get(text) == simdjson::SUCCESS
               ? QString::fromUtf8(text.data(), qsizetype(text.size()))
               : QString();
}

std::optional<element> memberAt(const element &from, std::string_view key)
{
    element value;
    if (from[key].get(value) != simdjson::SUCCESS || value.is_null())
        return std::nullopt;
    return value;
}

QString textAt(const element &from, std::string_view key)
{
    const auto value = memberAt(from, key);
    return value ? textOf(*value) : QString();
}

std::optional<double> numberAt(const element &from, std::string_view key)
{
    const auto value = memberAt(from, key);
    double number = 0;
    if (!value || value->get(number) != simdjson::SUCCESS)
        return std::nullopt;
    return number;
}

std::optional<qint64> integerAt(const element &from, std::string_view key)
{
    constexpr double kMost = 1e9;
    if (const auto number = numberAt(from, key); number && std::abs(*number) < kMost)
        return qint64(*number);
    bool ok = false;
    const qint64 integer = textAt(from, key).toLongLong(&ok);
    return ok ? std::optional(integer) : std::nullopt;
}

QString rawText(const element &value)
{
    return value.is_string() ? textOf(value) : QString::fromStdString(simdjson::minify(value));
}

} // namespace headgate::providers
