#include "core/engine/endpoint_embedder.h"

#include "core/engine/texts.h"

#include <cmath>

namespace headgate::engine {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype kMostKept = 20'000; // texts of one embedder
constexpr std::chrono::milliseconds kBackOff = 500ms;

struct Named
{
    QString provider;
    QString model;
};

std::optional<Named> namedBy(const QString &embedder)
{
    const QString prefix = u"endpoint:"_s;
    const qsizetype slash = embedder.indexOf(u'/');
    if (!embedder.startsWith(prefix) || slash <= prefix.size() || slash + 1 == embedder.size())
        return std::nullopt;
    return Named{embedder.mid(prefix.size(), slash - prefix.size()), embedder.mid(slash + 1)};
}

// As models were trained on them (core/embedding): of length one, or zeros.
QList<float> unitVector(QList<float> vector)
{
    double squares = 0;
    for (const float value : std::as_const(vector))
        squares += double(value) * double(value);
    if (!(squares > 0) || !std::isfinite(squares))
        return QList<float>(vector.size(), 0.0F);
    const double length = std::sqrt(squares);
    for (float &value : vector)
        value = float(double(value) / length);
    return vector;
}

} // namespace

EndpointEmbedder::EndpointEmbedder(ProviderDirectory &providers, Clock &clock,
                                   const providers::KeySource &keys)
    : m_providers(providers)
    , m_clock(clock)
    , m_keys(keys)
{
}

Result<providers::EmbeddingEndpoint *>
EndpointEmbedder::clientOf(const ProviderDirectory::Entry &entry)
{
    const auto known = m_clients.find(entry.endpoint.name);
    if (known != m_clients.end() && known->second.endpoint == entry.endpoint)
        return known->second.calls.get();
    auto made = providers::makeEmbeddingEndpoint(entry.endpoint, m_clock, m_keys);
    if (!made)
        return tl::unexpected(std::move(made).error());
    if (known != m_clients.end())
        m_replaced.push_back(std::move(known->second));
    Client &client = m_clients[entry.endpoint.name];
    client = {entry.endpoint, std::move(*made)};
    return client.calls.get();
}

QCoro::Task<Result<EmbeddedTexts>> EndpointEmbedder::embed(QString embedder, QStringList texts,
                                                           std::stop_token stop)
{
    const auto named = namedBy(embedder);
    const ProviderDirectory::Entry *entry = named ? m_providers.find(named->provider) : nullptr;
    if (!entry)
        co_return fail(ErrorCode::NotFound,
                       named ? Texts::tr("The embedder “%1” needs the provider “%2”, which is not "
                                         "configured.")
                                   .arg(embedder, named->provider)
                             : Texts::tr("There is no embedder “%1”; one of a provider is called "
                                         "“endpoint:PROVIDER/MODEL”.")
                                   .arg(embedder));
    EmbeddedTexts result;
    result.provider = named->provider;
    result.model = named->model;
    QStringList missing;
    for (const QString &text : std::as_const(texts)) {
        if (!m_known[embedder].contains(text) && !missing.contains(text))
            missing.append(text);
    }
    if (!missing.isEmpty()) {
        const auto client = clientOf(*entry);
        if (!client)
            co_return tl::unexpected(client.error());
        result.called = true;
        result.simulated = entry->endpoint.simulated;
        Result<providers::Embeddings> embedded;
        for (int attempt = 1; attempt <= 2; ++attempt) {
            if (attempt > 1) {
                auto pause = m_clock.sleep(kBackOff, stop);
                co_await pause;
            }
            providers::EmbeddingRequest request{
                .model = named->model, .texts = missing, .dimensions = {}};
            auto task = (*client)->embed(std::move(request), stop);
            embedded = co_await task;
            if (embedded || !embedded.error().isRetryable() || stop.stop_requested())
                break;
        }
        if (!embedded)
            co_return tl::unexpected(embedded.error());
        if (const auto kept = keep(embedder, missing, *embedded); !kept)
            co_return tl::unexpected(kept.error());
        result.servedModel = embedded->servedModel;
        result.usage = embedded->usage;
        result.reportedCost = embedded->reportedCost;
    }
    result.vectors = vectorsOf(embedder, texts);
    if (result.vectors.rows() != texts.size())
        co_return fail(ErrorCode::Protocol,
                       Texts::tr("The embedder “%1” now returns vectors of another length; ask "
                                 "again.")
                           .arg(embedder));
    co_return result;
}

// Vectors of another length than before are another model's: those of before are of no use.
Result<> EndpointEmbedder::keep(const QString &embedder, const QStringList &texts,
                                const providers::Embeddings &embedded)
{
    if (embedded.vectors.size() != texts.size() || embedded.vectors.constFirst().isEmpty())
        return fail(ErrorCode::Protocol,
                    Texts::tr("The embedder “%1” returned no vector for each text.").arg(embedder));
    Vectors &known = m_known[embedder];
    const bool other =
        !known.isEmpty() && known.constBegin()->size() != embedded.vectors.constFirst().size();
    if (other || known.size() + texts.size() > kMostKept)
        known.clear();
    for (qsizetype i = 0; i < texts.size(); ++i)
        known.insert(texts[i], unitVector(embedded.vectors[i]));
    return {};
}

// Fewer rows than texts where one of them is not known.
learning::DenseMatrix EndpointEmbedder::vectorsOf(const QString &embedder,
                                                  const QStringList &texts) const
{
    learning::DenseMatrix matrix;
    const Vectors known = m_known.value(embedder);
    for (const QString &text : texts) {
        const QList<float> vector = known.value(text);
        if (vector.isEmpty())
            return {};
        matrix.columns = vector.size();
        matrix.values.insert(matrix.values.end(), vector.cbegin(), vector.cend());
    }
    return matrix;
}

} // namespace headgate::engine
