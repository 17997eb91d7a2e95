#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/scorers/scorer.h"

namespace headgate::scorers {

// {"artifact": file}: how likely the answer is right, by a model trained on graded answers. Fails
// where the artifact cannot be used or predicts something else.
[[nodiscard]] Result<std::unique_ptr<Scorer>>
makeTrainedScorer(const Json &options, const learning::ArtifactShelf &artifacts);

} // namespace headgate::scorers
