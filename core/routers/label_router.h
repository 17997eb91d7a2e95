#pragma once

#include "core/learning/artifact_shelf.h"
#include "core/routers/router_registry.h"

namespace headgate::routers {

// Sends a query by the label that a trained model gives it; the ports are the labels and then
// "unsure". There go prompts of no label that is as likely as config's "floor", and those that are
// less familiar than "least_familiarity". Fails where the artifact cannot be used, or its labels
// are not those of the node.
[[nodiscard]] Result<std::unique_ptr<Router>>
makeLabelRouter(const RouterParts &parts, const learning::ArtifactShelf &artifacts,
                double defaultFloor);

} // namespace headgate::routers
