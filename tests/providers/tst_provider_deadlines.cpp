#include "core/providers/call_deadlines.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/fault_table.h"
#include "tests/support/wire_protocol.h"
#include "tests/support/wire_text.h"

#include <thread>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;
using providers::CallDeadlines;

namespace {

QByteArray begunStream()
{
    return openHead() + sseData(deltaJson("Hel"));
}

// Each limit far away, so that a row can bring one near.
providers::Endpoint patientEndpoint(const QUrl &url)
{
    providers::Endpoint endpoint = endpointAt(url);
    endpoint.timeouts = {10s, 10s, 10s, 10s, 10s};
    return endpoint;
}

} // namespace

class TestProviderDeadlines final : public QObject
{
    Q_OBJECT

private:
    struct Limits
    {
        int firstByteMs = 10'000;
        int idleMs = 10'000;
        int totalMs = 10'000;
        int requestMs = 0; // the request's own deadline; 0: none
    };

    static void row(const char *name, Script script, const Limits &limits, const QString &text,
                    const QString &words)
    {
        // A limit that does not hold shows as a cut, not as a slow test.
        script.wait(3s).close();
        QTest::newRow(name) << script << limits.firstByteMs << limits.idleMs << limits.totalMs
                            << limits.requestMs << text << words;
    }

private Q_SLOTS:
    void eachLimitEndsTheCall_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<int>("firstByteMs");
        QTest::addColumn<int>("idleMs");
        QTest::addColumn<int>("totalMs");
        QTest::addColumn<int>("requestMs");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const QString silent = u"did not begin"_s;
        const QString idle = u"fell silent"_s;
        const QString total = u"did not finish"_s;
        row("accepts and sends nothing", Script(), {.firstByteMs = 80}, {}, silent);
        row("headers, then silence", Script().send(openHead()), {.idleMs = 80}, {}, idle);
        row("headers, no answer", Script().send(openHead()), {.firstByteMs = 80}, {}, silent);
        row("stops mid-stream", Script().send(begunStream()), {.idleMs = 80}, u"Hel"_s, idle);
        row("stops mid-header", Script().send("HTTP/1.1 200 OK\r\nX: "), {.firstByteMs = 80}, {},
            silent);
        row("keep-alives for ever", Script().send(openHead()).sendForEver(": wait\n\n", 10ms),
            {.firstByteMs = 120, .idleMs = 60}, {}, silent);
        row("blank lines for ever", Script().send(openHead()).sendForEver("\n", 10ms),
            {.firstByteMs = 120, .idleMs = 60}, {}, silent);
        row("a trickle for ever", Script().send(begunStream()).sendForEver("d", 10ms),
            {.idleMs = 60, .totalMs = 150}, u"Hel"_s, total);
        row("text for ever", Script().send(openHead()).sendForEver(sseData(deltaJson("")), 10ms),
            {.firstByteMs = 60, .idleMs = 60, .totalMs = 150}, {}, total);
        row("the request's own deadline",
            Script().send(begunStream()).sendForEver(": wait\n\n", 10ms), {.requestMs = 120},
            u"Hel"_s, total);
        row("a body that stops", Script().send(openHead("application/json") + "{\"choices\""),
            {.idleMs = 80}, {}, idle);
    }

    void eachLimitEndsTheCall()
    {
        QFETCH(const Script, script);
        QFETCH(const int, firstByteMs);
        QFETCH(const int, idleMs);
        QFETCH(const int, totalMs);
        QFETCH(const int, requestMs);
        QFETCH(const QString, text);
        QFETCH(const QString, words);
        ScriptedServer server({script});
        providers::Endpoint endpoint = patientEndpoint(server.url());
        endpoint.timeouts.firstByte = std::chrono::milliseconds(firstByteMs);
        endpoint.timeouts.idle = std::chrono::milliseconds(idleMs);
        endpoint.timeouts.total = std::chrono::milliseconds(totalMs);
        Probe probe(endpoint);
        providers::CompletionRequest request = helloRequest();
        if (requestMs > 0)
            request.deadline = std::chrono::milliseconds(requestMs);
        const providers::CallResult result = probe.ask(std::move(request));
        printFaultRow(endpoint.protocol, u"11-14 %1"_s.arg(QLatin1String(QTest::currentDataTag())),
                      true, className(result), adviceName(result));
        QCOMPARE(className(result), u"timeout"_s);
        QCOMPARE(adviceName(result), u"next"_s);
        QCOMPARE(result.completion.text, text);
        QVERIFY2(result.failure->message.contains(words), qPrintable(result.failure->message));
        if (!text.isEmpty())
            QVERIFY(result.completion.usage.estimated);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void everyProtocolHoldsItsLimits_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<Script>("script");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        for (const WireProtocol &p : wireProtocols()) {
            const auto add = [&p](const char *name, bool stream, Script script, const QString &text,
                                  const QString &words) {
                script.wait(3s).close();
                QTest::addRow("%s, %s, %s", qPrintable(p.name), name, stream ? "streamed" : "whole")
                    << p.name << stream << script << text << words;
            };
            const QByteArray head = openHead(p.streamType);
            for (const bool stream : {true, false}) {
                add("sends nothing", stream, Script(), {}, u"did not begin"_s);
                add("headers, then silence", stream, Script().send(head), {}, u"fell silent"_s);
                add("blank lines for ever", stream, Script().send(head).sendForEver("\n", 10ms), {},
                    u"did not begin"_s);
                add("a body that stops", stream, Script().send(openHead() + p.body.first(20)), {},
                    u"fell silent"_s);
            }
            add("stops mid-stream", true, Script().send(head + p.begun()), u"Hello, wor"_s,
                u"fell silent"_s);
            add("a trickle for ever", true, Script().send(head + p.begun()).sendForEver("\n", 10ms),
                u"Hello, wor"_s, u"did not finish"_s);
            add("text for ever", true,
                Script().send(head + p.begun()).sendForEver(p.piece(""), 10ms), u"Hello, wor"_s,
                u"did not finish"_s);
        }
    }

    void everyProtocolHoldsItsLimits()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        QFETCH(const Script, script);
        QFETCH(const QString, text);
        QFETCH(const QString, words);
        ScriptedServer server({script});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = protocol;
        endpoint.timeouts = {10s, 120ms, 80ms, 240ms, 10s};
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask(helloRequest(stream));
        QCOMPARE(className(result), u"timeout"_s);
        QCOMPARE(adviceName(result), u"next"_s);
        QCOMPARE(result.completion.text, text);
        QVERIFY2(result.failure->message.contains(words), qPrintable(result.failure->message));
        if (!text.isEmpty())
            QVERIFY(result.completion.usage.estimated && result.completion.usage.output > 0);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void aTlsHandshakeThatStallsIsAConnectTimeout()
    {
        ScriptedServer server({Script()}); // speaks plain TCP and waits for a request
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        providers::Endpoint endpoint = patientEndpoint(url);
        endpoint.timeouts.connect = 100ms;
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"transport"_s);
        QCOMPARE(adviceName(result), u"retry"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void anErrorBodyThatStallsStillCountsByItsStatus()
    {
        ScriptedServer server({Script().send(
            "HTTP/1.1 429 Slow\r\nRetry-After: 2\r\nContent-Length: 99\r\n\r\n{\"err")});
        providers::Endpoint endpoint = patientEndpoint(server.url());
        endpoint.timeouts.afterFinish = 50ms;
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"rate"_s);
        QCOMPARE(result.failure->retryAfter, 2000ms);
    }

    void cancelClosesTheConnectionAtOnce_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<QString>("text");
        QTest::newRow("before headers") << Script() << QString();
        QTest::newRow("before text") << Script().send(openHead()) << QString();
        QTest::newRow("mid-stream") << Script().send(begunStream()) << u"Hel"_s;
        QTest::newRow("under a flood")
            << Script().send(begunStream()).sendForEver(": x\n\n", 1ms) << u"Hel"_s;
    }

    void cancelClosesTheConnectionAtOnce()
    {
        QFETCH(const Script, script);
        QFETCH(const QString, text);
        ScriptedServer server({script});
        Probe probe(patientEndpoint(server.url()));
        std::stop_source stop;
        qint64 stoppedMs = 0;
        QTimer::singleShot(60ms, &server, [&] {
            stoppedMs = server.elapsedMs();
            stop.request_stop();
        });
        const providers::CallResult result = probe.ask(helloRequest(), stop.get_token());
        QCOMPARE(className(result), u"cancelled"_s);
        QCOMPARE(adviceName(result), u"stop"_s);
        QCOMPARE(result.completion.text, text);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
        QVERIFY2(server.lastClosedMs() - stoppedMs <= 100,
                 qPrintable(QString::number(server.lastClosedMs() - stoppedMs)));
    }

    void cancelMayComeFromTheTextSinkAndFromAnotherThread()
    {
        ScriptedServer server(
            {Script().send(openHead() + goodStream()), Script().send(openHead())});
        Probe probe(patientEndpoint(server.url()));
        std::stop_source fromSink;
        providers::CompletionRequest request = helloRequest();
        request.onText = [&fromSink](const QString &) { fromSink.request_stop(); };
        const providers::CallResult first = probe.ask(std::move(request), fromSink.get_token());
        QVERIFY(first.completion.text.startsWith(u"Hello"_s));

        std::stop_source fromThread;
        std::thread stopper;
        QTimer::singleShot(30ms, &server, [&] {
            stopper = std::thread([&fromThread] { fromThread.request_stop(); });
        });
        const providers::CallResult second = probe.ask(helloRequest(), fromThread.get_token());
        stopper.join();
        QCOMPARE(className(second), u"cancelled"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void whatWasCancelledBeforehandIsNeverSent()
    {
        ScriptedServer server({Script()});
        Probe probe(patientEndpoint(server.url()));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(className(probe.ask(helloRequest(), stop.get_token())), u"cancelled"_s);
        QCOMPARE(server.accepted(), 0);
    }

    void theNearestLimitIsNext()
    {
        const CallDeadlines::Instant start{};
        providers::CallTimeouts timeouts{10ms, 20ms, 30ms, 100ms, 5ms};
        CallDeadlines deadlines(timeouts, 90ms, start);
        QCOMPARE(deadlines.next().kind, CallDeadlines::Kind::Connect);
        deadlines.requestSent(start + 5ms);
        QVERIFY(deadlines.next().kind == CallDeadlines::Kind::FirstByte);
        QVERIFY(deadlines.next().at == start + 25ms);
        deadlines.bytesCame(start + 20ms); // a keep-alive moves the idle limit only
        QVERIFY(deadlines.next().at == start + 25ms);
        deadlines.answerCame();
        QVERIFY(deadlines.next().kind == CallDeadlines::Kind::Idle);
        QVERIFY(deadlines.next().at == start + 50ms);
        deadlines.finishing(start + 30ms);
        QVERIFY(deadlines.next().kind == CallDeadlines::Kind::AfterFinish);
        deadlines.answerCame(); // it was not the end after all
        deadlines.bytesCame(start + 85ms);
        QVERIFY(deadlines.next().kind == CallDeadlines::Kind::Total);
        QVERIFY(deadlines.next().at == start + 90ms);
    }
};

QTEST_GUILESS_MAIN(TestProviderDeadlines)
#include "tst_provider_deadlines.moc"
