#pragma once

#include <QString>

#include <simdjson.h>

#include <optional>
#include <string_view>

namespace headgate::providers {

// Short ways into what a provider sent. What is absent, null or of another type gives nothing.

QString textOf(const simdjson::dom::element &value);
QString textAt(const simdjson::dom::element &from, std::string_view key);
// A whole number, also where it came as a float or as text.
std::optional<qint64> integerAt(const simdjson::dom::element &from, std::string_view key);
std::optional<double> numberAt(const simdjson::dom::element &from, std::string_view key);
// The member where it is there and not null.
std::optional<simdjson::dom::element> memberAt(const simdjson::dom::element &from,
                                               std::string_view key);
// Text as it is; anything else as the JSON that it is.
QString rawText(const simdjson::dom::element &value);

} // namespace headgate::providers
