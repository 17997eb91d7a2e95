#pragma once

#include "core/policy/node_kind.h"

namespace headgate::policy {

// The kinds of scorers that a gate may name, in the order of menus.
QStringList knownScorerKinds();
// The options of one kind of scorer beside "kind" and "weight"; empty for an unknown kind.
QList<Field> scorerOptions(const QString &kind);
// "log-probability": as sentences and lists call the kind; the id itself where it is unknown.
QString scorerLabel(const QString &kind);

} // namespace headgate::policy
