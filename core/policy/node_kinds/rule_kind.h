#pragma once

#include "core/policy/node_kind.h"

namespace headgate::policy {

// The conditions that a case of a rule may have, beside its "name"; all that it has must hold.
const QList<Field> &ruleConditions();

} // namespace headgate::policy
