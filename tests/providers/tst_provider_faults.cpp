#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using std::chrono::milliseconds;

namespace {

// The stream up to and with its first two pieces of text.
QByteArray begunStream()
{
    return sseData(deltaJson("Hello")) + sseData(deltaJson(", wor"));
}

QByteArray bodyOf(const QByteArray &closeDelimited, const QByteArray &type = "application/json")
{
    return openHead(type) + closeDelimited;
}

} // namespace

// One attempt against a server that does something wrong, at every place where it can.
class TestProviderFaults final : public QObject
{
    Q_OBJECT

private:
    struct Expected
    {
        QString failureClass;
        QString advice;
        QString text;
        bool stream = true;
        bool closed = true; // the upstream connection must be gone afterwards
    };

    static void row(const char *name, const Script &script, const Expected &expected)
    {
        QTest::newRow(name) << script << expected.stream << expected.failureClass << expected.advice
                            << expected.text << expected.closed;
    }

    static void connectionRows()
    {
        row("reset on accept", Script().atOnce().wait(milliseconds(20)).reset(),
            {u"transport"_s, u"retry"_s, {}});
        row("reset before headers", Script().reset(), {u"transport"_s, u"retry"_s, {}});
        row("closed before headers", Script().close(), {u"transport"_s, u"retry"_s, {}});
        row("closed mid-headers", Script().send("HTTP/1.1 200 OK\r\nContent-Ty").close(),
            {u"transport"_s, u"retry"_s, {}});
        row("reset mid-headers",
            Script().send("HTTP/1.1 200 OK\r\nContent-Ty").wait(milliseconds(20)).reset(),
            {u"transport"_s, u"retry"_s, {}});
        row("reset before any text", Script().send(chunkedHead()).wait(milliseconds(20)).reset(),
            {u"truncated"_s, u"retry"_s, {}});
        row("reset mid-body",
            Script().send(chunkedHead() + httpChunk(begunStream())).wait(milliseconds(20)).reset(),
            {u"truncated"_s, u"next"_s, u"Hello, wor"_s});
        row("closed mid-body", Script().send(bodyOf(begunStream())).close(),
            {u"truncated"_s, u"next"_s, u"Hello, wor"_s});
        row("half-closed mid-body", Script().send(bodyOf(begunStream())).halfClose(),
            {u"truncated"_s, u"next"_s, u"Hello, wor"_s});
        row("reset after the terminal event",
            Script().send(chunkedHead() + httpChunk(goodStream())).wait(milliseconds(20)).reset(),
            {u"ok"_s, u"-"_s, u"Hello, world"_s});
        row("left open after the terminal event", Script().send(openHead() + goodStream()),
            {u"ok"_s, u"-"_s, u"Hello, world"_s});
        row("left open after the finish reason",
            Script().send(openHead() + sseData(deltaJson("Hi")) + sseData(finishJson())),
            {u"ok"_s, u"-"_s, u"Hi"_s});
        row("comments for ever after the finish reason",
            Script()
                .send(openHead() + sseData(deltaJson("Hi")) + sseData(finishJson()))
                .sendForEver(": still here\n\n", milliseconds(20)),
            {u"ok"_s, u"-"_s, u"Hi"_s});
        row("whole body cut", Script().send(bodyOf(goodBody().chopped(20))).close(),
            {u"protocol"_s, u"retry"_s, {}, false});
    }

