#pragma once

#include "core/learning/linear_heads.h"

namespace headgate::learning {

// The heads in an artifact that describedArtifact() began. `answering`: in a scorer, whose answers
// each head but the first judges.
void addLinearHeads(Artifact &artifact, const LinearHeads &heads,
                    const QStringList &answering = {});

// The model of such an artifact. Damaged where a part is missing, of a wrong size or not finite.
[[nodiscard]] Result<std::unique_ptr<PromptModel>> loadLinearModel(const Artifact &artifact);

} // namespace headgate::learning
