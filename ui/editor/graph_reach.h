#pragma once

#include "core/policy/policy_document.h"

#include <QSet>

namespace headgate::ui {

enum class Reach { Upstream, Downstream };

// The nodes themselves and everything that wires lead to from them, or that leads to them.
QSet<policy::NodeId> reachOf(const policy::PolicyDocument &document,
                             const QList<policy::NodeId> &nodes, Reach reach);

} // namespace headgate::ui
