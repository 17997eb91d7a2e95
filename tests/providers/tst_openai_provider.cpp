#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using std::chrono::milliseconds;

class TestOpenAiProvider final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamsAnAnswer()
    {
        ScriptedServer server(
            {Script().send(chunkedHead() + httpChunk(goodStream()) + lastChunk())});
        Probe probe(endpointAt(server.url(u"/v1/"_s)));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"ok"_s);
        QCOMPARE(result.completion.text, u"Hello, world"_s);
        QCOMPARE(probe.pieces, QStringList({u"Hello"_s, u", world"_s}));
        QCOMPARE(result.completion.finishReason, u"stop"_s);
        QCOMPARE(result.completion.servedModel, u"served-model"_s);
        QCOMPARE(result.completion.usage.freshInput, 12);
        QCOMPARE(result.completion.usage.output, 3);
        QVERIFY(!result.completion.usage.estimated);
        QVERIFY(result.completion.firstToken);
        QVERIFY(result.completion.total >= *result.completion.firstToken);
        QVERIFY(server.requests().first().startsWith("POST /v1/chat/completions HTTP/1.1\r\n"));
    }

    void readsAWholeAnswer()
    {
        ScriptedServer server(
            {Script().send(httpResponse(200, goodBody(), {"X-Request-Id: r-17"}))});
        Probe probe(endpointAt(server.url()));
        const providers::CallResult result = probe.ask(helloRequest(false));
        QCOMPARE(className(result), u"ok"_s);
        QCOMPARE(result.completion.text, u"Hello, world"_s);
        QCOMPARE(result.completion.requestId, u"r-17"_s);
        QCOMPARE(result.completion.usage.input(), 12);
        QVERIFY(!result.completion.firstToken);
    }

    void oneConnectionServesManyCalls()
    {
        ScriptedServer server(
            {Script().send(chunkedHead() + httpChunk(goodStream()) + lastChunk())});
        Probe probe(endpointAt(server.url()));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(className(probe.ask()), u"ok"_s);
        QCOMPARE(server.requests().size(), 20);
        QCOMPARE(server.accepted(), 1);
    }

    void callsOverlapBeyondSixConnections()
    {
        ScriptedServer server({Script()
                                   .wait(milliseconds(50))
                                   .send(chunkedHead() + httpChunk(goodStream()) + lastChunk())});
        Probe probe(endpointAt(server.url()));
        std::vector<QCoro::Task<providers::CallResult>> tasks;
        for (int i = 0; i < 20; ++i) {
            providers::CompletionRequest request = helloRequest();
            tasks.push_back(probe.provider->complete(std::move(request), {}));
        }
        for (auto &task : tasks)
            QCOMPARE(className(QCoro::waitFor(task)), u"ok"_s);
        QCOMPARE(server.accepted(), 20);
    }

    void aKeyThatIsMissingIsNamedAndNothingIsSent()
    {
        ScriptedServer server({Script()});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = u"HEADGATE_TEST_NO_SUCH_KEY"_s;
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"auth"_s);
        QCOMPARE(adviceName(result), u"next"_s);
        QVERIFY(result.failure->message.contains(endpoint.keyVariable));
        QCOMPARE(server.accepted(), 0);
    }

    void listsModels_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("object") << QByteArray(
            R"({"object":"list","data":[{"id":"a"},{"id":"b"},{"id":"a"},{}]})");
        QTest::newRow("bare array") << QByteArray(R"([{"id":"a"},{"id":"b"}])");
    }

    void listsModels()
    {
        QFETCH(const QByteArray, body);
        ScriptedServer server({Script().send(httpResponse(200, body))});
        Probe probe(endpointAt(server.url(u"/v1"_s)));
        auto task = probe.provider->listModels({});
        const Result<QStringList> models = QCoro::waitFor(task);
        QVERIFY2(models, models ? "" : qPrintable(models.error().message));
        QCOMPARE(*models, QStringList({u"a"_s, u"b"_s}));
        QVERIFY(server.requests().first().startsWith("GET /v1/models HTTP/1.1\r\n"));
    }

    void tellsWhyModelsCannotBeListed()
    {
        ScriptedServer server({Script().send(httpResponse(401, R"({"error":{"message":"no"}})")),
                               Script().send(httpResponse(200, "<html>hello</html>"))});
        Probe probe(endpointAt(server.url()));
        auto first = probe.provider->listModels({});
        QCOMPARE(QCoro::waitFor(first).error().code, ErrorCode::Unauthorized);
        auto second = probe.provider->listModels({});
        QCOMPARE(QCoro::waitFor(second).error().code, ErrorCode::Protocol);
    }
};

QTEST_GUILESS_MAIN(TestOpenAiProvider)
#include "tst_openai_provider.moc"
