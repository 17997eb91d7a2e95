#pragma once

#include "core/policy/policy_document.h"

#include <QSet>

namespace headgate::ui {

// The nodes that a query could reach if no node were muted, and cannot as it is. Muted nodes
// themselves are not among them; a bypassed node hands on along its main port only.
QSet<policy::NodeId> cutOffNodes(const policy::PolicyDocument &document);

} // namespace headgate::ui
