#pragma once

#include "core/providers/endpoint.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// The body of POST {base}/chat/completions in the endpoint's dialect. The request's parameters are
// handed on, under the names that the server knows and without those that it refuses.
QByteArray encodeChatRequest(const CompletionRequest &request, const Dialect &dialect);

} // namespace headgate::providers
