#pragma once

#include "core/policy/policy_validation.h"

namespace headgate::policy {

// Fields of kinds that decide by what training wrote.

Field artifactField(const QString &label, const FieldCondition &onlyWhen = {});
// Below it a query counts as unlike what was trained on and takes the port that `help` names.
Field familiarityField(const QString &help, const FieldCondition &onlyWhen = {});

// "needs-training": the node names no trained file.
void checkArtifactGiven(const Node &node, QList<Problem> &problems);

} // namespace headgate::policy
