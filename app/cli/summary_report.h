#pragma once

#include "core/common/json.h"
#include "core/evaluation/policy_summary.h"

namespace headgate::cli {

// What a policy did, as JSON with units in its keys. Figures that are not known are null.
Json summaryJson(const evaluation::PolicySummary &summary, const policy::CompiledPolicy &policy);

// The same as text of several lines: figures, models, gates, saving beside quality, hindsight.
QString summaryText(const evaluation::PolicySummary &summary, const policy::CompiledPolicy &policy);

} // namespace headgate::cli
