#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/policy/policy_validation.h"

namespace headgate::engine {

// What is wrong with the trained files that the nodes of a policy name, which takes reading them:
// not there, damaged, of another kind, with other labels or models. One problem a node at most
// ("artifact-unusable"), with a mend where the file's labels can be taken over. Nodes that take no
// part, and those that validation finds fault with already, are left out. Takes a while: off the
// GUI thread.
[[nodiscard]] QList<policy::Problem> checkArtifacts(const policy::PolicyDocument &document,
                                                    const learning::ArtifactShelf &artifacts);

} // namespace headgate::engine
