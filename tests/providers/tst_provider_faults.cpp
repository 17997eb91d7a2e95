#include "tests/providers/provider_probe.h"
#include "tests/support/fault_table.h"
#include "tests/support/wire_protocol.h"
#include "tests/support/wire_text.h"

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using std::chrono::milliseconds;

namespace {

QByteArray bodyOf(const QByteArray &closeDelimited, const QByteArray &type = "application/json")
{
    return openHead(type) + closeDelimited;
}

providers::Endpoint endpointOf(const WireProtocol &protocol, const QUrl &url)
{
    providers::Endpoint endpoint = endpointAt(url);
    endpoint.protocol = protocol.name;
    return endpoint;
}

} // namespace

// One attempt against a server that does something wrong, at every place where it can, in every
// protocol.
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

    static void row(const WireProtocol &protocol, const char *name, const Script &script,
                    const Expected &expected)
    {
        QTest::addRow("%s, %s", qPrintable(protocol.name), name)
            << protocol.name << script << expected.stream << expected.failureClass
            << expected.advice << expected.text << expected.closed;
    }

    // Before anything of the answer: whether a stream was asked for changes nothing.
    static void silentRows(const WireProtocol &p, bool stream)
    {
        const auto both = [&p, stream](const char *name, const Script &script,
                                       const QString &failureClass, const QString &advice) {
            row(p, qPrintable(QLatin1String(name) + (stream ? u", streamed"_s : u", whole"_s)),
                script, {failureClass, advice, {}, stream});
        };
        both("reset on accept", Script().atOnce().wait(milliseconds(20)).reset(), u"transport"_s,
             u"retry"_s);
        both("reset before headers", Script().reset(), u"transport"_s, u"retry"_s);
        both("closed before headers", Script().close(), u"transport"_s, u"retry"_s);
        both("closed mid-headers", Script().send("HTTP/1.1 200 OK\r\nContent-Ty").close(),
             u"transport"_s, u"retry"_s);
        both("reset mid-headers",
             Script().send("HTTP/1.1 200 OK\r\nContent-Ty").wait(milliseconds(20)).reset(),
             u"transport"_s, u"retry"_s);
        both("reset before any text", Script().send(chunkedHead()).wait(milliseconds(20)).reset(),
             u"truncated"_s, u"retry"_s);
        both("not HTTP", Script().send("220 mail.example ESMTP\r\n\r\n").close(), u"protocol"_s,
             u"retry"_s);
        // The settings of an HTTP/2 server, which this client never asked for.
        both("HTTP/2",
             Script().send(QByteArray::fromHex("00001204000000000000030000006400040000ffff00060004"
                                               "0000")),
             u"protocol"_s, u"retry"_s);
        both("1 MB header",
             Script().send("HTTP/1.1 200 OK\r\nX-Long: " + QByteArray(1'000'000, 'x') + "\r\n\r\n"),
             u"protocol"_s, u"next"_s);
        both("compressed",
             Script().send(httpResponse(200, "\x1f\x8b\x08", {"Content-Encoding: gzip"})),
             u"protocol"_s, u"retry"_s);
        both("HTML 200",
             Script().send(httpResponse(200, "<html><title>Sign in</title></html>")).close(),
             u"protocol"_s, u"retry"_s);
        both("HTML 502",
             Script().send(httpResponse(502, "<html><title>Bad Gateway</title></html>")).close(),
             u"transient"_s, u"retry"_s);
        both("empty 200", Script().send(httpResponse(200, {})).close(), u"protocol"_s, u"retry"_s);
        both("204", Script().send("HTTP/1.1 204 No Content\r\n\r\n").close(), u"protocol"_s,
             u"retry"_s);
        both("text 200", Script().send(httpResponse(200, "service is down for now")).close(),
             u"protocol"_s, u"retry"_s);
        both("another protocol's 200",
             Script().send(httpResponse(200, R"({"hello":"world"})")).close(), u"protocol"_s,
             u"retry"_s);
        both("error in a whole 200", Script().send(httpResponse(200, p.error)).close(),
             p.errorClass, u"retry"_s);
        both("error as the first piece", Script().send(openHead(p.streamType) + p.errorPiece),
             p.errorClass, u"retry"_s);
        both("nothing but a head", Script().send(openHead(p.streamType)).close(), u"protocol"_s,
             u"retry"_s);
    }

    static void cutRows(const WireProtocol &p)
    {
        const QByteArray head = chunkedHead(p.streamType);
        const QByteArray open = openHead(p.streamType);
        const Expected cut{u"truncated"_s, u"next"_s, u"Hello, wor"_s};
        const Expected broken{u"protocol"_s, u"next"_s, u"Hello, wor"_s};
        const Expected good{u"ok"_s, u"-"_s, u"Hello, world"_s};
        row(p, "reset mid-body",
            Script().send(head + httpChunk(p.begun())).wait(milliseconds(20)).reset(), cut);
        row(p, "closed mid-body", Script().send(open + p.begun()).close(), cut);
        row(p, "half-closed mid-body", Script().send(open + p.begun()).halfClose(), cut);
        row(p, "no last chunk", Script().send(head + httpChunk(p.begun())).close(), cut);
        row(p, "bad chunk size", Script().send(head + httpChunk(p.begun()) + "zz\r\nabc\r\n"),
            broken);
        row(p, "huge chunk size",
            Script().send(head + httpChunk(p.begun()) + "ffffffffffffffff0\r\nabc"), broken);
        row(p, "nonsense inside a stream", Script().send(open + p.begun() + p.nonsense), broken);
        row(p, "error after text", Script().send(open + p.begun() + p.errorPiece),
            {p.errorClass, u"next"_s, u"Hello, wor"_s});
        row(p, "reset after the last piece",
            Script().send(head + httpChunk(p.stream())).wait(milliseconds(20)).reset(), good);
        row(p, "left open after the last piece", Script().send(open + p.stream()), good);
        row(p, "chunk extensions and trailers",
            Script()
                .send(head + QByteArray::number(p.stream().size(), 16) + ";name=value\r\n" +
                      p.stream() + "\r\n0\r\nX-Trailer: 1\r\n\r\n")
                .close(),
            good);
        row(p, "whole body cut", Script().send(bodyOf(p.body.chopped(20))).close(),
            {u"protocol"_s, u"retry"_s, {}, false});
        row(p, "length too long",
            Script().send("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + p.body).close(),
            {u"truncated"_s, u"next"_s, u"Hello, world"_s, false});
        const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
        const QByteArray framed = httpChunk(p.body) + lastChunk();
        const QByteArray length = "Content-Length: " + QByteArray::number(framed.size()) + "\r\n";
        for (const auto &[name, fields] :
             std::initializer_list<std::pair<const char *, QByteArray>>{
                 {"a length and chunks", length + chunked},
                 {"chunks and a length", chunked + length},
                 {"two lengths", length + "Content-Length: 3\r\n"}})
            row(p, name, Script().send("HTTP/1.1 200 OK\r\n" + fields + "\r\n" + framed),
                {u"protocol"_s, u"retry"_s, {}, false});
        row(p, "length too short",
            Script().send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + p.body),
            {u"protocol"_s, u"retry"_s, {}, false});
    }

    static void typeRows(const WireProtocol &p)
    {
        const Expected streamed{u"ok"_s, u"-"_s, u"Hello, world"_s};
        const Expected whole{u"ok"_s, u"-"_s, u"Hello, world"_s, false};
        row(p, "a stream as text/plain", Script().send(bodyOf(p.stream(), "text/plain")).close(),
            streamed);
        row(p, "a stream as JSON", Script().send(bodyOf(p.stream())).close(), streamed);
        row(p, "a whole body as a stream", Script().send(bodyOf(p.body, p.streamType)).close(),
            streamed);
        row(p, "a whole body though a stream was asked", Script().send(bodyOf(p.body)).close(),
            streamed);
        row(p, "a stream though none was asked",
            Script().send(bodyOf(p.stream(), p.streamType)).close(), whole);
        row(p, "blank lines before the body", Script().send(bodyOf("\n\r\n \n" + p.body)).close(),
            whole);
        row(p, "a mark before the body", Script().send(bodyOf("\xEF\xBB\xBF" + p.body)).close(),
            whole);
        row(p, "the body over several lines",
            Script().send(bodyOf(QByteArray(p.body).replace("\",\"", "\",\r\n  \""))).close(),
            whole);
    }

    // Only events have comments, fields and lines that may end in several ways.
    static void eventRows(const WireProtocol &p)
    {
        const Expected good{u"ok"_s, u"-"_s, u"Hello, world"_s};
        const auto sent = [&p](const QByteArray &stream) {
            return Script().send(openHead(p.streamType) + stream).close();
        };
        row(p, "lines end with CR LF", sent(p.stream().replace("\n", "\r\n")), good);
        row(p, "lines end with CR", sent(p.stream().replace("\n", "\r")), good);
        row(p, "no blank after the colon", sent(p.stream().replace("data: ", "data:")), good);
        row(p, "a mark before the stream", sent("\xEF\xBB\xBF" + p.stream()), good);
        row(p, "comments between",
            sent(": waiting\n\n" + p.stream().replace("\n\n", "\n\n: on\n\n")), good);
        row(p, "no last blank line", sent(p.stream().chopped(1)), good);
        row(p, "error under a field of its own",
            Script().send(openHead() + p.begun() +
                          "error: {\"code\":500,\"message\":\"failed\"}\n\n"),
            {u"transient"_s, u"next"_s, u"Hello, wor"_s});
    }

    static void openAiRows(const WireProtocol &p)
    {
        row(p, "left open after the finish reason",
            Script().send(openHead() + sseData(deltaJson("Hi")) + sseData(finishJson())),
            {u"ok"_s, u"-"_s, u"Hi"_s});
        row(p, "comments for ever after the finish reason",
            Script()
                .send(openHead() + sseData(deltaJson("Hi")) + sseData(finishJson()))
                .sendForEver(": still here\n\n", milliseconds(20)),
            {u"ok"_s, u"-"_s, u"Hi"_s});
        row(p, "error with a choice beside it",
            Script().send(openHead() + p.begun() +
                          sseData(R"({"error":{"message":"engine died","code":502},)"
                                  R"("choices":[{"finish_reason":"error"}]})") +
                          sseData("[DONE]")),
            {u"transient"_s, u"next"_s, u"Hello, wor"_s});
        row(p, "rate limit inside a stream",
            Script().send(openHead() +
                          sseData(R"({"error":{"type":"rate_limit_error","message":"slow"}})")),
            {u"rate"_s, u"retry"_s, {}});
        row(p, "a stream of nothing", Script().send(openHead() + sseData("[DONE]")).close(),
            {u"protocol"_s, u"retry"_s, {}});
    }

