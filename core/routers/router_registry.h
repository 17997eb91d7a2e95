#pragma once

#include "core/common/kind_registry.h"
#include "core/learning/artifact_shelf.h"
#include "core/policy/policy_document.h"
#include "core/routers/router.h"

#include <functional>
#include <memory>

namespace headgate::routers {

// What the router of a node is made from.
struct RouterParts
{
    const Json &config;                 // of the node
    const QStringList &ports;           // names of its out ports, in order
    const QList<policy::Model> &models; // of the policy
};
using RouterFactory = std::function<Result<std::unique_ptr<Router>>(const RouterParts &parts)>;

class RouterRegistry final : public KindRegistry<RouterFactory>
{
public:
    // UnknownKind names the known ones; NeedsTraining and Unavailable for what cannot run yet.
    // Takes a while where an artifact is read: then off the GUI thread.
    [[nodiscard]] Result<std::unique_ptr<Router>>
    create(const QString &kind, const Json &config, const QStringList &ports,
           const QList<policy::Model> &models = {}) const;
};

// One visible list. Trained routers take their artifacts from the shelf.
RouterRegistry builtinRouters(const learning::ArtifactShelf &artifacts = {});

} // namespace headgate::routers
