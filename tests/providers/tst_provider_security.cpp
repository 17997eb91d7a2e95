#include "tests/providers/provider_probe.h"
#include "tests/support/fault_table.h"
#include "tests/support/wire_protocol.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;

namespace {

constexpr const char *kVariable = "HEADGATE_TEST_CANARY_KEY";
const QByteArray kKey = "sk-canary-5f1c9e77a2";

} // namespace

class TestProviderSecurity final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv(kVariable, kKey); }
    void cleanupTestCase() { qunsetenv(kVariable); }

    void redirectsAreNotFollowed_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("target"); // OTHER: the second server
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%d to another host", status) << status << QByteArray("OTHER/v1");
        QTest::newRow("to the same host") << 307 << QByteArray("/elsewhere");
        QTest::newRow("to itself") << 307 << QByteArray("/chat/completions");
        QTest::newRow("to a file") << 302 << QByteArray("file:///etc/passwd");
        QTest::newRow("without a target") << 302 << QByteArray();
    }

    void redirectsAreNotFollowed()
    {
        QFETCH(const int, status);
        QFETCH(QByteArray, target);
        ScriptedServer other({Script().send(httpResponse(200, goodBody()))});
        target.replace("OTHER", other.url().toEncoded());
        ScriptedServer server({Script().send(httpResponse(status, {}, {"Location: " + target}))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        printFaultRow(endpoint.protocol, u"28 %1"_s.arg(QLatin1String(QTest::currentDataTag())),
                      true, className(result), adviceName(result));
        QCOMPARE(className(result), u"redirect"_s);
        QCOMPARE(adviceName(result), u"stop"_s);
        if (target.startsWith("http"))
            QVERIFY(result.failure->message.contains(QString::fromLatin1(target)));
        QCOMPARE(other.accepted(), 0);
        QCOMPARE(server.requests().size(), 1);
    }

    void noProtocolFollowsARedirect_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("stream");
        for (const WireProtocol &protocol : wireProtocols()) {
            QTest::addRow("%s, streamed", qPrintable(protocol.name)) << protocol.name << true;
            QTest::addRow("%s, whole", qPrintable(protocol.name)) << protocol.name << false;
        }
    }

    // The second server would get the key with the request.
    void noProtocolFollowsARedirect()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        ScriptedServer other({Script().send(httpResponse(200, goodBody()))});
        ScriptedServer server({Script().send(
            httpResponse(307, {}, {"Location: " + other.url().toEncoded() + "/?key=" + kKey}))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = protocol;
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask(helloRequest(stream));
        printFaultRow(protocol, u"28 307 with the key in its target"_s, stream, className(result),
                      adviceName(result));
        QCOMPARE(className(result), u"redirect"_s);
        QVERIFY(!toldBy(result).contains(QString::fromLatin1(kKey)));
        auto listing = probe.provider->listModels({});
        QVERIFY(!QCoro::waitFor(listing));
        QCOMPARE(other.accepted(), 0);
        QCOMPARE(server.requests().size(), 2);
    }

    void theKeyIsSentInTheHeaderAndNowhereElse()
    {
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        QCOMPARE(className(probe.ask()), u"ok"_s);
        const QByteArray request = server.requests().first();
        QCOMPARE(request.count(kKey), 1);
        QVERIFY(request.contains("\r\nAuthorization: Bearer " + kKey + "\r\n"));
        QVERIFY(request.contains("\r\nAccept-Encoding: identity\r\n"));
        QVERIFY(
            request.contains("\r\nHost: 127.0.0.1:" + QByteArray::number(server.port()) + "\r\n"));
    }

    void optionalHeadersAreSentWithEveryCall()
    {
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.headers = {{u"OpenAI-Organization"_s, u"org-1"_s}, {u"X-Title"_s, u"My tool"_s}};
        QVERIFY(providers::validateEndpoint(endpoint));
        Probe probe(endpoint);
        QCOMPARE(className(probe.ask()), u"ok"_s);
        auto listing = probe.provider->listModels({});
        QCoro::waitFor(listing);
        QCOMPARE(server.requests().size(), 2);
        for (const QByteArray &request : server.requests()) {
            QVERIFY(request.contains("\r\nOpenAI-Organization: org-1\r\n"));
            QVERIFY(request.contains("\r\nX-Title: My tool\r\n"));
            QVERIFY(!request.contains("HTTP-Referer"));
        }
    }

    void headersThatCouldSmuggleAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("a line break") << u"X-Title"_s << u"a\r\nX-Injected: 1"_s;
        QTest::newRow("beyond ASCII") << u"X-Title"_s << u"caf\u00e9"_s;
        QTest::newRow("the key's header") << u"Authorization"_s << u"Bearer x"_s;
        QTest::newRow("a name with a break") << u"X-Title\r\nX-Injected"_s << u"1"_s;
    }

    void headersThatCouldSmuggleAreRefused()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        providers::Endpoint endpoint = endpointAt(QUrl(u"https://model.example/v1"_s));
        endpoint.headers.insert(name, value);
        const auto valid = providers::validateEndpoint(endpoint);
        QVERIFY(!valid);
        QVERIFY(valid.error().message.contains(u"header"_s));
    }

    void aKeyThatTheServerEchoesIsNotRepeated_data()
    {
        QTest::addColumn<QByteArray>("response");
        const QByteArray json = "{\"error\":{\"message\":\"bad key " + kKey + "\",\"code\":\"" +
                                kKey + "\",\"type\":\"" + kKey + "\"}}";
        const QList<QByteArray> echo = {"X-Request-Id: " + kKey, "X-Echo: " + kKey};
        for (const int status : {400, 401, 403, 404, 429, 500})
            QTest::addRow("%d", status) << httpResponse(status, json, echo);
        QTest::newRow("text") << httpResponse(500, "Authorization: Bearer " + kKey);
        QTest::newRow("html") << httpResponse(200, "<title>" + kKey + "</title>");
        QTest::newRow("in a 200") << httpResponse(200, json, echo);
        QTest::newRow("in a stream") << openHead() + sseData(deltaJson("x")) + sseData(json);
        QTest::newRow("not JSON in a stream")
            << openHead() + sseData("{" + kKey) + sseData("[DONE]");
        QTest::newRow("names") << httpResponse(
            200,
            "{\"model\":\"" + kKey +
                "\",\"choices\":[{\"message\":{\"content\":\"x\"},"
                "\"finish_reason\":\"" +
                kKey + "\"}]}",
            echo);
        QTest::newRow("status line") << "HTTP/1.1 500 " + kKey + "\r\nContent-Length: 0\r\n\r\n";
        QTest::newRow("bad header") << "HTTP/1.1 200 OK\r\n" + kKey + "\r\n\r\n";
    }

    void aKeyThatTheServerEchoesIsNotRepeated()
    {
        QFETCH(const QByteArray, response);
        ScriptedServer server({Script().send(response).close()});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QVERIFY2(!toldBy(result).contains(QString::fromLatin1(kKey)), qPrintable(toldBy(result)));
        auto listing = probe.provider->listModels({});
        const Result<QStringList> models = QCoro::waitFor(listing);
        QVERIFY(!models);
        QVERIFY(
            !(models.error().message + models.error().detail).contains(QString::fromLatin1(kKey)));
    }

    void aKeyInTheAnswerIsTakenOutWhileItStreams_data()
    {
        QTest::addColumn<int>("protocol");
        QTest::addColumn<int>("size");
        for (int i = 0; i < wireProtocols().size(); ++i) {
            for (const int size : {1, 3, 7, 100})
                QTest::addRow("%s, %d a piece", qPrintable(wireProtocols().at(i).name), size)
                    << i << size;
        }
    }

    // However the server cuts it: nobody sees a part of it, and what is whole at the end is what
    // was shown.
    void aKeyInTheAnswerIsTakenOutWhileItStreams()
    {
        QFETCH(const int, protocol);
        QFETCH(const int, size);
        const WireProtocol &p = wireProtocols().at(protocol);
        const QByteArray text = "Your key is " + kKey + ", and sk-canary is no key; is ";
        QByteArray stream = p.start;
        for (qsizetype at = 0; at < text.size(); at += size)
            stream += p.piece(text.mid(at, size));
        const ScriptedServer server({Script().send(openHead(p.streamType) + stream + p.finish)});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = p.name;
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        QString shown;
        providers::CompletionRequest request = helloRequest();
        request.onText = [&shown](const QString &piece) {
            shown += piece;
            QVERIFY2(!shown.contains(u"is s"_s), qPrintable(shown)); // not the first of its letters
        };
        const providers::CallResult result = probe.ask(request);
        QCOMPARE(className(result), u"ok"_s);
        QCOMPARE(shown, u"Your key is [key removed], and sk-canary is no key; is "_s);
        QCOMPARE(result.completion.text, shown);
        QVERIFY(server.requests().first().contains(kKey));
    }

    void aKeyWithALineBreakIsRefused()
    {
        ScriptedServer server({Script()});
        qputenv("HEADGATE_TEST_ODD_KEY", "sk-1\r\nX-Injected: 1");
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = u"HEADGATE_TEST_ODD_KEY"_s;
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        qunsetenv("HEADGATE_TEST_ODD_KEY");
        QCOMPARE(className(result), u"auth"_s);
        QVERIFY(!toldBy(result).contains(u"sk-1"_s));
        QCOMPARE(server.accepted(), 0);
    }

    void cookiesAreNotKept()
    {
        ScriptedServer server({Script().send(
            httpResponse(200, goodBody(), {"Set-Cookie: id=1; Path=/", "Set-Cookie: b=2"}))});
        Probe probe(endpointAt(server.url()));
        for (int i = 0; i < 2; ++i)
            QCOMPARE(className(probe.ask()), u"ok"_s);
        QVERIFY(!server.requests().at(1).toLower().contains("cookie"));
    }
};

QTEST_GUILESS_MAIN(TestProviderSecurity)
#include "tst_provider_security.moc"
