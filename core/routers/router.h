#pragma once

#include "core/policy/node_kind.h"
#include "core/policy/query.h"

#include <QMap>

#include <functional>
#include <memory>

namespace headgate::routers {

// Where a query goes, and why in one short sentence for the trace.
struct Decision
{
    qint32 port = -1; // index into the node's out ports
    QString why;      // "contains “refund”", "weight 0.7, drawn 0.31"
    std::optional<double> score;
};

// A decision before a model is called. Immutable after construction, so one instance may be used
// from several threads at once; the same query gives the same decision.
class Router
{
public:
    virtual ~Router() = default;
    [[nodiscard]] virtual Result<Decision> decide(const policy::Query &query) const = 0;
};

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

private:
    QMap<QString, Factory> m_factories;
};

RouterRegistry builtinRouters(); // one visible list

} // namespace headgate::routers
