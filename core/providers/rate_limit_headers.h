#pragma once

#include "core/providers/http_transport.h"
#include "core/providers/rate_limits.h"

#include <QDateTime>

namespace headgate::providers {

// What a response's headers say of the limits of its key (providers.md section 12):
// x-ratelimit-{limit,remaining,reset}-{requests,tokens}, Anthropic's
// anthropic-ratelimit-{requests,tokens,input-tokens,output-tokens}-…, and the bare
// x-ratelimit-{limit,remaining,reset} that counts requests. What cannot be read is left out.
RateLimits rateLimitsIn(const HttpHead &head, const QDateTime &utcNow);

// How long until a limit is whole again: a duration ("6m0s", "1.2s", "120ms"), a bare number of
// seconds, a moment in RFC 3339, or one in milliseconds or seconds since 1970. Not negative, at
// most a day. None where it is none of these.
std::optional<std::chrono::milliseconds> resetIn(QByteArrayView value, const QDateTime &utcNow);

} // namespace headgate::providers
