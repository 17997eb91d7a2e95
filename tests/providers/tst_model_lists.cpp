#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

Endpoint speaking(const QString &protocol, const QUrl &url)
{
    Endpoint endpoint = endpointAt(url);
    endpoint.protocol = protocol;
    return endpoint;
}

Result<QList<OfferedModel>> modelsOf(Probe &probe)
{
    auto task = probe.provider->offeredModels({});
    return QCoro::waitFor(task);
}

QByteArray targetOf(const QByteArray &request)
{
    return request.split(' ').value(1);
}

} // namespace

class TestModelLists final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryShape_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char *name, const QString &protocol, const char *body,
                            const QByteArray &target, const QStringList &names) {
            QTest::newRow(name) << protocol << q(body) << target << names;
        };
        const QStringList both{u"a"_s, u"b"_s};
        row("OpenAI", u"openai"_s,
            "{'object':'list','data':[{'id':'a'},{'id':'b'},{'id':'a'},{},7]}", "/models", both);
        row("bare list", u"openai"_s, "[{'id':'a'},{'id':'b'}]", "/models", both);
        row("empty", u"openai"_s, "{'data':[]}", "/models", {});
        row("Azure", u"azure"_s, "{'data':[{'id':'a'},{'id':'b'}]}",
            "/models?api-version=2024-10-21", both);
        row("Anthropic", u"anthropic"_s, "{'data':[{'id':'a'},{'id':'b'}],'has_more':false}",
            "/v1/models?limit=1000", both);
        row("Gemini", u"gemini"_s, "{'models':[{'name':'models/a'},{'name':'models/b'}]}",
            "/v1beta/models?pageSize=1000", both);
        row("Ollama", u"ollama"_s, "{'models':[{'name':'a','size':5},{'name':'b'}]}", "/api/tags",
            both);
    }

    void readsEveryShape()
    {
        QFETCH(const QString, protocol);
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, target);
        QFETCH(const QStringList, names);
        ScriptedServer server({Script().send(httpResponse(200, body))});
        Probe probe(speaking(protocol, server.url()));
        auto task = probe.provider->listModels({});
        const Result<QStringList> models = QCoro::waitFor(task);
        QVERIFY2(models, models ? "" : qPrintable(models.error().message));
        QCOMPARE(*models, names);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(targetOf(server.requests().first()), target);
        QVERIFY(server.requests().first().startsWith("GET "));
    }

    void readsPageAfterPage_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QByteArrayList>("bodies");
        QTest::addColumn<QByteArray>("second");
        QTest::newRow("Anthropic")
            << u"anthropic"_s
            << QByteArrayList{q("{'data':[{'id':'a'}],'has_more':true,'last_id':'a+'}"),
                              q("{'data':[{'id':'b'}],'has_more':false,'last_id':'b'}")}
            << QByteArray("/v1/models?limit=1000&after_id=a%2B");
        QTest::newRow("Gemini") << u"gemini"_s
                                << QByteArrayList{q("{'models':[{'name':'models/a'}],"
                                                    "'nextPageToken':'t&1'}"),
                                                  q("{'models':[{'name':'models/b'}]}")}
                                << QByteArray("/v1beta/models?pageSize=1000&pageToken=t%261");
    }

    void readsPageAfterPage()
    {
        QFETCH(const QString, protocol);
        QFETCH(const QByteArrayList, bodies);
        QFETCH(const QByteArray, second);
        ScriptedServer server({Script().send(httpResponse(200, bodies.at(0))),
                               Script().send(httpResponse(200, bodies.at(1)))});
        Probe probe(speaking(protocol, server.url()));
        auto task = probe.provider->listModels({});
        QCOMPARE(QCoro::waitFor(task).value(), QStringList({u"a"_s, u"b"_s}));
        QCOMPARE(server.requests().size(), 2);
        QCOMPARE(targetOf(server.requests().at(1)), second);
    }

    void aPageThatNamesItselfEndsTheList()
    {
        ScriptedServer server({Script().send(
            httpResponse(200, q("{'models':[{'name':'models/a'}],'nextPageToken':'same'}")))});
        Probe probe(speaking(u"gemini"_s, server.url()));
        auto task = probe.provider->listModels({});
        QCOMPARE(QCoro::waitFor(task).value(), QStringList({u"a"_s}));
        QCOMPARE(server.requests().size(), 2);
    }

    void tellsLimitsAndKinds()
    {
        ScriptedServer server(
            {Script().send(httpResponse(
                 200, q("{'models':[{'name':'models/flash','displayName':'Flash','inputTokenLimit':"
                        "1000,'outputTokenLimit':200,'supportedGenerationMethods':"
                        "['generateContent']},{'name':'models/embed','supportedGenerationMethods':"
                        "['embedContent']}]}"))),
             Script().send(httpResponse(200, q("{'data':[{'id':'opus','display_name':'Opus',"
                                               "'max_input_tokens':5,'max_tokens':6}]}")))});
        Probe gemini(speaking(u"gemini"_s, server.url()));
        const auto models = modelsOf(gemini);
        QVERIFY(models);
        QCOMPARE(models->at(0).title, u"Flash"_s);
        QCOMPARE(models->at(0).contextTokens, 1000);
        QCOMPARE(models->at(0).outputTokens, 200);
        QVERIFY(models->at(0).chats && !models->at(0).embeds);
        QVERIFY(!models->at(1).chats && models->at(1).embeds);
        QVERIFY(!models->at(1).contextTokens);
        Probe anthropic(speaking(u"anthropic"_s, server.url()));
        const auto opus = modelsOf(anthropic);
        QVERIFY(opus);
        QCOMPARE(opus->first().title, u"Opus"_s);
        QCOMPARE(opus->first().contextTokens, 5);
        QCOMPARE(opus->first().outputTokens, 6);
    }

    // Dollars a token, as texts; -1 is a price that varies, and unknown is not free.
    void readsThePricesOfOpenRouter()
    {
        ScriptedServer server({Script().send(httpResponse(
            200, q("{'data':[{'id':'x/a','name':'A','context_length':128000,'top_provider':"
                   "{'max_completion_tokens':4096},'pricing':{'prompt':'0.0000000375',"
                   "'completion':'0.00000015','input_cache_read':'0.00000001'}},"
                   "{'id':'x/auto','pricing':{'prompt':'-1','completion':'-1'}},"
                   "{'id':'x/free','pricing':{'prompt':'0','completion':'0'}},{'id':'x/b'}]}")))});
        Probe probe(speaking(u"openai"_s, server.url()));
        const auto models = modelsOf(probe);
        QVERIFY(models);
        QCOMPARE(models->size(), 4);
        const OfferedModel &a = models->at(0);
        QCOMPARE(a.title, u"A"_s);
        QCOMPARE(a.contextTokens, 128'000);
        QCOMPARE(a.outputTokens, 4096);
        QCOMPARE(a.price->input.toDecimal(), u"0.0375"_s);
        QCOMPARE(a.price->output.toDecimal(), u"0.15"_s);
        QCOMPARE(a.price->cachedInput->toDecimal(), u"0.01"_s);
        QVERIFY(!a.price->cacheWrite);
        QVERIFY(!models->at(1).price);
        QCOMPARE(models->at(2).price->output, Money());
        QVERIFY(!models->at(3).price);
    }

    void tellsWhyThereIsNone_data()
    {
        QTest::addColumn<QString>("protocol");
        for (const char *protocol : {"openai", "azure", "anthropic", "gemini", "ollama"})
            QTest::newRow(protocol) << QString::fromLatin1(protocol);
    }

    void tellsWhyThereIsNone()
    {
        QFETCH(const QString, protocol);
        ScriptedServer server(
            {Script().send(httpResponse(401, q("{'error':{'message':'no'}}"))),
             Script().send(httpResponse(200, "<html>hello</html>")),
             Script().send(httpResponse(200, q("{'hello':1}"))),
             Script().send(httpResponse(404, {})),
             Script().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").close()});
        Probe probe(speaking(protocol, server.url()));
        for (const ErrorCode code :
             {ErrorCode::Unauthorized, ErrorCode::Protocol, ErrorCode::Protocol,
              ErrorCode::NotFound, ErrorCode::Network}) {
            const auto models = modelsOf(probe);
            QVERIFY(!models);
            QCOMPARE(models.error().code, code);
            QVERIFY(models.error().message.contains(u"probe"_s));
        }
    }
};

QTEST_GUILESS_MAIN(TestModelLists)
#include "tst_model_lists.moc"
