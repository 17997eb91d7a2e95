#pragma once

#include "core/catalog/token_usage.h"
#include "core/common/result.h"
#include "core/learning/matrix.h"

#include <QStringList>

#include <qcoro/qcorotask.h>

#include <optional>
#include <stop_token>

namespace headgate::engine {

// Texts as an embedder sees them, and what that took.
struct EmbeddedTexts
{
    learning::DenseMatrix vectors; // one row a text, in their order
    bool called = false;           // an endpoint was asked; false: all were known, and it is free
    // Of the call:
    QString provider{};
    QString model{}; // the provider's id
    QString servedModel{};
    catalog::TokenUsage usage{};
    std::optional<Money> reportedCost{}; // where the provider says what it charged
    bool simulated = false;              // the simulated fleet answered
};

// Whom the engine asks for the embeddings that routers want. Lives on the engine's thread.
class TextEmbedder
{
public:
    virtual ~TextEmbedder() = default;
    // `embedder` as Router::embedder() names it. NotFound where there is none of that name. All of
    // the texts or none. Ends soon after `stop` is requested; the embedder outlives the task.
    virtual QCoro::Task<Result<EmbeddedTexts>> embed(QString embedder, QStringList texts,
                                                     std::stop_token stop) = 0;
};

} // namespace headgate::engine
