#pragma once

#include "core/policy/policy_document.h"

#include <QStringList>

namespace headgate::policy {

// The trained files that a node names, in its own fields and in its scorers', as they stand there:
// what is no proper name is among them. Without repetition.
QStringList artifactsNamedBy(const Node &node);
QStringList artifactsNamedBy(const PolicyDocument &document);

} // namespace headgate::policy
