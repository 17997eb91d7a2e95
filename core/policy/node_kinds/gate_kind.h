#pragma once

#include "core/policy/node_kind.h"

namespace headgate::policy {

// The kinds of scorers that a gate may name, in the order of menus.
QStringList knownScorerKinds();
// What a judge goes by where the gate gives it no rubric. Not translated: a model reads it.
QString usualRubric();
// The options of one kind of scorer beside "kind" and "weight"; empty for an unknown kind.
QList<Field> scorerOptions(const QString &kind);
// "log-probability": as sentences and lists call the kind; the id itself where it is unknown.
QString scorerLabel(const QString &kind);

} // namespace headgate::policy
