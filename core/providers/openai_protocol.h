#pragma once

#include "core/providers/protocol.h"

namespace headgate::providers {

// OpenAI's chat completions, as its whole family of servers speaks them.
class OpenAiProtocol : public Protocol
{
public:
    Result<EncodedCall> chat(const CompletionRequest &request,
                             const Endpoint &endpoint) const override;
    std::unique_ptr<ResponseReader> reader(const Endpoint &endpoint) const override;
    EncodedCall models(const Endpoint &endpoint, const QString &page) const override;
    std::optional<ModelPage> modelsIn(const Json &answer) const override;

    qsizetype mostTextsPerCall() const override { return 2048; }
    Result<EncodedCall> embed(const EmbeddingRequest &request,
                              const Endpoint &endpoint) const override;
    std::optional<Embeddings> embeddingsIn(const simdjson::dom::element &answer,
                                           const Endpoint &endpoint) const override;

protected:
    // Where a call of one model goes; `path` is "/chat/completions" or "/embeddings".
    virtual QUrl callUrl(const Endpoint &endpoint, const QString &model, const QString &path) const;
    virtual QUrl modelsUrl(const Endpoint &endpoint) const;
};

// Azure OpenAI as it was before its v1: each deployment has a path of its own, and the version of
// the API is part of every URL. The model of a request is the deployment's name, unless the base
// URL names a deployment itself.
class AzureProtocol final : public OpenAiProtocol
{
protected:
    QUrl callUrl(const Endpoint &endpoint, const QString &model,
                 const QString &path) const override;
    QUrl modelsUrl(const Endpoint &endpoint) const override;
};

} // namespace headgate::providers
