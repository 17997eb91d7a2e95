#include "core/embedding/lsa_embedder.h"

#include "core/embedding/embedder_name.h"
#include "core/embedding/pause.h"
#include "core/embedding/texts.h"

namespace headgate::embedding {

namespace {

constexpr qsizetype kTextsAStep = 64; // takes some milliseconds

} // namespace

LsaEmbedder::LsaEmbedder(std::shared_ptr<const learning::LatentSpace> space)
    : m_space(std::move(space)) {}

QString LsaEmbedder::name() const { return kLsa; }

QCoro::Task<Result<EmbeddedTexts>>
LsaEmbedder::embed(QStringList texts, std::stop_token stop, Progress progress) {
  const auto space = m_space;
  EmbeddedTexts embedded;
  embedded.vectors.columns = space->size();
  embedded.vectors.values.resize(size_t(texts.size() * space->size()));
  learning::FeatureRow row;
  for (qsizetype at = 0; at < texts.size(); ++at) {
    if (at > 0 && at % kTextsAStep == 0) {
      if (progress)
        progress(at);
      auto pause = letOthersRun();
      co_await pause;
    }
    if (stop.stop_requested())
      co_return fail(ErrorCode::Cancelled, Texts::tr("Stopped."));
    space->transform(texts[at], row, embedded.vectors.row(at));
  }
  if (progress)
    progress(texts.size());
  co_return embedded;
}

} // namespace headgate::embedding
