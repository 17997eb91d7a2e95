#pragma once

#include "core/learning/linear_heads.h"
#include "core/learning/option_reader.h"

namespace headgate::learning {

// The options that the linear learners share, and their reading. The reader has the error.
Json linearDefaults();
LinearOptions linearOptions(OptionReader &reader);

} // namespace headgate::learning
