#pragma once

#include "core/learning/matrix.h"
#include "core/policy/query.h"
#include "core/routers/model_figures.h"

#include <optional>
#include <span>

namespace headgate::routers {

// Where a query goes, and why in one short sentence for the trace.
struct Decision
{
    qint32 port = -1; // index into the node's out ports
    QString why;      // "contains “refund”", "weight 0.7 of 1"
    std::optional<double> score;
};

// What a router may read besides the query. All of it outlives the call.
struct RouterInputs
{
    // What the router's embedder() made of query.prompt(); empty where that failed.
    std::span<const float> embedding{};
    // The same of its references(), one a row; nullptr where that failed, or where it names none.
    const learning::DenseMatrix *references = nullptr;
    const ModelFigures *models = nullptr; // nullptr: nothing is known of them
    // Whether anybody reads `why`: a replay of many rows does not, and words cost more than the
    // decision.
    bool explained = true;
};

// A decision before a model is called. Immutable after construction, so one instance may be used
// from several threads at once; the same query and inputs give the same decision. Does no I/O:
// whom it has to ask, the engine asks for it.
class Router
{
public:
    virtual ~Router() = default;

    // Whose embeddings it decides by, where that takes a call; empty: it reads the query alone.
    virtual QString embedder() const { return {}; }
    // Texts that it compares the prompt with, to be embedded by the same.
    virtual QStringList references() const { return {}; }

    // A router that wants an embedding and gets none meets that as it can: with a port for the
    // unsure, or with an error.
    [[nodiscard]] virtual Result<Decision> decide(const policy::Query &query,
                                                  const RouterInputs &inputs) const = 0;
    // By the query alone.
    [[nodiscard]] Result<Decision> decide(const policy::Query &query) const
    {
        return decide(query, RouterInputs());
    }
};

} // namespace headgate::routers
