#pragma once

#include "core/providers/protocol.h"

namespace headgate::providers {

// Ollama's own protocol, at {base}/api/chat.
class OllamaProtocol final : public Protocol
{
public:
    Result<EncodedCall> chat(const CompletionRequest &request,
                             const Endpoint &endpoint) const override;
    std::unique_ptr<ResponseReader> reader(const Endpoint &endpoint) const override;
    EncodedCall models(const Endpoint &endpoint, const QString &page) const override;
    std::optional<ModelPage> modelsIn(const Json &answer) const override;

    qsizetype mostTextsPerCall() const override { return 256; }
    Result<EncodedCall> embed(const EmbeddingRequest &request,
                              const Endpoint &endpoint) const override;
    std::optional<Embeddings> embeddingsIn(const simdjson::dom::element &answer,
                                           const Endpoint &endpoint) const override;
};

} // namespace headgate::providers
