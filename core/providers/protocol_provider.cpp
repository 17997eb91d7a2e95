#include "core/providers/protocol_provider.h"

#include "core/providers/chat_call.h"
#include "core/providers/embedding_reply.h"
#include "core/providers/http_call.h"
#include "core/providers/model_list.h"
#include "core/providers/texts.h"
#include "core/providers/whole_body.h"

#include <new>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

constexpr int kMostPages = 100;

Result<SecretKey> usableKey(const KeySource &keys, const Endpoint &endpoint)
{
    Result<SecretKey> key = keys.keyOf(endpoint);
    if (!key)
        return key;
    const QByteArray &bytes = key->reveal();
    const bool printable =
        std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (printable)
        return key;
    return fail(ErrorCode::Unauthorized,
                endpoint.keyInKeyring
                    ? Texts::tr("The key of “%1” in the keyring is more than a key: there is a "
                                "space, a line break or another odd character in it.")
                          .arg(endpoint.name)
                    : Texts::tr("The environment variable %1 holds more than a key: there is a "
                                "space, a line break or another odd character in it.")
                          .arg(endpoint.keyVariable));
}

void addBatch(Embeddings &all, Embeddings some)
{
    all.vectors.append(some.vectors);
    all.servedModel = some.servedModel;
    all.usage.freshInput += some.usage.freshInput;
    all.usage.estimated = all.usage.estimated || some.usage.estimated;
    if (some.reportedCost)
        all.reportedCost = all.reportedCost.value_or(Money()) + *some.reportedCost;
}

} // namespace

ProtocolProvider::ProtocolProvider(Endpoint endpoint, std::unique_ptr<Protocol> protocol,
                                   Clock &clock, const KeySource &keys)
    : m_endpoint(std::move(endpoint))
    , m_protocol(std::move(protocol))
    , m_clock(clock)
    , m_keys(keys)
{
}

QCoro::Task<CallResult> ProtocolProvider::complete(CompletionRequest request, std::stop_token stop)
{
    Result<SecretKey> found = usableKey(m_keys, m_endpoint);
    const SecretKey key = found ? std::move(*found) : SecretKey();
    const FailureClassifier classifier(m_endpoint, key, m_clock);
    if (!found)
        co_return CallResult{{}, classifier.noKey(found.error().message)};
    HttpOutcome outcome;
    try {
        Result<EncodedCall> encoded = m_protocol->chat(request, m_endpoint);
        if (!encoded)
            co_return CallResult{{}, classifier.notExpressible(encoded.error().message)};
        ChatCall call(request, m_protocol->reader(m_endpoint), m_clock);
        HttpRequest http = httpRequestFor(m_endpoint, key, std::move(*encoded));
        http.deadline = request.deadline;
        auto sending = m_transport.send(std::move(http), &call, stop);
        outcome = co_await sending;
        co_return call.result(outcome, classifier);
    } catch (const std::bad_alloc &) {
        outcome.end = HttpEnd::NoMemory;
    }
    // What the call held is given back by now.
    co_return CallResult{{}, classifier.ofEnd(outcome, false)};
}

QCoro::Task<Result<Protocol::ModelPage>> ProtocolProvider::modelPage(QString page, SecretKey key,
                                                                     std::stop_token stop)
{
    const FailureClassifier classifier(m_endpoint, key, m_clock);
    WholeBody body;
    HttpRequest http = httpRequestFor(m_endpoint, key, m_protocol->models(m_endpoint, page));
    auto sending = m_transport.send(std::move(http), &body, stop);
    const HttpOutcome outcome = co_await sending;
    Result<QByteArray> bytes = body.result(outcome, classifier);
    if (!bytes)
        co_return tl::unexpected(std::move(bytes).error());
    co_return modelPageIn(*bytes, outcome, *m_protocol, classifier);
}

QCoro::Task<Result<QList<OfferedModel>>> ProtocolProvider::offeredModels(std::stop_token stop)
{
    Result<SecretKey> key = usableKey(m_keys, m_endpoint);
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    QList<OfferedModel> models;
    QSet<QString> seen;
    QString next;
    for (int pages = 0; pages < kMostPages; ++pages) {
        auto asking = modelPage(next, *key, stop);
        Result<Protocol::ModelPage> page = co_await asking;
        if (!page)
            co_return tl::unexpected(std::move(page).error());
        for (const OfferedModel &model : page->models) {
            if (!model.name.isEmpty() && !seen.contains(model.name)) {
                seen.insert(model.name);
                models.append(model);
            }
        }
        // A page that names itself as the next one would be read for ever.
        if (page->next.isEmpty() || page->next == next)
            break;
        next = page->next;
    }
    co_return models;
}

QCoro::Task<Result<QStringList>> ProtocolProvider::listModels(std::stop_token stop)
{
    auto asking = offeredModels(stop);
    Result<QList<OfferedModel>> models = co_await asking;
    if (!models)
        co_return tl::unexpected(std::move(models).error());
    QStringList names;
    for (const OfferedModel &model : *models)
        names.append(model.name);
    co_return names;
}

QCoro::Task<Result<Embeddings>> ProtocolProvider::embedBatch(EmbeddingRequest request,
                                                             SecretKey key, std::stop_token stop)
{
    const FailureClassifier classifier(m_endpoint, key, m_clock);
    Result<EncodedCall> encoded = m_protocol->embed(request, m_endpoint);
    if (!encoded)
        co_return tl::unexpected(std::move(encoded).error());
    WholeBody body;
    HttpRequest http = httpRequestFor(m_endpoint, key, std::move(*encoded));
    auto sending = m_transport.send(std::move(http), &body, stop);
    const HttpOutcome outcome = co_await sending;
    Result<QByteArray> bytes = body.result(outcome, classifier);
    if (!bytes)
        co_return tl::unexpected(std::move(bytes).error());
    co_return embeddingsInBody(*bytes, request.texts.size(), outcome, *m_protocol, m_endpoint,
                               classifier);
}

QCoro::Task<Result<Embeddings>> ProtocolProvider::embed(EmbeddingRequest request,
                                                        std::stop_token stop)
{
    Result<SecretKey> key = usableKey(m_keys, m_endpoint);
    if (!key)
        co_return tl::unexpected(std::move(key).error());
    const qsizetype most = qMax(qsizetype(1), m_protocol->mostTextsPerCall());
    Embeddings all;
    for (qsizetype from = 0; from < request.texts.size(); from += most) {
        EmbeddingRequest batch = request;
        batch.texts = request.texts.mid(from, most);
        auto asking = embedBatch(std::move(batch), *key, stop);
        Result<Embeddings> some = co_await asking;
        if (!some)
            co_return some;
        addBatch(all, std::move(*some));
        if (all.vectors.first().size() != all.vectors.last().size())
            co_return fail(ErrorCode::Protocol,
                           Texts::tr("“%1” gave vectors of different lengths for one list of "
                                     "texts.")
                               .arg(m_endpoint.name));
    }
    co_return all;
}

} // namespace headgate::providers
