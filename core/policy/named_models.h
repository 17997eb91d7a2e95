#pragma once

#include "core/policy/node_kind.h"

#include <QStringList>

namespace headgate::policy {

// The models that a node's config names in any of its fields: those that it calls, and those that
// its scorers ask. In the order of the fields, without repetition; names that the policy does not
// define are in it, too.
QStringList modelsNamedBy(const Node &node);

// The value of such a field with the model's name changed; equal to `value` where it does not name
// the model.
Json withModelRenamed(const Field &field, const Json &value, const QString &before,
                      const QString &after);

} // namespace headgate::policy