    static void framingRows()
    {
        const QByteArray begun = chunkedHead() + httpChunk(begunStream());
        row("bad chunk size", Script().send(begun + "zz\r\nabc\r\n"),
            {u"protocol"_s, u"next"_s, u"Hello, wor"_s});
        row("huge chunk size", Script().send(begun + "ffffffffffffffff0\r\nabc"),
            {u"protocol"_s, u"next"_s, u"Hello, wor"_s});
        row("no last chunk", Script().send(begun).close(),
            {u"truncated"_s, u"next"_s, u"Hello, wor"_s});
        row("chunk extensions and trailers",
            Script().send(chunkedHead() + QByteArray::number(goodStream().size(), 16) +
                          ";name=value\r\n" + goodStream() + "\r\n0\r\nX-Trailer: 1\r\n\r\n"),
            {u"ok"_s, u"-"_s, u"Hello, world"_s, true, false});
        row("length too long",
            Script().send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + goodBody()).close(),
            {u"truncated"_s, u"next"_s, u"Hello, world"_s, false});
        row("length too short",
            Script().send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + goodBody()),
            {u"protocol"_s, u"retry"_s, {}, false});
        row("not HTTP", Script().send("220 mail.example ESMTP\r\n\r\n").close(),
            {u"protocol"_s, u"retry"_s, {}});
        row("1 MB header",
            Script().send("HTTP/1.1 200 OK\r\nX-Long: " + QByteArray(1'000'000, 'x') + "\r\n\r\n"),
            {u"protocol"_s, u"next"_s, {}});
    }

    static void contentRows()
    {
        row("HTML 200", Script().send(httpResponse(200, "<html><title>Sign in</title></html>")),
            {u"protocol"_s, u"retry"_s, {}, true, false});
        row("HTML 502", Script().send(httpResponse(502, "<html><title>Bad Gateway</title></html>")),
            {u"transient"_s, u"retry"_s, {}, true, false});
        row("empty 200", Script().send(httpResponse(200, {})),
            {u"protocol"_s, u"retry"_s, {}, true, false});
        row("204", Script().send("HTTP/1.1 204 No Content\r\n\r\n"),
            {u"protocol"_s, u"retry"_s, {}, true, false});
        row("text 200", Script().send(httpResponse(200, "service is down for now")),
            {u"protocol"_s, u"retry"_s, {}, false, false});
        row("compressed",
            Script().send(httpResponse(200, "\x1f\x8b\x08", {"Content-Encoding: gzip"})),
            {u"protocol"_s, u"retry"_s, {}});
        row("error in a whole 200",
            Script().send(httpResponse(200, R"({"error":{"message":"overloaded","code":503}})")),
            {u"transient"_s, u"retry"_s, {}, false, false});
        row("error as the first event",
            Script().send(openHead() + sseData(R"({"error":{"message":"engine died"}})")),
            {u"protocol"_s, u"retry"_s, {}});
        row("error after text",
            Script().send(openHead() + begunStream() +
                          sseData(R"({"error":{"message":"engine died","code":502},)"
                                  R"("choices":[{"finish_reason":"error"}]})") +
                          sseData("[DONE]")),
            {u"transient"_s, u"next"_s, u"Hello, wor"_s});
        row("error under a field of its own",
            Script().send(openHead() + begunStream() +
                          "error: {\"code\":500,\"message\":\"failed\"}\n\n"),
            {u"transient"_s, u"next"_s, u"Hello, wor"_s});
        row("rate limit inside a stream",
            Script().send(openHead() +
                          sseData(R"({"error":{"type":"rate_limit_error","message":"slow"}})")),
            {u"rate"_s, u"retry"_s, {}});
        row("garbage inside a stream",
            Script().send(openHead() + begunStream() + sseData("{\"choices\":[{") +
                          sseData("[DONE]")),
            {u"protocol"_s, u"next"_s, u"Hello, wor"_s});
        row("a stream of nothing", Script().send(openHead() + sseData("[DONE]")).close(),
            {u"protocol"_s, u"retry"_s, {}});
        row("a stream as text/plain", Script().send(bodyOf(goodStream(), "text/plain")).close(),
            {u"ok"_s, u"-"_s, u"Hello, world"_s});
        row("a whole body as events",
            Script().send(bodyOf(goodBody(), "text/event-stream")).close(),
            {u"ok"_s, u"-"_s, u"Hello, world"_s});
        row("a stream though none was asked", Script().send(bodyOf(goodStream())).close(),
            {u"ok"_s, u"-"_s, u"Hello, world"_s, false});
        row("blank lines before the body", Script().send(bodyOf("\n\r\n \n" + goodBody())).close(),
            {u"ok"_s, u"-"_s, u"Hello, world"_s, false});
        row("a mark before the body", Script().send(bodyOf("\xEF\xBB\xBF" + goodBody())).close(),
            {u"ok"_s, u"-"_s, u"Hello, world"_s, false});
    }

