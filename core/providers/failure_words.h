#pragma once

#include "core/providers/api_error.h"
#include "core/providers/provider.h"

#include <utility>

namespace headgate::providers {

using Verdict = std::pair<FailureClass, Advice>;

// What an HTTP error status (400 and above) means, made finer by what the provider says.
Verdict verdictOnStatus(int status, const ApiError &error);
// The same where only words tell: an error inside an answer that began with status 200. Protocol
// where they tell nothing.
Verdict verdictOnWords(const ApiError &error);

} // namespace headgate::providers
