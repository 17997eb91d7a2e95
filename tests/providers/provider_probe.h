#pragma once

#include "core/common/clock.h"
#include "core/providers/provider_factory.h"
#include "tests/support/scripted_server.h"

#include <qcoro/qcorotask.h>

#include <QTest>

namespace headgate::test {

// Limits that are short for a machine and long for loopback.
inline providers::CallTimeouts shortTimeouts()
{
    using std::chrono::milliseconds;
    return {.connect = milliseconds(2000),
            .firstByte = milliseconds(2000),
            .idle = milliseconds(2000),
            .total = milliseconds(5000),
            .afterFinish = milliseconds(150)};
}

inline providers::Endpoint endpointAt(const QUrl &baseUrl)
{
    providers::Endpoint endpoint;
    endpoint.name = QStringLiteral("probe");
    endpoint.baseUrl = baseUrl;
    endpoint.timeouts = shortTimeouts();
    return endpoint;
}

inline providers::CompletionRequest helloRequest(bool stream = true)
{
    providers::CompletionRequest request;
    request.model = QStringLiteral("asked-model");
    request.messages = {{Message::Role::User, QStringLiteral("Say hello."), Json::object()}};
    request.stream = stream;
    return request;
}

// Sends one request to the endpoint and gives back how it ended, with the pieces of text that came
// on the way.
struct Probe
{
    explicit Probe(const providers::Endpoint &endpoint)
    {
        auto made = providers::makeProvider(endpoint, clock);
        if (!made)
            qFatal("%s", qPrintable(made.error().message));
        provider = std::move(*made);
    }

    providers::CallResult ask(providers::CompletionRequest request = helloRequest(),
                              std::stop_token stop = {})
    {
        pieces.clear();
        auto onText = std::move(request.onText);
        request.onText = [this, onText](const QString &text) {
            pieces.append(text);
            if (onText)
                onText(text);
        };
        auto task = provider->complete(std::move(request), std::move(stop));
        return QCoro::waitFor(task);
    }

    SystemClock clock;
    std::unique_ptr<providers::Provider> provider;
    QStringList pieces;
};

inline QString className(const providers::CallResult &result)
{
    return result.failure ? providers::failureClassName(result.failure->failureClass)
                          : QStringLiteral("ok");
}

// Every text of a result but the answer itself, which is the model's own.
inline QString toldBy(const providers::CallResult &result)
{
    const providers::Completion &completion = result.completion;
    QString all = completion.requestId + completion.servedModel + completion.finishReason;
    if (result.failure)
        all += result.failure->message + result.failure->detail + result.failure->requestId;
    return all;
}

inline QString adviceName(const providers::CallResult &result)
{
    if (!result.failure)
        return QStringLiteral("-");
    switch (result.failure->advice) {
    case providers::Advice::Retry:
        return QStringLiteral("retry");
    case providers::Advice::Next:
        return QStringLiteral("next");
    case providers::Advice::Stop:
        return QStringLiteral("stop");
    }
    return {};
}

} // namespace headgate::test
