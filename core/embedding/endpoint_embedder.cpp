#include "core/embedding/endpoint_embedder.h"

#include "core/embedding/embedder_name.h"
#include "core/embedding/pause.h"
#include "core/embedding/texts.h"
#include "core/text/token_estimate.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace headgate::embedding {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kEntriesAStep =
    64; // of the cache: takes a few milliseconds

QString sampleOf(const QString &text) {
  if (text.size() <= kEmbeddedSample)
    return text.trimmed();
  const bool halves = text[kEmbeddedSample - 1].isHighSurrogate();
  return text.first(halves ? kEmbeddedSample - 1 : kEmbeddedSample).trimmed();
}

// The vector at length one; one of zeros stays as it is.
void copyAtLengthOne(const QList<float> &vector, std::span<float> into) {
  double square = 0;
  for (const float number : vector)
    square += double(number) * double(number);
  const double length = std::sqrt(square);
  for (size_t i = 0; i < into.size(); ++i)
    into[i] = length > 0 ? float(double(vector[qsizetype(i)]) / length) : 0.0F;
}

tl::unexpected<Error> stopped() {
  return fail(ErrorCode::Cancelled, Texts::tr("Stopped."));
}

} // namespace

Result<std::unique_ptr<EndpointEmbedder>> EndpointEmbedder::make(
    const providers::Endpoint &endpoint, const QString &model, qsizetype size,
    EmbeddingCache cache, Clock &clock, const providers::KeySource &keys) {
  return providers::makeEmbeddingEndpoint(endpoint, clock, keys)
      .map([&](std::unique_ptr<providers::EmbeddingEndpoint> client) {
        return std::unique_ptr<EndpointEmbedder>(new EndpointEmbedder(
            endpoint, model, size, std::move(cache), std::move(client)));
      });
}

EndpointEmbedder::EndpointEmbedder(
    const providers::Endpoint &endpoint, QString model, qsizetype size,
    EmbeddingCache cache, std::unique_ptr<providers::EmbeddingEndpoint> client)
    : m_endpoint(endpoint), m_model(std::move(model)), m_size(size),
      m_cache(std::move(cache)), m_client(std::move(client)) {}

QString EndpointEmbedder::name() const {
  return endpointEmbedder({m_endpoint.name, m_model});
}

EndpointEmbedder::Asked
EndpointEmbedder::sorted(const QStringList &texts) const {
  const QString server =
      m_endpoint.protocol + u' ' + m_endpoint.baseUrl.toString();
  Asked asked;
  QHash<QByteArray, qsizetype> places;
  for (const QString &text : texts) {
    Wanted wanted{sampleOf(text), {}};
    if (wanted.text.isEmpty()) {
      asked.places.append(-1);
      continue;
    }
    wanted.key = EmbeddingCache::keyOf(server, m_model, wanted.text);
    auto place = places.constFind(wanted.key);
    if (place == places.cend()) {
      place = places.insert(wanted.key, asked.texts.size());
      asked.texts.append(std::move(wanted));
    }
    asked.places.append(*place);
  }
  return asked;
}

// Vectors of another size than the embedder's count as absent; where that is
// not known yet, of another size than the first that is found.
QCoro::Task<> EndpointEmbedder::readCache(QList<Wanted> *wanted,
                                          std::stop_token stop) const {
  qsizetype size = m_size;
  for (qsizetype at = 0; at < wanted->size() && !stop.stop_requested(); ++at) {
    if (at > 0 && at % kEntriesAStep == 0) {
      auto pause = letOthersRun();
      co_await pause;
    }
    const std::optional<QList<float>> vector = m_cache.find((*wanted)[at].key);
    if (!vector || (size > 0 && vector->size() != size))
      continue;
    size = vector->size();
    (*wanted)[at].vector = *vector;
  }
}

Result<> EndpointEmbedder::checkSize(qsizetype size) {
  if (m_size > 0 && size != m_size)
    return fail(
        ErrorCode::Protocol,
        Texts::tr(
            "“%1” of “%2” now returns vectors of %3 numbers instead of %4, "
            "which "
            "cannot be compared: name the model that was used before, or train "
            "again.")
            .arg(m_model, m_endpoint.name)
            .arg(size)
            .arg(m_size));
  m_size = size;
  return {};
}

