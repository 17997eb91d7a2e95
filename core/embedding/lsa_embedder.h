#pragma once

#include "core/embedding/embedder.h"
#include "core/learning/latent_space.h"

#include <memory>

namespace headgate::embedding {

// The built-in one: latent semantic analysis of the texts that it was trained
// on. No download, no call, no cost; it knows the words of those texts alone.
class LsaEmbedder final : public Embedder {
public:
  explicit LsaEmbedder(std::shared_ptr<const learning::LatentSpace> space);

  QString name() const override;
  qsizetype size() const override { return m_space->size(); }
  QCoro::Task<Result<EmbeddedTexts>>
  embed(QStringList texts, std::stop_token stop, Progress progress) override;

private:
  std::shared_ptr<const learning::LatentSpace> m_space;
};

} // namespace headgate::embedding
