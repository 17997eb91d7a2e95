#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/routers/router_registry.h"

namespace headgate::routers {

// Sends a query where the reference prompts most like it went: the config's own ("references", by
// the built-in embedder or one that takes a call), or those of a trained file
// ("source": "trained", "artifact").
[[nodiscard]] Result<std::unique_ptr<Router>>
makeNearestRouter(const RouterParts &parts, const learning::ArtifactShelf &artifacts);

} // namespace headgate::routers