// Gemini tells no tokens of embeddings, nor do some servers of OpenAI's kind.
void EndpointEmbedder::addUsage(const catalog::TokenUsage &told,
                                const QList<Wanted> &wanted,
                                const QList<qsizetype> &batch,
                                catalog::TokenUsage &usage) {
  usage.freshInput += told.freshInput;
  usage.estimated = usage.estimated || told.estimated || told.freshInput <= 0;
  if (told.freshInput > 0)
    return;
  for (const qsizetype at : batch)
    usage.freshInput += text::estimateTokens(wanted[at].text);
}

Result<> EndpointEmbedder::take(const providers::Embeddings &answer,
                                QList<Wanted> &wanted,
                                const QList<qsizetype> &batch,
                                EmbeddedTexts &embedded) {
  embedded.called = true;
  embedded.servedModel = answer.servedModel;
  addUsage(answer.usage, wanted, batch, embedded.usage);
  if (answer.reportedCost)
    embedded.reportedCost =
        embedded.reportedCost.value_or(Money()) + *answer.reportedCost;
  const Result<> fits = checkSize(answer.vectors.first().size());
  if (!fits)
    return fits;
  for (qsizetype i = 0; i < batch.size(); ++i) {
    wanted[batch[i]].vector = answer.vectors[i];
    m_cache.keep(wanted[batch[i]].key, answer.vectors[i]);
  }
  // The cache held those of a former model: they are not to be mixed with
  // these.
  for (Wanted &each : wanted) {
    if (!each.vector.isEmpty() && each.vector.size() != m_size)
      each.vector.clear();
  }
  return {};
}

QCoro::Task<Result<>> EndpointEmbedder::ask(QList<Wanted> *wanted,
                                            EmbeddedTexts *embedded,
                                            std::stop_token stop,
                                            Progress progress) {
  for (;;) {
    QList<qsizetype> batch;
    providers::EmbeddingRequest request;
    request.model = m_model;
    qsizetype absent = 0;
    for (qsizetype at = 0; at < wanted->size(); ++at) {
      if (!(*wanted)[at].vector.isEmpty())
        continue;
      ++absent;
      if (batch.size() < kTextsACall) {
        batch.append(at);
        request.texts.append((*wanted)[at].text);
      }
    }
    if (progress)
      progress(wanted->size() - absent);
    if (batch.isEmpty())
      co_return Result<>();
    if (stop.stop_requested())
      co_return stopped();
    auto task = m_client->embed(std::move(request), stop);
    const Result<providers::Embeddings> answer = co_await task;
    if (stop.stop_requested())
      co_return stopped();
    if (!answer)
      co_return tl::unexpected(answer.error());
    const Result<> taken = take(*answer, *wanted, batch, *embedded);
    if (!taken)
      co_return taken;
  }
}

QCoro::Task<Result<EmbeddedTexts>> EndpointEmbedder::embed(QStringList texts,
                                                           std::stop_token stop,
                                                           Progress progress) {
  EmbeddedTexts embedded;
  embedded.provider = m_endpoint.name;
  embedded.model = m_model;
  embedded.simulated = m_endpoint.simulated;
  Asked asked = sorted(texts);
  auto reading = readCache(&asked.texts, stop);
  co_await reading;
  auto asking = ask(&asked.texts, &embedded, stop, std::move(progress));
  const Result<> done = co_await asking;
  if (!done)
    co_return tl::unexpected(done.error());
  if (!asked.texts.isEmpty()) {
    const Result<> fits = checkSize(asked.texts.first().vector.size());
    if (!fits)
      co_return tl::unexpected(fits.error());
  }
  if (m_size == 0 && !texts.isEmpty())
    co_return fail(ErrorCode::InvalidInput,
                   Texts::tr("There is no text to embed."));
  embedded.vectors.columns = m_size;
  embedded.vectors.values.resize(size_t(texts.size() * m_size));
  for (qsizetype row = 0; row < texts.size(); ++row) {
    if (asked.places[row] >= 0)
      copyAtLengthOne(asked.texts[asked.places[row]].vector,
                      embedded.vectors.row(row));
  }
  co_return embedded;
}

} // namespace headgate::embedding
