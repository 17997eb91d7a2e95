#pragma once

#include "core/providers/http_transport.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace headgate::providers {

// How long the server asks to wait: `retry-after-ms` before `retry-after` (seconds or an HTTP date,
// which is read against the response's own Date where it has one, else against `utcNow`). At most
// an hour. None where it says nothing, nothing readable, or a moment that has passed.
std::optional<std::chrono::milliseconds> retryAfter(const HttpHead &head, const QDateTime &utcNow);

} // namespace headgate::providers
