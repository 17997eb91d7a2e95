#pragma once

#include "core/policy/policy_validation.h"

#include <QStringList>

namespace headgate::policy {

// The port of a query whose label a router does not know surely enough.
inline const QString kUnsure = QStringLiteral("unsure");

// Reports names that cannot be ports: empty, repeated, or the name of the node's default port.
// `field` is the config key that they come from.
void checkPortNames(const Node &node, const QString &field, const QStringList &names,
                    const QString &reserved, QList<Problem> &problems);

} // namespace headgate::policy
