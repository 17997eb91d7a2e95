#pragma once

#include "core/providers/provider.h"

namespace headgate::providers {

// The body of a generateContent call. Parameters go into `generationConfig` under Gemini's names.
// Unavailable where a message holds what the protocol cannot carry, such as an image that is only
// named by an address.
Result<QByteArray> encodeGeminiRequest(const CompletionRequest &request,
                                       bool offersLogProbabilities);

} // namespace headgate::providers
