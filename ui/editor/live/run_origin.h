#pragma once

#include "core/policy/policy_document.h"

namespace headgate::ui {

// Whether the runs of a policy count as simulated: any of its model nodes calls the simulated
// fleet, as in engine::RunTrace::simulated.
bool runsSimulated(const policy::PolicyDocument &document);

} // namespace headgate::ui