private Q_SLOTS:
    void endsEveryAttempt_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<Script>("script");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<QString>("failureClass");
        QTest::addColumn<QString>("advice");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("closed");
        for (const WireProtocol &protocol : wireProtocols()) {
            silentRows(protocol, true);
            silentRows(protocol, false);
            cutRows(protocol);
            typeRows(protocol);
            if (protocol.streamType == "text/event-stream")
                eventRows(protocol);
        }
        openAiRows(wireProtocols().first());
    }

    void endsEveryAttempt()
    {
        QFETCH(const QString, protocol);
        QFETCH(const Script, script);
        QFETCH(const bool, stream);
        QFETCH(const QString, failureClass);
        QFETCH(const QString, advice);
        QFETCH(const QString, text);
        QFETCH(const bool, closed);

        ScriptedServer server({script});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = protocol;
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask(helloRequest(stream));
        printFaultRow(protocol, QString::fromUtf8(QTest::currentDataTag()).section(u", "_s, 1),
                      stream, className(result), adviceName(result));
        const QString told =
            result.failure ? result.failure->message + result.failure->detail : QString();
        QVERIFY2(className(result) == failureClass, qPrintable(className(result) + u": "_s + told));
        QCOMPARE(adviceName(result), advice);
        QCOMPARE(result.completion.text, text);
        if (!text.isEmpty())
            QCOMPARE(probe.pieces.join(QString()), text);
        if (result.failure)
            QVERIFY(result.failure->message.contains(u"probe"_s));
        if (result.ok() && text == "Hello, world"_L1) {
            QCOMPARE(result.completion.usage, (catalog::TokenUsage{.freshInput = 12, .output = 3}));
            QCOMPARE(result.completion.finishReason, u"stop"_s);
            QCOMPARE(result.completion.servedModel, u"served-model"_s);
        }
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

    void everyProtocol_data()
    {
        QTest::addColumn<int>("place");
        for (int i = 0; i < wireProtocols().size(); ++i)
            QTest::newRow(qPrintable(wireProtocols().at(i).name)) << i;
    }

    void everyPrefixOfAStreamFailsUnlessItIsFinished_data() { everyProtocol_data(); }

    // Whatever is left out at the end: never a crash, never success without the terminal signal.
    void everyPrefixOfAStreamFailsUnlessItIsFinished()
    {
        QFETCH(const int, place);
        const WireProtocol &protocol = wireProtocols().at(place);
        const QByteArray stream = protocol.stream();
        QList<Script> scripts;
        for (qsizetype size = 0; size < stream.size(); ++size)
            scripts.append(
                Script().send(openHead(protocol.streamType) + stream.first(size)).close());
        ScriptedServer server(scripts);
        Probe probe(endpointOf(protocol, server.url()));
        for (qsizetype size = 0; size < stream.size(); ++size) {
            const providers::CallResult result = probe.ask();
            QVERIFY2(result.ok() == (size >= protocol.wholeAt()),
                     qPrintable(QString::number(size) + className(result)));
            QVERIFY(u"Hello, world"_s.startsWith(result.completion.text));
            // Too few bytes to know a stream by, then a stream that was cut.
            if (result.failure)
                QVERIFY2(
                    className(result) == "truncated"_L1 ||
                        (result.completion.text.isEmpty() && className(result) == "protocol"_L1),
                    qPrintable(QString::number(size) + className(result)));
        }
        QCOMPARE(server.requests().size(), stream.size());
    }

    void everyPrefixOfABodyFails_data() { everyProtocol_data(); }

    void everyPrefixOfABodyFails()
    {
        QFETCH(const int, place);
        const WireProtocol &protocol = wireProtocols().at(place);
        const QByteArray body = protocol.body;
        QList<Script> scripts;
        for (qsizetype size = 0; size < body.size(); ++size)
            scripts.append(Script().send(bodyOf(body.first(size))).close());
        ScriptedServer server(scripts);
        Probe probe(endpointOf(protocol, server.url()));
        for (qsizetype size = 0; size < body.size(); ++size) {
            const providers::CallResult result = probe.ask(helloRequest(false));
            QVERIFY2(className(result) == u"protocol"_s, qPrintable(QString::number(size)));
        }
    }

    void cutsOfTheBytesChangeNothing_data() { everyProtocol_data(); }

    void cutsOfTheBytesChangeNothing()
    {
        QFETCH(const int, place);
        const WireProtocol &protocol = wireProtocols().at(place);
        const QByteArray stream = protocol.start +
                                  protocol.piece("na\xC3\xAFve \xF0\x9F\x98\x80 \xE2\x82\xAC") +
                                  protocol.finish;
        QList<Script> scripts;
        for (const qsizetype size : {1, 2, 3, 5, 7})
            scripts.append(
                Script().send(openHead(protocol.streamType)).sendInPieces(stream, size).close());
        ScriptedServer server(scripts);
        Probe probe(endpointOf(protocol, server.url()));
        for (qsizetype i = 0; i < scripts.size(); ++i) {
            const providers::CallResult result = probe.ask();
            QCOMPARE(className(result), u"ok"_s);
            QCOMPARE(result.completion.text, u"naïve 😀 €"_s);
            QCOMPARE(result.completion.usage.output, 3);
        }
    }

    void tenMegabytesInOneLineAreRead_data() { everyProtocol_data(); }

    void tenMegabytesInOneLineAreRead()
    {
        QFETCH(const int, place);
        const WireProtocol &protocol = wireProtocols().at(place);
        const QByteArray text(10 * 1024 * 1024, 'a');
        ScriptedServer server({Script()
                                   .send(openHead(protocol.streamType) + protocol.start +
                                         protocol.piece(text) + protocol.finish)
                                   .close()});
        Probe probe(endpointOf(protocol, server.url()));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"ok"_s);
        QCOMPARE(result.completion.text.size(), text.size());
    }

    void oddTextIsReadVisibly_data() { everyProtocol_data(); }

    // Invalid UTF-8, lone surrogates and NUL neither end the text nor the call.
    void oddTextIsReadVisibly()
    {
        QFETCH(const int, place);
        const WireProtocol &protocol = wireProtocols().at(place);
        const QByteArray odd = "a\xC0\xAFz\\ud800b\\u0000c\\ud83d\\ude00\xF0\x9F";
        ScriptedServer server({Script()
                                   .send(openHead(protocol.streamType) + protocol.start +
                                         protocol.piece(odd) + protocol.finish)
                                   .close()});
        Probe probe(endpointOf(protocol, server.url()));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"ok"_s);
        const QString text = result.completion.text;
        QVERIFY2(text.startsWith(u"a\uFFFD\uFFFDz\uFFFDb"_s + QChar(0) + u"c😀\uFFFD"_s),
                 qPrintable(text));
        QVERIFY(text.isValidUtf16());
    }

    void endlessLinesAndBodiesStopAtTheLimit_data()
    {
        QTest::addColumn<int>("place");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<QByteArray>("start");
        QTest::addColumn<QByteArray>("more");
        const QByteArray many(1024 * 1024, 'a');
        for (int i = 0; i < wireProtocols().size(); ++i) {
            const WireProtocol &p = wireProtocols().at(i);
            const auto add = [&](const char *name, bool stream, const QByteArray &start,
                                 const QByteArray &more) {
                QTest::addRow("%s, %s", qPrintable(p.name), name) << i << stream << start << more;
            };
            add("object in a stream", true, "{\"x\":\"", many);
            add("body", false, "{\"x\":\"", many);
            add("objects", true, {}, "{\"message\":{\"content\":\"" + many + "\"}}\n");
            if (p.streamType != "text/event-stream")
                continue;
            add("line", true, "data: ", many);
            add("event", true, {}, "data: " + many + "\n");
            add("comments", true, {}, ": " + many + "\n");
        }
    }

    void endlessLinesAndBodiesStopAtTheLimit()
    {
        QFETCH(const int, place);
        QFETCH(const bool, stream);
        QFETCH(const QByteArray, start);
        QFETCH(const QByteArray, more);
        const WireProtocol &protocol = wireProtocols().at(place);
        ScriptedServer server(
            {Script().send(openHead() + start).sendForEver(more, milliseconds(1))});
        providers::Endpoint endpoint = endpointOf(protocol, server.url());
        endpoint.timeouts.total = endpoint.timeouts.firstByte = std::chrono::seconds(30);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask(helloRequest(stream));
        printFaultRow(protocol.name, u"21 endless %1"_s.arg(QLatin1String(QTest::currentDataTag())),
                      stream, className(result), adviceName(result));
        QCOMPARE(className(result), u"protocol"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    // Fault 56: the call fails and says so, and the next one is served.
    void whereNoFileMayBeOpenedTheCallFailsCleanly()
    {
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        Probe probe(endpointAt(server.url()));
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
        rlimit few = before;
        few.rlim_cur = 0; // what is open stays so
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &few), 0);
        const providers::CallResult result = probe.ask();
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &before), 0);
        printFaultRow(u"openai"_s, u"56 no more open files"_s, true, className(result),
                      adviceName(result));
        QCOMPARE(className(result), u"transport"_s);
        QVERIFY(!result.failure->message.isEmpty());
        QCOMPARE(server.accepted(), 0);
        QCOMPARE(className(probe.ask()), u"ok"_s);
    }

    void tooManyHeadersAreRefused()
    {
        QByteArray head = "HTTP/1.1 200 OK\r\n";
        for (int i = 0; i < 10'000; ++i)
            head += "X-Header-" + QByteArray::number(i) + ": 0123456789012345678901234\r\n";
        ScriptedServer server({Script().send(head + "Content-Length: 2\r\n\r\n{}")});
        Probe probe(endpointAt(server.url()));
        const providers::CallResult result = probe.ask();
        printFaultRow(u"openai"_s, u"31 10,000 headers"_s, true, className(result),
                      adviceName(result));
        QCOMPARE(className(result), u"protocol"_s);
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
    void everyRequestEndsWhateverTheServerSends_data() { everyProtocol_data(); }

    void everyRequestEndsWhateverTheServerSends()
    {
        QFETCH(const int, place);
        const WireProtocol &protocol = wireProtocols().at(place);
        QRandomGenerator random(20260401);
        QList<Script> scripts;
        for (int i = 0; i < 300; ++i) {
            QByteArray bytes = random.bounded(2) ? openHead(protocol.streamType) + protocol.stream()
                                                 : httpResponse(200, protocol.body);
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
        Probe probe(endpointOf(protocol, server.url()));
        for (qsizetype i = 0; i < scripts.size(); ++i) {
            const providers::CallResult result = probe.ask(helloRequest(i % 2 == 0));
            QVERIFY(result.ok() || !result.failure->message.isEmpty());
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }
};

QTEST_GUILESS_MAIN(TestProviderFaults)
#include "tst_provider_faults.moc"
