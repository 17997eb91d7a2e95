#pragma once

#include "core/providers/chat_call.h"
#include "core/providers/protocol.h"

#include <QTest>

namespace headgate::test {

// JSON with ' for ", since moc loses classes beside raw strings.
inline QByteArray q(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

inline Json j(const char *json)
{
    return Json::parse(q(json).toStdString());
}

inline QByteArray dumped(const Json &json)
{
    return QByteArray::fromStdString(json.dump(1));
}

// Compares as JSON, and shows both where they differ.
#define COMPARE_JSON(actual, expected)                                                             \
    QVERIFY2((actual) == (expected), (::headgate::test::dumped(actual) + "\ninstead of\n" +        \
                                      ::headgate::test::dumped(expected))                          \
                                         .constData())

// "fresh/read/written 5m/written 1h/output/reasoning", "~" in front of an estimate.
inline QString shown(const catalog::TokenUsage &usage)
{
    return (usage.estimated ? QStringLiteral("~") : QString()) + QStringLiteral("%1/%2/%3/%4/%5/%6")
                                                                     .arg(usage.freshInput)
                                                                     .arg(usage.cacheRead)
                                                                     .arg(usage.cacheWrite5m)
                                                                     .arg(usage.cacheWrite1h)
                                                                     .arg(usage.output)
                                                                     .arg(usage.reasoning);
}

// What a call makes of a body that came with status 200 in the given cuts and was then closed,
// without a server.
inline providers::CallResult callOver(const providers::Protocol &protocol,
                                      const providers::Endpoint &endpoint, const QByteArray &body,
                                      const QList<qsizetype> &cuts = {}, bool stream = true)
{
    providers::CompletionRequest request;
    request.model = QStringLiteral("asked-model");
    request.messages = {{Message::Role::User, QStringLiteral("Say hello."), Json::object()}};
    request.stream = stream;
    SystemClock clock;
    const SecretKey key;
    const providers::FailureClassifier classifier(endpoint, key, clock);
    providers::ChatCall call(request, protocol.reader(endpoint), clock);
    providers::HttpOutcome outcome;
    outcome.head.status = 200;
    call.head(outcome.head);
    qsizetype from = 0;
    bool stopped = false;
    const auto feed = [&](qsizetype to) {
        if (!stopped && to > from)
            stopped = call.bytes(QByteArrayView(body).sliced(from, to - from)) ==
                      providers::Reading::Stop;
        from = to;
    };
    for (const qsizetype cut : cuts)
        feed(cut);
    feed(body.size());
    outcome.end = stopped ? providers::HttpEnd::Stopped : providers::HttpEnd::Complete;
    return call.result(outcome, classifier);
}

} // namespace headgate::test
