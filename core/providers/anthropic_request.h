#pragma once

#include "core/providers/endpoint.h"
#include "core/providers/provider.h"

namespace headgate::providers {

// The version of the protocol that the endpoint speaks: its own, or the current one.
QString anthropicVersionOf(const Endpoint &endpoint);

// The body of POST {base}/v1/messages. The texts of system messages go to the top; sampling
// parameters are left out unless the endpoint names the version that knew them; without a limit of
// output tokens, which the protocol wants, it is 4,096. A JSON object without a schema, which the
// protocol has no field for, is asked for in the system text. Unavailable where a message holds
// what the protocol cannot carry.
Result<QByteArray> encodeAnthropicRequest(const CompletionRequest &request,
                                          const Endpoint &endpoint);

} // namespace headgate::providers
