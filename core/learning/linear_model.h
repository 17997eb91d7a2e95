#pragma once

#include "core/learning/linear_heads.h"

namespace headgate::learning {

// Puts the heads into an artifact that describedArtifact() began.
void addLinearHeads(Artifact &artifact, const LinearHeads &heads);

// The model of such an artifact. Damaged where a part is missing, of a wrong size or not finite.
[[nodiscard]] Result<std::unique_ptr<PromptModel>> loadLinearModel(const Artifact &artifact);

} // namespace headgate::learning
