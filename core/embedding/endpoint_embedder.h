#pragma once

#include "core/embedding/embedder.h"
#include "core/embedding/embedding_cache.h"
#include "core/providers/embedding.h"

#include <memory>

namespace headgate::embedding {

// How much of a text is sent: what any embedding model takes (8,191 tokens at
// OpenAI), whatever the script.
inline constexpr qsizetype kEmbeddedSample = 8'000; // UTF-16 units
inline constexpr qsizetype kTextsACall =
    96; // at most; protocols may take fewer

// A model of a provider that turns texts into vectors (OpenAI-compatible,
// Gemini, Ollama), asked for what the cache does not hold. Equal texts are
// asked once and empty ones never. No call is sent again: what came before one
// failed is kept, so that asking again goes on from there.
class EndpointEmbedder final : public Embedder {
public:
  // `size` is what vectors have to have; 0: what the first answer has, and all
  // after it. Fails as makeEmbeddingEndpoint() does. Clock and keys outlive the
  // embedder.
  static Result<std::unique_ptr<EndpointEmbedder>>
  make(const providers::Endpoint &endpoint, const QString &model,
       qsizetype size, EmbeddingCache cache, Clock &clock,
       const providers::KeySource &keys = providers::environmentKeys());

  QString name() const override;
  qsizetype size() const override { return m_size; }
  // Protocol: an answer that does not fit, vectors of another size above all.
  QCoro::Task<Result<EmbeddedTexts>>
  embed(QStringList texts, std::stop_token stop, Progress progress) override;

private:
  // A text that differs from all others of the list.
  struct Wanted {
    QString text;
    QByteArray key;
    QList<float> vector{}; // empty: not there yet
  };
  struct Asked {
    QList<Wanted> texts;
    QList<qsizetype>
        places; // of each text of the list among those; -1: an empty one
  };

  EndpointEmbedder(const providers::Endpoint &endpoint, QString model,
                   qsizetype size, EmbeddingCache cache,
                   std::unique_ptr<providers::EmbeddingEndpoint> client);
  Asked sorted(const QStringList &texts) const;
  QCoro::Task<> readCache(QList<Wanted> *wanted, std::stop_token stop) const;
  QCoro::Task<Result<>> ask(QList<Wanted> *wanted, EmbeddedTexts *embedded,
                            std::stop_token stop, Progress progress);
  static void addUsage(const catalog::TokenUsage &told,
                       const QList<Wanted> &wanted,
                       const QList<qsizetype> &batch,
                       catalog::TokenUsage &usage);
  Result<> take(const providers::Embeddings &answer, QList<Wanted> &wanted,
                const QList<qsizetype> &batch, EmbeddedTexts &embedded);
  Result<> checkSize(qsizetype size);

  providers::Endpoint m_endpoint;
  QString m_model;
  qsizetype m_size;
  EmbeddingCache m_cache;
  std::unique_ptr<providers::EmbeddingEndpoint> m_client;
};

} // namespace headgate::embedding
