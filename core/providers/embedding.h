#pragma once

#include "core/catalog/token_usage.h"
#include "core/common/clock.h"
#include "core/providers/key_source.h"

#include <QList>
#include <QStringList>

#include <qcoro/qcorotask.h>

#include <memory>
#include <optional>
#include <stop_token>

namespace headgate::providers {

struct EmbeddingRequest
{
    QString model;
    QStringList texts;
    std::optional<int> dimensions; // none: as many as the model has
};

struct Embeddings
{
    QList<QList<float>> vectors; // one a text, in the order of the texts, all of one length
    QString servedModel;         // may differ from the one asked for; empty where none was told
    catalog::TokenUsage usage;
    std::optional<Money> reportedCost; // where the provider says what it charged
};

// One configured endpoint that turns texts into vectors. Lives on one thread and is used there;
// calls may overlap. Vectors of different models are not to be compared: keep the model's name and
// the number of dimensions with them.
class EmbeddingEndpoint
{
public:
    virtual ~EmbeddingEndpoint() = default;
    // Sends as many calls as the protocol's batches need, one after the other, and never one again;
    // all of the texts or none. The endpoint outlives the task.
    virtual QCoro::Task<Result<Embeddings>> embed(EmbeddingRequest request,
                                                  std::stop_token stop) = 0;
};

// UnknownKind names the protocols that there are; Unavailable: this one has no embeddings. The
// clock and the source of keys outlive the endpoint.
Result<std::unique_ptr<EmbeddingEndpoint>>
makeEmbeddingEndpoint(const Endpoint &endpoint, Clock &clock,
                      const KeySource &keys = environmentKeys());

} // namespace headgate::providers
