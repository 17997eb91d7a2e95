#pragma once

#include "core/providers/protocol.h"

namespace headgate::providers {

// Anthropic's Messages, at {base}/v1/messages.
class AnthropicProtocol final : public Protocol
{
public:
    Result<EncodedCall> chat(const CompletionRequest &request,
                             const Endpoint &endpoint) const override;
    std::unique_ptr<ResponseReader> reader(const Endpoint &endpoint) const override;
    EncodedCall models(const Endpoint &endpoint, const QString &page) const override;
    std::optional<ModelPage> modelsIn(const Json &answer) const override;
};

} // namespace headgate::providers
