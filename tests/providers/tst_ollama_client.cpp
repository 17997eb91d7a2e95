#include "core/providers/ollama_protocol.h"
#include "core/providers/ollama_request.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

Endpoint ollama(const QUrl &base = QUrl(u"http://127.0.0.1:11434"_s))
{
    Endpoint endpoint = endpointAt(base);
    endpoint.protocol = u"ollama"_s;
    return endpoint;
}

CompletionRequest asking(const QList<Message> &messages, const Json &parameters = Json::object())
{
    CompletionRequest request;
    request.model = u"qwen3:8b"_s;
    request.messages = messages;
    request.parameters = parameters;
    return request;
}

Message user(const QString &text)
{
    return {Message::Role::User, text, Json::object()};
}

Json encoded(const CompletionRequest &request, bool offersLogProbabilities = true)
{
    const auto body = encodeOllamaRequest(request, offersLogProbabilities);
    return body ? Json::parse(body->toStdString()) : Json(toStdString(body.error().message));
}

} // namespace

class TestOllamaClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheDocumentedRequest()
    {
        CompletionRequest request =
            asking({{Message::Role::System, u"Be brief."_s, Json::object()}, user(u"hi"_s)},
                   j("{'max_tokens':64,'stop':'a','temperature':0.5,'top_p':0.9,'seed':7,"
                     "'num_ctx':8192,'keep_alive':'5m','user':'u','n':1,"
                     "'options':{'mirostat':1},'reasoning_effort':'low'}"));
        COMPARE_JSON(encoded(request),
                     j("{'model':'qwen3:8b','stream':true,'messages':[{'role':'system','content':"
                       "'Be brief.'},{'role':'user','content':'hi'}],'keep_alive':'5m','think':"
                       "'low','options':{'num_predict':64,'stop':['a'],'temperature':0.5,'top_p':"
                       "0.9,'seed':7,'num_ctx':8192,'mirostat':1}}"));
        // Which it would be without a word.
        request.stream = false;
        QVERIFY(encoded(request)["stream"] == false);
    }

    void asksForJsonThinkingAndLogProbabilities()
    {
        QVERIFY(encoded(asking({user(u"hi"_s)},
                               j("{'response_format':{'type':'json_object'}}")))["format"] ==
                "json");
        const Json schema = encoded(
            asking({user(u"hi"_s)}, j("{'response_format':{'type':'json_schema','json_schema':"
                                      "{'schema':{'type':'object'}}},'reasoning_effort':'none'}")));
        COMPARE_JSON(schema["format"], j("{'type':'object'}"));
        QVERIFY(schema["think"] == false);
        CompletionRequest request = asking({user(u"hi"_s)}, j("{'top_logprobs':2}"));
        request.wantLogProbabilities = true;
        QVERIFY(encoded(request)["logprobs"] == true && encoded(request)["top_logprobs"] == 2);
        QVERIFY(!encoded(request, false).contains("logprobs"));
    }

    void carriesImagesAndToolCalls()
    {
        const Json image = j("[{'type':'image_url','image_url':"
                             "{'url':'data:image/png;base64,QUJD'}}]");
        const Json calls = j("[{'id':'c1','function':{'name':'f','arguments':'{\\'a\\':1}'}}]");
        const Json body =
            encoded(asking({{Message::Role::User, u"What is it?"_s, {{"content", image}}},
                            {Message::Role::Assistant, {}, {{"tool_calls", calls}}},
                            {Message::Role::Tool, u"1"_s, {{"tool_call_id", "c1"}}}},
                           j("{'tools':[{'type':'function','function':{'name':'f'}}]}")));
        COMPARE_JSON(body["messages"],
                     j("[{'role':'user','content':'What is it?','images':['QUJD']},"
                       "{'role':'assistant','content':'','tool_calls':[{'function':{'name':'f',"
                       "'arguments':{'a':1}}}]},{'role':'tool','content':'1','tool_name':'f'}]"));
        COMPARE_JSON(body["tools"], j("[{'type':'function','function':{'name':'f'}}]"));
        const Json none =
            encoded(asking({user(u"hi"_s)}, j("{'tools':[{}],'tool_choice':'none'}")));
        QVERIFY(!none.contains("tools") && !none.contains("tool_choice"));
        const Json named = encoded(asking(
            {{Message::Role::User,
              {},
              {{"content", j("[{'type':'image_url','image_url':{'url':'http://a/b'}}]")}}}}));
        QVERIFY(named.is_string());
    }

    void readsThinkingToolCallsAndLogProbabilities()
    {
        const auto result = callOver(
            OllamaProtocol(), ollama(),
            q("{'model':'m','message':{'thinking':'hm','content':''},'done':false}\n"
              "{'model':'m','message':{'content':'I see','tool_calls':[{'function':{'name':'f',"
              "'arguments':{'a':1}}}]},'logprobs':[{'token':'I','logprob':-0.25},"
              "{'token':' see','logprob':-0.5}],'done':false}\n"
              "{'model':'m','message':{'content':''},'done':true,'done_reason':'length',"
              "'prompt_eval_count':26,'eval_count':298}\n"));
        QVERIFY(result.ok());
        QCOMPARE(result.completion.text, u"I see"_s);
        QCOMPARE(result.completion.reasoning, u"hm"_s);
        QCOMPARE(result.completion.toolCalls, QList<ToolCall>({{{}, u"f"_s, u"{\"a\":1}"_s}}));
        QCOMPARE(result.completion.logProbabilities, QList<double>({-0.25, -0.5}));
        QCOMPARE(result.completion.finishReason, u"length"_s);
        QCOMPARE(result.completion.servedModel, u"m"_s);
        QCOMPARE(shown(result.completion.usage), u"26/0/0/0/298/0"_s);
    }

    void countsEveryShapeOfUsage_data()
    {
        QTest::addColumn<QByteArray>("counts");
        QTest::addColumn<QString>("usage");
        QTest::newRow("plain") << q("'prompt_eval_count':26,'eval_count':298")
                               << u"26/0/0/0/298/0"_s;
        // Not told of a prompt that the server still holds: 10 bytes and a frame.
        QTest::newRow("prompt held") << q("'eval_count':298") << u"~7/0/0/0/298/0"_s;
        QTest::newRow("none") << q("'total_duration':5") << u"~7/0/0/0/1/0"_s;
        QTest::newRow("negative") << q("'prompt_eval_count':-1,'eval_count':298")
                                  << u"~7/0/0/0/1/0"_s;
    }

    void countsEveryShapeOfUsage()
    {
        QFETCH(const QByteArray, counts);
        QFETCH(const QString, usage);
        const auto result =
            callOver(OllamaProtocol(), ollama(),
                     q("{'message':{'content':'four'},'done':true,") + counts + "}", {}, false);
        QVERIFY(result.ok());
        QCOMPARE(shown(result.completion.usage), usage);
    }

    void tellsThatAPromptWasCut_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<QByteArray>("counts");
        QTest::addColumn<bool>("told");
        QTest::newRow("read whole")
            << 40'000 << q("'prompt_eval_count':9800,'eval_count':3") << false;
        QTest::newRow("cut at num_ctx")
            << 40'000 << q("'prompt_eval_count':2048,'eval_count':3") << true;
        QTest::newRow("a rough estimate is no cut")
            << 40'000 << q("'prompt_eval_count':6000,'eval_count':3") << false;
        QTest::newRow("short prompts are never cut")
            << 400 << q("'prompt_eval_count':20,'eval_count':3") << false;
        QTest::newRow("not counted") << 40'000 << q("'eval_count':3") << false;
    }

    void tellsThatAPromptWasCut()
    {
        QFETCH(const int, bytes);
        QFETCH(const QByteArray, counts);
        QFETCH(const bool, told);
        ScriptedServer server({Script().send(
            httpResponse(200, q("{'message':{'content':'four'},'done':true,'done_reason':'stop',") +
                                  counts + "}"))});
        Probe probe(ollama(server.url()));
        CompletionRequest request = asking({user(QString(bytes, u'x'))});
        request.stream = false;
        const auto result = probe.ask(request);
        QVERIFY(result.ok());
        QCOMPARE(result.completion.remark.contains(u"num_ctx"_s), told);
        if (told)
            QVERIFY2(result.completion.remark.contains(u"read 2,048 of about 10,004 tokens"_s),
                     qPrintable(result.completion.remark));
    }

    void classifiesErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("failureClass");
        QTest::addColumn<QString>("advice");
        QTest::newRow("no model") << 404 << QByteArray("model 'x' not found") << u"not_found"_s
                                  << u"next"_s;
        QTest::newRow("no tools") << 400 << QByteArray("m does not support tools")
                                  << u"capability"_s << u"next"_s;
        QTest::newRow("bad request")
            << 400 << QByteArray("invalid options") << u"request"_s << u"stop"_s;
        QTest::newRow("busy") << 503 << QByteArray("server busy") << u"transient"_s << u"retry"_s;
        QTest::newRow("in a stream")
            << 200 << QByteArray("an error was encountered") << u"protocol"_s << u"retry"_s;
    }

    void classifiesErrors()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, text);
        QFETCH(const QString, failureClass);
        QFETCH(const QString, advice);
        ScriptedServer server(
            {Script().send(httpResponse(status, "{\"error\":\"" + text + "\"}\n"))});
        Probe probe(ollama(server.url()));
        const CallResult result = probe.ask();
        QCOMPARE(className(result), failureClass);
        QCOMPARE(adviceName(result), advice);
        QVERIFY(result.failure->detail.contains(QString::fromUtf8(text)));
        QVERIFY(server.requests().first().startsWith("POST /api/chat HTTP/1.1\r\n"));
    }

    void anErrorAfterTextKeepsTheText()
    {
        const auto result = callOver(OllamaProtocol(), ollama(),
                                     q("{'message':{'content':'half'},'done':false}\n"
                                       "{'error':'model runner has unexpectedly stopped'}\n"));
        QCOMPARE(failureClassName(result.failure->failureClass), u"protocol"_s);
        QCOMPARE(result.failure->advice, Advice::Next);
        QCOMPARE(result.completion.text, u"half"_s);
        QCOMPARE(shown(result.completion.usage), u"~7/0/0/0/1/0"_s);
    }
};

QTEST_GUILESS_MAIN(TestOllamaClient)
#include "tst_ollama_client.moc"
