#pragma once

#include "core/policy/query.h"

#include <optional>

namespace headgate::routers {

// Where a query goes, and why in one short sentence for the trace.
struct Decision
{
    qint32 port = -1; // index into the node's out ports
    QString why;      // "contains “refund”", "weight 0.7 of 1"
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

} // namespace headgate::routers
