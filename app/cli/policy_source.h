#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/policy/policy_format.h"

namespace headgate::cli {

// Reads a policy file; "example:NAME" is one of the bundled examples. An unknown example's error
// lists the known ones.
Result<policy::LoadedPolicy> loadPolicy(const QString &source);

// The trained files that lie beside it; an example has none.
learning::ArtifactShelf artifactsBeside(const QString &source);
// Writes the policy, and the trained files that it names beside it.
Result<> writePolicy(const policy::PolicyDocument &document, const QString &path,
                     const learning::ArtifactShelf &artifacts);

} // namespace headgate::cli
