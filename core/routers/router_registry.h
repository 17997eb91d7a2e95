#pragma once

#include "core/routers/router.h"

#include <QMap>
#include <QStringList>

#include <functional>
#include <memory>

namespace headgate::routers {

// Makes the router of a node: `config` is the node's, `ports` its out ports' names in order.
class RouterRegistry
{
public:
    using Factory = std::function<Result<std::unique_ptr<Router>>(const Json &config,
                                                                  const QStringList &ports)>;
    void add(const QString &kind, Factory factory); // asserts that the kind is new
    // UnknownKind names the known ones; NeedsTraining and Unavailable for what cannot run yet.
    [[nodiscard]] Result<std::unique_ptr<Router>> create(const QString &kind, const Json &config,
                                                         const QStringList &ports) const;
    QStringList kinds() const { return m_factories.keys(); }

private:
    QMap<QString, Factory> m_factories; // ordered: error texts list kinds stably
};

RouterRegistry builtinRouters(); // one visible list

} // namespace headgate::routers
