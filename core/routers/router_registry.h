#pragma once

#include "core/common/kind_registry.h"
#include "core/routers/router.h"

#include <functional>
#include <memory>

namespace headgate::routers {

// Makes the router of a node: `config` is the node's, `ports` its out ports' names in order.
using RouterFactory =
    std::function<Result<std::unique_ptr<Router>>(const Json &config, const QStringList &ports)>;

class RouterRegistry final : public KindRegistry<RouterFactory>
{
public:
    // UnknownKind names the known ones; NeedsTraining and Unavailable for what cannot run yet.
    [[nodiscard]] Result<std::unique_ptr<Router>> create(const QString &kind, const Json &config,
                                                         const QStringList &ports) const;
};

RouterRegistry builtinRouters(); // one visible list

} // namespace headgate::routers
