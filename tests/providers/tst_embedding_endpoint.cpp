#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

#include <cmath>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

using Vectors = QList<QList<float>>;

Endpoint speaking(const QString &protocol, const QUrl &url)
{
    Endpoint endpoint = endpointAt(url);
    endpoint.protocol = protocol;
    return endpoint;
}

Result<Embeddings> embedded(const Endpoint &endpoint, const QStringList &texts,
                            std::optional<int> dimensions = {})
{
    SystemClock clock;
    auto made = makeEmbeddingEndpoint(endpoint, clock);
    if (!made)
        return tl::unexpected(made.error());
    EmbeddingRequest request{.model = u"m"_s, .texts = texts, .dimensions = dimensions};
    auto task = (*made)->embed(std::move(request), {});
    return QCoro::waitFor(task);
}

Json bodyOf(const QByteArray &request)
{
    return Json::parse(request.sliced(request.indexOf("\r\n\r\n") + 4).toStdString());
}

} // namespace

class TestEmbeddingEndpoint final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speaksEveryProtocol_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("start"); // of the request
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<qint64>("tokens");
        QTest::newRow("OpenAI, in another order")
            << u"openai"_s
            << q("{'data':[{'index':1,'embedding':[3,4]},{'index':0,'embedding':[1,0]}],"
                 "'model':'served','usage':{'prompt_tokens':9,'total_tokens':9}}")
            << QByteArray("POST /embeddings ") << q("{'model':'m','input':['a','b']}") << qint64(9);
        // 1, 0 and 3, 4 as little-endian floats
        QTest::newRow("OpenAI, base64")
            << u"openai"_s
            << q("{'data':[{'index':0,'embedding':'AACAPwAAAAA='},"
                 "{'index':1,'embedding':'AABAQAAAgEA='}],'usage':{'prompt_tokens':9}}")
            << QByteArray("POST /embeddings ") << q("{'model':'m','input':['a','b']}") << qint64(9);
        QTest::newRow("Azure") << u"azure"_s
                               << q("{'data':[{'embedding':[1,0]},{'embedding':[3,4]}]}")
                               << QByteArray("POST /deployments/m/embeddings?api-version=")
                               << q("{'model':'m','input':['a','b']}") << qint64(0);
        QTest::newRow("Ollama") << u"ollama"_s
                                << q("{'model':'m','embeddings':[[1,0],[3,4]],"
                                     "'prompt_eval_count':7}")
                                << QByteArray("POST /api/embed ")
                                << q("{'model':'m','input':['a','b']}") << qint64(7);
    }

    void speaksEveryProtocol()
    {
        QFETCH(const QString, protocol);
        QFETCH(const QByteArray, answer);
        QFETCH(const QByteArray, start);
        QFETCH(const QByteArray, sent);
        QFETCH(const qint64, tokens);
        ScriptedServer server({Script().send(httpResponse(200, answer))});
        const auto result = embedded(speaking(protocol, server.url()), {u"a"_s, u"b"_s});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->vectors, (Vectors{{1, 0}, {3, 4}}));
        QCOMPARE(result->usage.freshInput, tokens);
        const QByteArray request = server.requests().first();
        QVERIFY2(request.startsWith(start), request.constData());
        COMPARE_JSON(bodyOf(request), Json::parse(sent.toStdString()));
    }

    // Shortened vectors need not be of unit length there.
    void bringsGeminisVectorsToUnitLength()
    {
        ScriptedServer server({Script().send(
            httpResponse(200, q("{'embeddings':[{'values':[3,4]},{'values':[0,2]}]}")))});
        const auto result = embedded(speaking(u"gemini"_s, server.url()), {u"a"_s, u"b"_s}, 2);
        QVERIFY(result);
        QCOMPARE(result->vectors, (Vectors{{0.6F, 0.8F}, {0, 1}}));
        const QByteArray request = server.requests().first();
        QVERIFY(request.startsWith("POST /v1beta/models/m:batchEmbedContents "));
        COMPARE_JSON(bodyOf(request),
                     j("{'requests':[{'model':'models/m','content':{'parts':[{'text':'a'}]},"
                       "'outputDimensionality':2},{'model':'models/m','content':{'parts':["
                       "{'text':'b'}]},'outputDimensionality':2}]}"));
    }

    void asksForDimensions()
    {
        ScriptedServer server(
            {Script().send(httpResponse(200, q("{'data':[{'index':0,'embedding':[1]}]}")))});
        QVERIFY(embedded(speaking(u"openai"_s, server.url()), {u"a"_s}, 1));
        QVERIFY(bodyOf(server.requests().first())["dimensions"] == 1);
    }

    void sendsMoreTextsThanFitInBatches()
    {
        QByteArray many = q("{'embeddings':[");
        for (int i = 0; i < 256; ++i)
            many += i == 0 ? "[1,0]" : ",[1,0]";
        ScriptedServer server(
            {Script().send(httpResponse(200, many + "],\"prompt_eval_count\":256}")),
             Script().send(httpResponse(200, q("{'embeddings':[[3,4]],'prompt_eval_count':1}")))});
        QStringList texts;
        for (int i = 0; i < 257; ++i)
            texts.append(QString::number(i));
        const auto result = embedded(speaking(u"ollama"_s, server.url()), texts);
        QVERIFY(result);
        QCOMPARE(result->vectors.size(), 257);
        QCOMPARE(result->vectors.last(), (QList<float>{3, 4}));
        QCOMPARE(result->usage.freshInput, 257);
        QCOMPARE(server.requests().size(), 2);
        QVERIFY(bodyOf(server.requests().at(1))["input"] == j("['256']"));
    }

    void noTextsNeedNoCall()
    {
        ScriptedServer server({Script()});
        const auto result = embedded(speaking(u"openai"_s, server.url()), {});
        QVERIFY(result && result->vectors.isEmpty());
        QCOMPARE(server.accepted(), 0);
    }

    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("too few") << q("{'data':[{'index':0,'embedding':[1]}]}");
        QTest::newRow("too many") << q("{'data':[{'index':0,'embedding':[1]},{'index':1,"
                                       "'embedding':[1]},{'index':2,'embedding':[1]}]}");
        QTest::newRow("the same twice") << q("{'data':[{'index':0,'embedding':[1]},{'index':0,"
                                             "'embedding':[1]}]}");
        QTest::newRow("of two lengths") << q("{'data':[{'index':0,'embedding':[1]},{'index':1,"
                                             "'embedding':[1,2]}]}");
        QTest::newRow("empty ones") << q("{'data':[{'index':0,'embedding':[]},{'index':1,"
                                         "'embedding':[]}]}");
        QTest::newRow("texts") << q("{'data':[{'index':0,'embedding':['a']},{'index':1,"
                                    "'embedding':['b']}]}");
        QTest::newRow("no base64") << q("{'data':[{'index':0,'embedding':'*'},{'index':1,"
                                        "'embedding':'*'}]}");
        QTest::newRow("half a float") << q("{'data':[{'index':0,'embedding':'AACA'},{'index':1,"
                                           "'embedding':'AACA'}]}");
        // infinity
        QTest::newRow("not finite") << q("{'data':[{'index':0,'embedding':'AACAfw=='},{'index':1,"
                                         "'embedding':'AACAfw=='}]}");
        QTest::newRow("beyond a float") << q("{'data':[{'index':0,'embedding':[1e300]},{'index':1,"
                                             "'embedding':[1]}]}");
        QTest::newRow("no data") << q("{'object':'list'}");
        QTest::newRow("no JSON") << QByteArray("<html></html>");
        QTest::newRow("an error") << q("{'error':{'message':'no such model'}}");
    }

    void refusesWhatDoesNotFit()
    {
        QFETCH(const QByteArray, answer);
        ScriptedServer server({Script().send(httpResponse(200, answer))});
        const auto result = embedded(speaking(u"openai"_s, server.url()), {u"a"_s, u"b"_s});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Protocol);
        QVERIFY(result.error().message.contains(u"probe"_s));
    }

    void tellsErrorsAndStops()
    {
        ScriptedServer server({Script().send(httpResponse(429, "{}")), Script()});
        const Endpoint endpoint = speaking(u"ollama"_s, server.url());
        QCOMPARE(embedded(endpoint, {u"a"_s}).error().code, ErrorCode::RateLimited);
        SystemClock clock;
        const auto embedder = makeEmbeddingEndpoint(endpoint, clock);
        std::stop_source stop;
        EmbeddingRequest request{.model = u"m"_s, .texts = {u"a"_s}, .dimensions = {}};
        auto task = (*embedder)->embed(std::move(request), stop.get_token());
        QTRY_COMPARE(server.requests().size(), 2);
        stop.request_stop();
        QCOMPARE(QCoro::waitFor(task).error().code, ErrorCode::Cancelled);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void saysWhereThereAreNone()
    {
        const auto result =
            embedded(speaking(u"anthropic"_s, QUrl(u"https://a.example"_s)), {u"a"_s});
        QCOMPARE(result.error().code, ErrorCode::Unavailable);
        QVERIFY(result.error().message.contains(u"probe"_s));
    }
};

QTEST_GUILESS_MAIN(TestEmbeddingEndpoint)
#include "tst_embedding_endpoint.moc"
