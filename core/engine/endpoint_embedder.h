#pragma once

#include "core/engine/provider_directory.h"
#include "core/engine/text_embedder.h"
#include "core/providers/embedding.h"

#include <QHash>

#include <map>

namespace headgate::engine {

// Embeds by the configured providers: "endpoint:PROVIDER/MODEL" names one of them and the model
// that it is asked for. Vectors are of length one, or zeros. What was embedded is kept in memory
// and not paid again; a call that failed for a passing reason is tried once more.
class EndpointEmbedder final : public TextEmbedder
{
public:
    // All three outlive it.
    EndpointEmbedder(ProviderDirectory &providers, Clock &clock,
                     const providers::KeySource &keys = providers::environmentKeys());

    QCoro::Task<Result<EmbeddedTexts>> embed(QString embedder, QStringList texts,
                                             std::stop_token stop) override;

private:
    struct Client
    {
        providers::Endpoint endpoint;
        std::unique_ptr<providers::EmbeddingEndpoint> calls;
    };
    using Vectors = QHash<QString, QList<float>>; // by text

    Result<providers::EmbeddingEndpoint *> clientOf(const ProviderDirectory::Entry &entry);
    Result<> keep(const QString &embedder, const QStringList &texts,
                  const providers::Embeddings &embedded);
    learning::DenseMatrix vectorsOf(const QString &embedder, const QStringList &texts) const;

    ProviderDirectory &m_providers;
    Clock &m_clock;
    const providers::KeySource &m_keys;
    std::map<QString, Client> m_clients;
    std::vector<Client> m_replaced;  // calls may still be on their way
    QHash<QString, Vectors> m_known; // by embedder
};

} // namespace headgate::engine
