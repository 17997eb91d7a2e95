#pragma once

#include "core/routers/router.h"

#include <QStringList>

#include <memory>

namespace headgate::routers {

// Chooses by ordered cases: the first that holds, else the last port ("otherwise").
// Config: {"cases": [{"name", "any_keyword": [text], "regex", "min_length", "max_length" (both in
// characters of the prompt), "min_tokens", "max_tokens" (of the whole conversation, estimated),
// "language" (ISO 639-1), "has_code", "metadata": {key: value}}]}; all but the name may be missing.
// A regular expression searches the first 32,768 characters, and one that backtracks without end
// gives up: that case does not hold, and the decision says so.
Result<std::unique_ptr<Router>> makeRuleRouter(const Json &config, const QStringList &ports);

} // namespace headgate::routers
