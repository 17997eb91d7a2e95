#include "core/providers/protocol_provider.h"

#include "core/providers/chat_call.h"
#include "core/providers/http_call.h"
#include "core/providers/model_list.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::providers)
};

constexpr int kMostPages = 100;

Result<SecretKey> keyOf(const Endpoint &endpoint)
{
    Result<SecretKey> key = keyFromEnvironment(endpoint.keyVariable);
    if (!key)
        return key;
    const QByteArray &bytes = key->reveal();
    const bool printable =
        std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    if (!printable)
        return fail(
            ErrorCode::Unauthorized,
            Texts::tr("The environment variable %1 holds more than a key: there is a space, "
                      "a line break or another odd character in it.")
                .arg(endpoint.keyVariable));
    return key;
}

} // namespace

ProtocolProvider::ProtocolProvider(Endpoint endpoint, std::unique_ptr<Protocol> protocol,
                                   Clock &clock)
    : m_endpoint(std::move(endpoint))
    , m_protocol(std::move(protocol))
    , m_clock(clock)
{
}

QCoro::Task<CallResult> ProtocolProvider::complete(CompletionRequest request, std::stop_token stop)
{
    Result<SecretKey> found = keyOf(m_endpoint);
    const SecretKey key = found ? std::move(*found) : SecretKey();
    const FailureClassifier classifier(m_endpoint, key, m_clock);
    if (!found)
        co_return CallResult{{}, classifier.noKey(found.error().message)};
    Result<EncodedCall> encoded = m_protocol->chat(request, m_endpoint);
    if (!encoded)
        co_return CallResult{{}, classifier.notExpressible(encoded.error().message)};

    ChatCall call(request, m_protocol->reader(m_endpoint), m_clock);
    HttpRequest http = httpRequestFor(m_endpoint, key, std::move(*encoded));
    http.deadline = request.deadline;
    auto sending = m_transport.send(std::move(http), &call, stop);
    const HttpOutcome outcome = co_await sending;
    co_return call.result(outcome, classifier);
}

QCoro::Task<Result<QStringList>> ProtocolProvider::listModels(std::stop_token stop)
{
    Result<SecretKey> found = keyOf(m_endpoint);
    if (!found)
        co_return tl::unexpected(found.error());
    const SecretKey key = std::move(*found);
    const FailureClassifier classifier(m_endpoint, key, m_clock);

    QStringList names;
    QString next;
    for (int pages = 0; pages < kMostPages; ++pages) {
        ModelListCall call(*m_protocol);
        HttpRequest http = httpRequestFor(m_endpoint, key, m_protocol->models(m_endpoint, next));
        auto sending = m_transport.send(std::move(http), &call, stop);
        const HttpOutcome outcome = co_await sending;
        Result<Protocol::ModelPage> page = call.result(outcome, classifier);
        if (!page)
            co_return tl::unexpected(std::move(page).error());
        names.append(page->names);
        // A page that names itself as the next one would be read for ever.
        if (page->next.isEmpty() || std::exchange(next, page->next) == page->next)
            break;
    }
    names.removeAll(QString());
    names.removeDuplicates();
    co_return names;
}

} // namespace headgate::providers