private Q_SLOTS:
    void endsEveryAttempt_data()
    {
        QTest::addColumn<Script>("script");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<QString>("failureClass");
        QTest::addColumn<QString>("advice");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("closed");
        connectionRows();
        framingRows();
        contentRows();
    }

    void endsEveryAttempt()
    {
        QFETCH(const Script, script);
        QFETCH(const bool, stream);
        QFETCH(const QString, failureClass);
        QFETCH(const QString, advice);
        QFETCH(const QString, text);
        QFETCH(const bool, closed);

        ScriptedServer server({script});
        Probe probe(endpointAt(server.url()));
        const providers::CallResult result = probe.ask(helloRequest(stream));
        const QString told =
            result.failure ? result.failure->message + result.failure->detail : QString();
        QVERIFY2(className(result) == failureClass, qPrintable(className(result) + u": "_s + told));
        QCOMPARE(adviceName(result), advice);
        QCOMPARE(result.completion.text, text);
        if (!text.isEmpty())
            QCOMPARE(probe.pieces.join(QString()), text);
        if (result.failure)
            QVERIFY(result.failure->message.contains(u"probe"_s));
        // An answer that was cut was still paid for, and is estimated.
        if (!text.isEmpty() && result.failure && failureClass == u"truncated"_s && stream)
            QVERIFY(result.completion.usage.estimated && result.completion.usage.output > 0);
        QVERIFY(server.requests().size() <= 1);
        QCOMPARE(server.accepted(), 1);
        if (closed)
            QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void aDeadPortIsRefused()
    {
        QUrl url;
        {
            ScriptedServer server({Script()});
            url = server.url();
        }
        Probe probe(endpointAt(url));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"transport"_s);
        QCOMPARE(adviceName(result), u"retry"_s);
        QVERIFY(!result.completion.usage.estimated);
    }

    // Whatever is left out at the end: never a crash, never success without the terminal signal.
    void everyPrefixOfAStreamFailsUnlessItIsFinished()
    {
        const QByteArray stream = goodStream();
        const qsizetype finish = stream.indexOf(finishJson()) + finishJson().size();
        QList<Script> scripts;
        for (qsizetype size = 0; size < stream.size(); ++size)
            scripts.append(Script().send(openHead() + stream.first(size)).close());
        ScriptedServer server(scripts);
        Probe probe(endpointAt(server.url()));
        for (qsizetype size = 0; size < stream.size(); ++size) {
            const providers::CallResult result = probe.ask();
            QVERIFY2(result.ok() == (size >= finish), qPrintable(QString::number(size)));
            QVERIFY(u"Hello, world"_s.startsWith(result.completion.text));
            // Too few bytes to know a stream by, then a stream that was cut.
            if (result.failure)
                QCOMPARE(className(result), size < 5 ? u"protocol"_s : u"truncated"_s);
        }
        QCOMPARE(server.requests().size(), stream.size());
    }

    void everyPrefixOfABodyFails()
    {
        const QByteArray body = goodBody();
        QList<Script> scripts;
        for (qsizetype size = 0; size < body.size(); ++size)
            scripts.append(Script().send(bodyOf(body.first(size))).close());
        ScriptedServer server(scripts);
        Probe probe(endpointAt(server.url()));
        for (qsizetype size = 0; size < body.size(); ++size) {
            const providers::CallResult result = probe.ask(helloRequest(false));
            QVERIFY2(className(result) == u"protocol"_s, qPrintable(QString::number(size)));
        }
    }

    void cutsOfTheBytesChangeNothing()
    {
        const QByteArray stream = sseData(deltaJson("na\xC3\xAFve \xF0\x9F\x98\x80 \xE2\x82\xAC")) +
                                  sseData(finishJson()) + sseData(usageJson(1, 2)) +
                                  sseData("[DONE]");
        QList<Script> scripts;
        for (const qsizetype size : {1, 2, 3, 5, 7})
            scripts.append(Script().send(openHead()).sendInPieces(stream, size).close());
        ScriptedServer server(scripts);
        Probe probe(endpointAt(server.url()));
        for (qsizetype i = 0; i < scripts.size(); ++i) {
            const providers::CallResult result = probe.ask();
            QCOMPARE(className(result), u"ok"_s);
            QCOMPARE(result.completion.text, u"naïve 😀 €"_s);
            QCOMPARE(result.completion.usage.output, 2);
        }
    }

    void tenMegabytesInOneLineAreRead()
    {
        const QByteArray text(10 * 1024 * 1024, 'a');
        ScriptedServer server({Script()
                                   .send(openHead() + sseData(deltaJson(text)) +
                                         sseData(finishJson()) + sseData("[DONE]"))
                                   .close()});
        Probe probe(endpointAt(server.url()));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"ok"_s);
        QCOMPARE(result.completion.text.size(), text.size());
    }

    void endlessLinesAndBodiesStopAtTheLimit_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("more");
        QTest::newRow("line") << QByteArray("data: ") << QByteArray(1024 * 1024, 'a');
        QTest::newRow("event") << QByteArray() << "data: " + QByteArray(1024 * 1024, 'a') + "\n";
        QTest::newRow("comments") << QByteArray() << ": " + QByteArray(1024 * 1024, 'a') + "\n";
        QTest::newRow("body") << QByteArray("{\"x\":\"") << QByteArray(1024 * 1024, 'a');
    }

    void endlessLinesAndBodiesStopAtTheLimit()
    {
        QFETCH(const QByteArray, start);
        QFETCH(const QByteArray, more);
        ScriptedServer server(
            {Script().send(openHead() + start).sendForEver(more, milliseconds(1))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.timeouts.total = endpoint.timeouts.firstByte = std::chrono::seconds(30);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"protocol"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void tooManyHeadersAreRefused()
    {
        QByteArray head = "HTTP/1.1 200 OK\r\n";
        for (int i = 0; i < 10'000; ++i)
            head += "X-Header-" + QByteArray::number(i) + ": 0123456789012345678901234\r\n";
        ScriptedServer server({Script().send(head + "Content-Length: 2\r\n\r\n{}")});
        Probe probe(endpointAt(server.url()));
        QCOMPARE(className(probe.ask()), u"protocol"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void whatFollowsAnAnswerIsNotTheNextAnswer()
    {
        const QByteArray smuggled = httpResponse(
            200, R"({"choices":[{"message":{"content":"smuggled"},"finish_reason":"stop"}]})");
        ScriptedServer server({Script().send(httpResponse(200, goodBody()) + smuggled)});
        Probe probe(endpointAt(server.url()));
        for (int i = 0; i < 3; ++i) {
            const providers::CallResult result = probe.ask(helloRequest(false));
            QCOMPARE(result.completion.text, u"Hello, world"_s);
        }
        QCOMPARE(server.accepted(), 3); // never the same connection again
    }

    // The seed is fixed: the same faults in the same order each time.
    void everyRequestEndsWhateverTheServerSends()
    {
        QRandomGenerator random(20260401);
        QList<Script> scripts;
        for (int i = 0; i < 300; ++i) {
            QByteArray bytes =
                random.bounded(2) ? openHead() + goodStream() : httpResponse(200, goodBody());
            for (int damage = random.bounded(6); damage > 0; --damage)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
            Script script;
            script.sendInPieces(bytes, 1 + random.bounded(2000));
            if (random.bounded(2))
                script.close();
            else
                script.reset();
            scripts.append(script);
        }
        ScriptedServer server(scripts);
        Probe probe(endpointAt(server.url()));
        for (qsizetype i = 0; i < scripts.size(); ++i) {
            const providers::CallResult result = probe.ask(helloRequest(i % 2 == 0));
            QVERIFY(result.ok() || !result.failure->message.isEmpty());
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }
};

QTEST_GUILESS_MAIN(TestProviderFaults)
#include "tst_provider_faults.moc"
