#pragma once

#include "core/common/secrets.h"
#include "core/providers/endpoint.h"
#include "core/providers/http_transport.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// The body of POST {base}/chat/completions in the endpoint's dialect. The request's parameters are
// handed on, with the limit of output tokens under the name that the server knows.
QByteArray encodeChatRequest(const CompletionRequest &request, const Dialect &dialect);

// A call with everything but its body: URL, headers, limits. The key goes into a header only where
// `path` leads to the endpoint's own scheme, host and port.
HttpRequest httpRequestFor(const Endpoint &endpoint, const SecretKey &key, const QString &path,
                           bool wantsEvents);

} // namespace headgate::providers
