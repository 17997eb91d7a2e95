#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/routers/router_registry.h"

namespace headgate::routers {

// Sends a query to the candidate that promises most: expected quality against expected cost and
// latency (predictor_objective.h), among those that the limits leave. Limits and lists are the
// config's, and the tighter ones of the query's metadata: "max_cost_usd", "max_latency_s", "allow",
// "deny" (names of the policy's models, or the provider's ids). The last port, "none", is for a
// query that no candidate is left for, and for one that is unlike what the estimator was trained on.
[[nodiscard]] Result<std::unique_ptr<Router>>
makePredictorRouter(const RouterParts &parts, const learning::ArtifactShelf &artifacts);

} // namespace headgate::routers
