#pragma once

#include "core/policy/policy_format.h"

namespace headgate::cli {

// Reads a policy file; "example:NAME" is one of the bundled examples. An unknown example's error
// lists the known ones.
Result<policy::LoadedPolicy> loadPolicy(const QString &source);

} // namespace headgate::cli
