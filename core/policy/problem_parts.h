#pragma once

#include "core/policy/policy_validation.h"

namespace headgate::policy {

// Short ways to the problems and mends that several kinds and checks report.

Problem errorAt(const Node &node, const QString &code, const QString &sentence);
Problem warningAt(const Node &node, const QString &code, const QString &sentence);
Problem fieldErrorAt(const Node &node, const QString &field, const QString &code,
                     const QString &sentence);

// Makes the node take part again.
Mend activateMend(const QString &label, const NodeId &node);
// Sets one key of a node's config; null takes the key away.
Mend setConfigMend(const QString &label, const NodeId &node, const QString &key, const Json &value);
// Takes out every wire that equals this one.
Mend removeWireMend(const QString &label, const Wire &wire);
// Takes out the node and its wires.
Mend removeNodeMend(const QString &label, const NodeId &node);

} // namespace headgate::policy
