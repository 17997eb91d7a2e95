#include "tests/providers/provider_probe.h"
#include "tests/support/fault_table.h"
#include "tests/support/wire_protocol.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;

namespace {

struct Verdict
{
    int status;
    const char *failureClass;
    const char *advice;
};

// What a status means where the body tells nothing more (providers.md section 11).
constexpr Verdict kVerdicts[] = {
    {400, "request", "stop"},    {401, "auth", "next"},       {402, "credit", "next"},
    {403, "permission", "next"}, {404, "not_found", "next"},  {405, "request", "stop"},
    {408, "transient", "retry"}, {409, "transient", "retry"}, {413, "too_large", "next"},
    {422, "request", "stop"},    {425, "transient", "retry"}, {429, "rate", "retry"},
    {498, "transient", "retry"}, {500, "transient", "retry"}, {502, "transient", "retry"},
    {503, "transient", "retry"}, {504, "transient", "retry"}, {520, "transient", "retry"},
    {524, "transient", "retry"}, {529, "transient", "retry"},
};

// Bodies in which an error comes from a proxy in between, or from nobody.
const QList<std::pair<const char *, QByteArray>> kBodies = {
    {"JSON", "{}"},
    {"web page", "<html><title>Error</title></html>"},
    {"nothing", {}},
};

} // namespace

// Every status that is an error, in every protocol, streamed and not.
class TestProviderStatuses final : public QObject
{
    Q_OBJECT

private:
    static providers::CallResult ask(const QString &protocol, bool stream,
                                     const QByteArray &response)
    {
        ScriptedServer server({Script().send(response)});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = protocol;
        Probe probe(endpoint);
        providers::CallResult result = probe.ask(helloRequest(stream));
        // One attempt is one request, whatever it is told.
        if (server.requests().size() != 1)
            qFatal("%lld requests", qint64(server.requests().size()));
        return result;
    }

private Q_SLOTS:
    void eachStatusHasItsVerdict_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("failureClass");
        QTest::addColumn<QString>("advice");
        for (const WireProtocol &protocol : wireProtocols()) {
            for (const bool stream : {true, false}) {
                for (const Verdict &verdict : kVerdicts)
                    QTest::addRow("%s, %d, %s", qPrintable(protocol.name), verdict.status,
                                  stream ? "streamed" : "whole")
                        << protocol.name << stream << verdict.status
                        << QString::fromLatin1(verdict.failureClass)
                        << QString::fromLatin1(verdict.advice);
            }
        }
    }

    void eachStatusHasItsVerdict()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        QFETCH(const int, status);
        QFETCH(const QString, failureClass);
        QFETCH(const QString, advice);
        for (const auto &[name, body] : kBodies) {
            const auto result = ask(protocol, stream, httpResponse(status, body));
            printFaultRow(protocol, u"HTTP %1, %2"_s.arg(status).arg(QLatin1String(name)), stream,
                          className(result), adviceName(result));
            QCOMPARE(className(result), failureClass);
            QCOMPARE(adviceName(result), advice);
            QCOMPARE(result.failure->httpStatus, status);
            QVERIFY(result.failure->message.contains(u"probe"_s));
            // Nothing was answered, so nothing was billed.
            QCOMPARE(result.completion.usage, catalog::TokenUsage());
        }
    }

    void eachWaitIsRead_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("waitMs"); // -1: none
        QTest::addColumn<QString>("advice");
        for (const WireProtocol &protocol : wireProtocols()) {
            const auto add = [&protocol](const char *header, int waitMs, const QString &advice) {
                QTest::addRow("%s, %s", qPrintable(protocol.name), header)
                    << protocol.name << QByteArray(header) << waitMs << advice;
            };
            add("retry-after: 2", 2000, u"retry"_s);
            add("retry-after-ms: 250.5", 251, u"retry"_s);
            add("retry-after: 61", 61'000, u"next"_s);
            add("retry-after: -5", -1, u"retry"_s);
            add("retry-after: soon", -1, u"retry"_s);
            add("x-should-retry: false", -1, u"next"_s);
        }
    }

    void eachWaitIsRead()
    {
        QFETCH(const QString, protocol);
        QFETCH(const QByteArray, header);
        QFETCH(const int, waitMs);
        QFETCH(const QString, advice);
        for (const bool stream : {true, false}) {
            const auto result = ask(protocol, stream, httpResponse(429, "{}", {header}));
            printFaultRow(protocol, u"HTTP 429, "_s + QString::fromLatin1(header), stream,
                          className(result), adviceName(result));
            QCOMPARE(className(result), u"rate"_s);
            QCOMPARE(adviceName(result), advice);
            const auto wait = result.failure->retryAfter;
            QCOMPARE(wait ? int(wait->count()) : -1, waitMs);
        }
    }
};

QTEST_GUILESS_MAIN(TestProviderStatuses)
#include "tst_provider_statuses.moc"
