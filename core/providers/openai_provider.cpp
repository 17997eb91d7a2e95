#include "core/providers/openai_provider.h"

#include "core/providers/model_list.h"
#include "core/providers/openai_call.h"
#include "core/providers/openai_request.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(headgate::providers)
};

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

OpenAiProvider::OpenAiProvider(Endpoint endpoint, Clock &clock)
    : m_endpoint(std::move(endpoint))
    , m_clock(clock)
{
}

QCoro::Task<CallResult> OpenAiProvider::complete(CompletionRequest request, std::stop_token stop)
{
    Result<SecretKey> found = keyOf(m_endpoint);
    const SecretKey key = found ? std::move(*found) : SecretKey();
    const FailureClassifier classifier(m_endpoint, key, m_clock);
    if (!found)
        co_return CallResult{{}, classifier.noKey(found.error().message)};

    OpenAiCall call(request, m_endpoint, m_clock);
    HttpRequest http = httpRequestFor(m_endpoint, key, u"/chat/completions"_s, request.stream);
    http.body = encodeChatRequest(request, m_endpoint.dialect);
    http.deadline = request.deadline;
    auto sending = m_transport.send(std::move(http), &call, stop);
    const HttpOutcome outcome = co_await sending;
    co_return call.result(outcome, classifier);
}

QCoro::Task<Result<QStringList>> OpenAiProvider::listModels(std::stop_token stop)
{
    Result<SecretKey> found = keyOf(m_endpoint);
    if (!found)
        co_return tl::unexpected(found.error());
    const SecretKey key = std::move(*found);
    const FailureClassifier classifier(m_endpoint, key, m_clock);

    ModelListCall call;
    HttpRequest http = httpRequestFor(m_endpoint, key, u"/models"_s, false);
    auto sending = m_transport.send(std::move(http), &call, stop);
    const HttpOutcome outcome = co_await sending;
    co_return call.result(outcome, classifier);
}

} // namespace headgate::providers
