#pragma once

#include "core/common/json.h"

namespace headgate::scorers {

// An answer that is JSON, with or without a Markdown code fence around all of it. The error says
// where it is none.
Result<Json> jsonAnswer(const QString &answer);

} // namespace headgate::scorers
