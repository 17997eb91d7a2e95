#pragma once

#include "core/providers/provider.h"

namespace headgate::providers {

// The body of POST {base}/api/chat. Sampling goes into `options` under Ollama's names. Unavailable
// where a message holds what the protocol cannot carry, such as an image that is only named by an
// address.
Result<QByteArray> encodeOllamaRequest(const CompletionRequest &request,
                                       bool offersLogProbabilities);

} // namespace headgate::providers
