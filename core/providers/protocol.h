#pragma once

#include "core/common/json.h"
#include "core/providers/embedding.h"
#include "core/providers/endpoint.h"
#include "core/providers/http_transport.h"
#include "core/providers/provider.h"
#include "core/providers/response_reader.h"

namespace headgate::providers {

// One request as a protocol writes it. Authentication and limits are added to it elsewhere.
struct EncodedCall
{
    QUrl url;
    std::optional<QByteArray> body{}; // none: a GET
    QByteArray accept = "application/json";
    QList<HttpHeader> headers{}; // besides those of every call
};

// What sets one provider protocol apart from the others. Holds nothing of a call, so that one
// object serves all calls of a provider.
class Protocol
{
public:
    virtual ~Protocol() = default;

    // Parameters are named as OpenAI names them and are brought to the protocol's own names; what
    // has no counterpart there is left out, and what the protocol alone knows is handed on.
    // Unavailable, with a sentence, where a message holds what the protocol cannot carry.
    virtual Result<EncodedCall> chat(const CompletionRequest &request,
                                     const Endpoint &endpoint) const = 0;
    virtual std::unique_ptr<ResponseReader> reader(const Endpoint &endpoint) const = 0;

    // The list of models; `page` is what the page before named as the next one.
    virtual EncodedCall models(const Endpoint &endpoint, const QString &page) const = 0;
    struct ModelPage
    {
        QList<OfferedModel> models;
        QString next; // empty: this is the last one
    };
    // None where the answer is no such list.
    virtual std::optional<ModelPage> modelsIn(const Json &answer) const = 0;

    // How many texts one call may hold; 0: the protocol has no embeddings.
    virtual qsizetype mostTextsPerCall() const { return 0; }
    virtual Result<EncodedCall> embed(const EmbeddingRequest &request,
                                      const Endpoint &endpoint) const;
    // One vector a text, in their order; empty ones where the answer holds none. None where the
    // answer is of another form.
    virtual std::optional<Embeddings> embeddingsIn(const simdjson::dom::element &answer,
                                                   const Endpoint &endpoint) const;
};

// The limit at `key` of a model in a list; none where it is absent or no number of tokens.
std::optional<qint64> tokenLimitAt(const Json &model, const char *key);

} // namespace headgate::providers
