#pragma once

#include "core/common/clock.h"
#include "core/providers/key_source.h"
#include "core/providers/protocol.h"

namespace headgate::providers {

// A provider behind one of the protocols. The key is asked for at each call and kept no longer than
// that.
class ProtocolProvider final : public Provider, public EmbeddingEndpoint
{
public:
    // Clock and keys outlive it.
    ProtocolProvider(Endpoint endpoint, std::unique_ptr<Protocol> protocol, Clock &clock,
                     const KeySource &keys);

    QCoro::Task<CallResult> complete(CompletionRequest request, std::stop_token stop) override;
    QCoro::Task<Result<QStringList>> listModels(std::stop_token stop) override;
    QCoro::Task<Result<QList<OfferedModel>>> offeredModels(std::stop_token stop) override;
    QCoro::Task<Result<Embeddings>> embed(EmbeddingRequest request, std::stop_token stop) override;

private:
    QCoro::Task<Result<Protocol::ModelPage>> modelPage(QString page, SecretKey key,
                                                       std::stop_token stop);
    QCoro::Task<Result<Embeddings>> embedBatch(EmbeddingRequest request, SecretKey key,
                                               std::stop_token stop);

    Endpoint m_endpoint;
    std::unique_ptr<Protocol> m_protocol;
    Clock &m_clock;
    const KeySource &m_keys;
    HttpTransport m_transport;
};

} // namespace headgate::providers
