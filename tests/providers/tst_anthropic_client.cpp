#include "core/providers/anthropic_protocol.h"
#include "core/providers/anthropic_request.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

Endpoint anthropic(const QString &version = {})
{
    Endpoint endpoint;
    endpoint.name = u"probe"_s;
    endpoint.protocol = u"anthropic"_s;
    endpoint.apiVersion = version;
    return endpoint;
}

CompletionRequest asking(const QList<Message> &messages, const Json &parameters = Json::object())
{
    CompletionRequest request;
    request.model = u"opus"_s;
    request.messages = messages;
    request.parameters = parameters;
    request.stream = false;
    return request;
}

Message user(const QString &text)
{
    return {Message::Role::User, text, Json::object()};
}

Json encoded(const CompletionRequest &request, const Endpoint &endpoint = anthropic())
{
    const auto body = encodeAnthropicRequest(request, endpoint);
    return body ? Json::parse(body->toStdString()) : Json(toStdString(body.error().message));
}

QByteArray eventsOf(std::initializer_list<const char *> events)
{
    QByteArray stream;
    for (const char *event : events)
        stream += sseData(q(event));
    return stream;
}

} // namespace

class TestAnthropicClient final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTheDocumentedRequest()
    {
        const CompletionRequest request =
            asking({{Message::Role::System, u"Be brief."_s, Json::object()},
                    user(u"hi"_s),
                    {Message::Role::Assistant, u"Hello."_s, Json::object()},
                    user(u"again"_s)},
                   j("{'max_completion_tokens':64,'stop':'END','user':'u1'}"));
        COMPARE_JSON(encoded(request),
                     j("{'model':'opus','max_tokens':64,'system':'Be brief.','stream':false,"
                       "'stop_sequences':['END'],'metadata':{'user_id':'u1'},'messages':["
                       "{'role':'user','content':'hi'},{'role':'assistant','content':'Hello.'},"
                       "{'role':'user','content':'again'}]}"));
    }

    void alwaysBoundsTheAnswer()
    {
        QVERIFY(encoded(asking({user(u"hi"_s)}))["max_tokens"] == 4096);
        QVERIFY(encoded(asking({user(u"hi"_s)}, j("{'max_tokens':7}")))["max_tokens"] == 7);
    }

    // At 2026-10-21 even the default of one of them is an error.
    void sendsSamplingOnlyToTheOlderVersion()
    {
        const CompletionRequest request =
            asking({user(u"hi"_s)}, j("{'temperature':1,'top_p':0.5,'top_k':3,'seed':1,'n':1,"
                                      "'logit_bias':{},'presence_penalty':1}"));
        const Json current = encoded(request);
        for (const char *name :
             {"temperature", "top_p", "top_k", "seed", "n", "logit_bias", "presence_penalty"})
            QVERIFY2(!current.contains(name), name);
        const Json older = encoded(request, anthropic(u"2023-06-01"_s));
        QVERIFY(older["temperature"] == 1 && older["top_p"] == 0.5 && older["top_k"] == 3);
        QVERIFY(!older.contains("seed"));
    }

    void asksForJson()
    {
        const Json schema = encoded(asking(
            {user(u"hi"_s)}, j("{'response_format':{'type':'json_schema','json_schema':{'name':'x',"
                               "'schema':{'type':'object'}}},'reasoning_effort':'xhigh'}")));
        COMPARE_JSON(schema["output_config"], j("{'format':{'type':'json_schema',"
                                                "'schema':{'type':'object'}},'effort':'max'}"));
        QVERIFY(!schema.contains("response_format") && !schema.contains("system"));
        const Json any =
            encoded(asking({user(u"hi"_s)}, j("{'response_format':{'type':'json_object'}}")));
        QVERIFY(toQString(any["system"].get<std::string>()).contains(u"JSON object"_s));
        QVERIFY(!any.contains("output_config"));
    }

    void carriesImages()
    {
        const Json parts = j("[{'type':'text','text':'What is it?'},{'type':'image_url',"
                             "'image_url':{'url':'data:image/png;base64,QUJD'}},"
                             "{'type':'image_url','image_url':{'url':'https://a.example/b.png'}}]");
        const Json body = encoded(asking({{Message::Role::User, {}, {{"content", parts}}}}));
        COMPARE_JSON(
            body["messages"][0]["content"],
            j("[{'type':'text','text':'What is it?'},{'type':'image','source':{"
              "'type':'base64','media_type':'image/png','data':'QUJD'}},"
              "{'type':'image','source':{'type':'url','url':'https://a.example/b.png'}}]"));
        const Json audio = encoded(
            asking({{Message::Role::User, u"x"_s, {{"content", j("[{'type':'input_audio'}]")}}}}));
        QVERIFY(audio.is_string() &&
                toQString(audio.get<std::string>()).contains(u"input_audio"_s));
    }

    void carriesToolCallsAndTheirResults()
    {
        const Json calls = j("[{'id':'c1','type':'function','function':{'name':'f',"
                             "'arguments':'{\\'a\\':1}'}},{'id':'c2','type':'function','function':"
                             "{'name':'g','arguments':'not json'}}]");
        const CompletionRequest request =
            asking({user(u"hi"_s),
                    {Message::Role::Assistant, u"Let me see."_s, {{"tool_calls", calls}}},
                    {Message::Role::Tool, u"1"_s, {{"tool_call_id", "c1"}}},
                    {Message::Role::Tool, u"2"_s, {{"tool_call_id", "c2"}}}},
                   j("{'tools':[{'type':'function','function':{'name':'f','description':'d',"
                     "'parameters':{'type':'object'}}}],'tool_choice':'required'}"));
        const Json body = encoded(request);
        COMPARE_JSON(body["tools"],
                     j("[{'name':'f','description':'d','input_schema':{'type':'object'}}]"));
        COMPARE_JSON(body["tool_choice"], j("{'type':'any'}"));
        COMPARE_JSON(body["messages"][1]["content"],
                     j("[{'type':'text','text':'Let me see.'},"
                       "{'type':'tool_use','id':'c1','name':'f','input':{'a':1}},"
                       "{'type':'tool_use','id':'c2','name':'g','input':{}}]"));
        COMPARE_JSON(body["messages"][2],
                     j("{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1',"
                       "'content':'1'},{'type':'tool_result','tool_use_id':'c2','content':'2'}]}"));
        QCOMPARE(body["messages"].size(), 3u);
    }

    void handsOnWhatOnlyItKnows()
    {
        const Json body = encoded(
            asking({user(u"hi"_s)}, j("{'thinking':{'type':'adaptive'},'service_tier':'auto',"
                                      "'model':'other','stream_options':{'include_usage':true}}")));
        QVERIFY(body["thinking"]["type"] == "adaptive" && body["model"] == "opus");
        QVERIFY(!body.contains("stream_options"));
    }

    void addressesTheEndpointAndNamesTheVersion_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("url");
        QTest::newRow("host") << u"https://api.anthropic.com"_s
                              << u"https://api.anthropic.com/v1/messages"_s;
        QTest::newRow("host with version")
            << u"https://api.anthropic.com/v1/"_s << u"https://api.anthropic.com/v1/messages"_s;
        QTest::newRow("imitator") << u"https://a.example/anthropic/"_s
                                  << u"https://a.example/anthropic/v1/messages"_s;
    }

    void addressesTheEndpointAndNamesTheVersion()
    {
        QFETCH(const QString, base);
        QFETCH(const QString, url);
        Endpoint endpoint = anthropic();
        endpoint.baseUrl = QUrl(base);
        const auto call = AnthropicProtocol().chat(asking({user(u"hi"_s)}), endpoint);
        QVERIFY(call);
        QCOMPARE(call->url.toString(), url);
        QCOMPARE(call->headers.first().name, "anthropic-version");
        QCOMPARE(call->headers.first().value, "2026-10-21");
    }

    void sendsTheKeyInItsHeaderOnly()
    {
        qputenv("HEADGATE_TEST_ANTHROPIC_KEY", "sk-ant-canary");
        ScriptedServer server({Script().send(httpResponse(401, "{}"))});
        Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = u"anthropic"_s;
        endpoint.keyVariable = u"HEADGATE_TEST_ANTHROPIC_KEY"_s;
        Probe probe(endpoint);
        QCOMPARE(className(probe.ask()), u"auth"_s);
        const QByteArray request = server.requests().first();
        QVERIFY(request.startsWith("POST /v1/messages HTTP/1.1\r\n"));
        QVERIFY(request.contains("\r\nx-api-key: sk-ant-canary\r\n"));
        QVERIFY(request.contains("\r\nAccept: text/event-stream\r\n"));
        QCOMPARE(request.count("sk-ant-canary"), 1);
        qunsetenv("HEADGATE_TEST_ANTHROPIC_KEY");
    }

    void readsThinkingAndToolCallsApartFromTheText()
    {
        const auto result = callOver(
            AnthropicProtocol(), anthropic(),
            eventsOf({"{'type':'message_start','message':{'model':'opus-1','usage':{"
                      "'input_tokens':5,'output_tokens':1}}}",
                      "{'type':'content_block_start','index':0,'content_block':{'type':'thinking',"
                      "'thinking':''}}",
                      "{'type':'content_block_delta','index':0,'delta':{'type':'thinking_delta',"
                      "'thinking':'hm'}}",
                      "{'type':'content_block_delta','index':0,'delta':{'type':'signature_delta',"
                      "'signature':'xx'}}",
                      "{'type':'content_block_start','index':1,'content_block':{'type':'text',"
                      "'text':'I'}}",
                      "{'type':'content_block_delta','index':1,'delta':{'type':'text_delta',"
                      "'text':' look.'}}",
                      "{'type':'content_block_start','index':2,'content_block':{'type':'tool_use',"
                      "'id':'t1','name':'f','input':{}}}",
                      "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta',"
                      "'partial_json':'{\\'a\\':'}}",
                      "{'type':'content_block_delta','index':2,'delta':{'type':'input_json_delta',"
                      "'partial_json':'1'}}",
                      "{'type':'content_block_start','index':3,'content_block':{'type':'novelty'}}",
                      "{'type':'new_event'}",
                      "{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{"
                      "'output_tokens':40,'output_tokens_details':{'thinking_tokens':30}}}",
                      "{'type':'message_stop'}"}));
        QVERIFY(result.ok());
        QCOMPARE(result.completion.text, u"I look."_s);
        QCOMPARE(result.completion.reasoning, u"hm"_s);
        // Never closed and no JSON: shown as it came.
        QCOMPARE(result.completion.toolCalls, QList<ToolCall>({{u"t1"_s, u"f"_s, u"{\"a\":1"_s}}));
        QCOMPARE(result.completion.finishReason, u"tool_calls"_s);
        QCOMPARE(result.completion.servedModel, u"opus-1"_s);
        QCOMPARE(shown(result.completion.usage), u"5/0/0/0/40/30"_s);
    }

    void bringsReasonsToCommonWords_data()
    {
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("common");
        QTest::newRow("end_turn") << u"end_turn"_s << u"stop"_s;
        QTest::newRow("stop_sequence") << u"stop_sequence"_s << u"stop"_s;
        QTest::newRow("max_tokens") << u"max_tokens"_s << u"length"_s;
        QTest::newRow("context") << u"model_context_window_exceeded"_s << u"length"_s;
        QTest::newRow("refusal") << u"refusal"_s << u"refusal"_s;
        QTest::newRow("pause") << u"pause_turn"_s << u"pause_turn"_s;
        QTest::newRow("new") << u"novelty"_s << u"novelty"_s;
    }

    void bringsReasonsToCommonWords()
    {
        QFETCH(const QString, theirs);
        QFETCH(const QString, common);
        const QByteArray body = q("{'type':'message','content':[{'type':'text','text':'a'}],"
                                  "'stop_reason':'") +
                                theirs.toUtf8() + "\"}";
        const auto result = callOver(AnthropicProtocol(), anthropic(), body, {}, false);
        QVERIFY(result.ok());
        QCOMPARE(result.completion.finishReason, common);
    }

    void countsEveryShapeOfUsage_data()
    {
        QTest::addColumn<QByteArray>("start"); // in message_start
        QTest::addColumn<QByteArray>("delta"); // in message_delta
        QTest::addColumn<QString>("usage");
        const auto row = [](const char *name, const char *start, const char *delta,
                            const QString &usage) {
            QTest::newRow(name) << q(start) << q(delta) << usage;
        };
        row("plain", "{'input_tokens':9,'output_tokens':1}", "{'output_tokens':7}",
            u"9/0/0/0/7/0"_s);
        row("cumulative input", "{'input_tokens':9,'output_tokens':1}",
            "{'input_tokens':12,'output_tokens':7}", u"12/0/0/0/7/0"_s);
        row("cached, unsplit",
            "{'input_tokens':9,'cache_creation_input_tokens':30,'cache_read_input_tokens':200,"
            "'output_tokens':1}",
            "{'output_tokens':7}", u"9/200/30/0/7/0"_s);
        row("cached, split",
            "{'input_tokens':9,'cache_creation_input_tokens':30,'cache_read_input_tokens':200,"
            "'cache_creation':{'ephemeral_5m_input_tokens':10,'ephemeral_1h_input_tokens':20},"
            "'output_tokens':1}",
            "{'output_tokens':7,'cache_read_input_tokens':null,'input_tokens':null}",
            u"9/200/10/20/7/0"_s);
        row("split without a sum",
            "{'input_tokens':9,'cache_creation':{'ephemeral_1h_input_tokens':20},"
            "'output_tokens':1}",
            "{'output_tokens':7}", u"9/0/0/20/7/0"_s);
        row("nulls",
            "{'input_tokens':9,'cache_creation_input_tokens':null,"
            "'cache_read_input_tokens':null,'cache_creation':null,'output_tokens':1}",
            "{'output_tokens':7,'output_tokens_details':{'thinking_tokens':5}}", u"9/0/0/0/7/5"_s);
        row("all in the last event", "{}", "{'input_tokens':9,'output_tokens':7}",
            u"9/0/0/0/7/0"_s);
        row("as texts and floats", "{'input_tokens':'9','output_tokens':1}",
            "{'output_tokens':7.0}", u"9/0/0/0/7/0"_s);
        // "Say hello." is 10 bytes, and 4 tokens are a message's frame; "four" is 4 bytes.
        row("negative", "{'input_tokens':-9,'output_tokens':1}", "{'output_tokens':7}",
            u"~7/0/0/0/1/0"_s);
        row("a sum below its parts",
            "{'input_tokens':9,'cache_creation_input_tokens':5,'cache_creation':"
            "{'ephemeral_5m_input_tokens':10},'output_tokens':1}",
            "{'output_tokens':7}", u"~7/0/0/0/1/0"_s);
        row("more thinking than output", "{'input_tokens':9,'output_tokens':1}",
            "{'output_tokens':7,'output_tokens_details':{'thinking_tokens':8}}", u"~7/0/0/0/1/0"_s);
        row("none", "{}", "{}", u"~7/0/0/0/1/0"_s);
    }

    void countsEveryShapeOfUsage()
    {
        QFETCH(const QByteArray, start);
        QFETCH(const QByteArray, delta);
        QFETCH(const QString, usage);
        const QByteArray stream =
            sseData(q("{'type':'message_start','message':{'usage':") + start + "}}") +
            sseData(q("{'type':'content_block_delta','index':0,'delta':{'type':'text_delta',"
                      "'text':'four'}}")) +
            sseData(q("{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':") +
                    delta + "}") +
            sseData(q("{'type':'message_stop'}"));
        const auto result = callOver(AnthropicProtocol(), anthropic(), stream);
        QVERIFY(result.ok());
        QCOMPARE(shown(result.completion.usage), usage);
    }

    // The input was counted at the start; of the output only what came can be told.
    void tellsWhatMakesTheCallDearer_data()
    {
        QTest::addColumn<QByteArray>("told");
        QTest::addColumn<int>("percent"); // 0: not told
        QTest::addColumn<bool>("fast");
        QTest::newRow("nothing") << QByteArray() << 0 << false;
        QTest::newRow("anywhere") << q(",'inference_geo':'global','speed':'standard'") << 100
                                  << false;
        QTest::newRow("in the US only") << q(",'inference_geo':'us'") << 110 << false;
        QTest::newRow("fast") << q(",'speed':'fast'") << 0 << true;
    }

    void tellsWhatMakesTheCallDearer()
    {
        QFETCH(const QByteArray, told);
        QFETCH(const int, percent);
        QFETCH(const bool, fast);
        const auto result = callOver(
            AnthropicProtocol(), anthropic(),
            q("{'type':'message','content':[{'type':'text','text':'hi'}],'stop_reason':'end_turn',"
              "'usage':{'input_tokens':5,'output_tokens':1") +
                told + "}}",
            {}, false);
        QVERIFY(result.ok());
        QCOMPARE(result.completion.pricePercent.value_or(0), percent);
        QCOMPARE(result.completion.fast.value_or(false), fast);
    }

    void aCutStreamIsBilledByWhatIsKnown()
    {
        const auto result = callOver(
            AnthropicProtocol(), anthropic(),
            eventsOf({"{'type':'message_start','message':{'usage':{'input_tokens':900,"
                      "'cache_read_input_tokens':50,'output_tokens':1}}}",
                      "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta',"
                      "'text':'twenty bytes of text'}}"}));
        QVERIFY(!result.ok());
        QCOMPARE(failureClassName(result.failure->failureClass), u"truncated"_s);
        QCOMPARE(shown(result.completion.usage), u"~900/50/0/0/5/0"_s);
    }

    void aStopReasonAloneIsNoEnd()
    {
        const auto result = callOver(
            AnthropicProtocol(), anthropic(),
            eventsOf({"{'type':'message_start','message':{}}",
                      "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta',"
                      "'text':'a'}}",
                      "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}"}));
        QVERIFY(!result.ok());
        QCOMPARE(failureClassName(result.failure->failureClass), u"truncated"_s);
    }

    void classifiesErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QString>("failureClass");
        QTest::addColumn<QString>("advice");
        const auto row = [](int status, const QByteArray &type, const QString &failureClass,
                            const QString &advice) {
            QTest::addRow("%d %s", status, type.constData())
                << status << type << failureClass << advice;
        };
        row(400, "invalid_request_error", u"request"_s, u"stop"_s);
        row(401, "authentication_error", u"auth"_s, u"next"_s);
        row(402, "billing_error", u"credit"_s, u"next"_s);
        row(403, "permission_error", u"permission"_s, u"next"_s);
        row(404, "not_found_error", u"not_found"_s, u"next"_s);
        row(409, "conflict_error", u"transient"_s, u"retry"_s);
        row(413, "request_too_large", u"too_large"_s, u"next"_s);
        row(429, "rate_limit_error", u"rate"_s, u"retry"_s);
        row(429, "enforced_spend_limit_reached", u"credit"_s, u"next"_s);
        row(500, "api_error", u"transient"_s, u"retry"_s);
        row(504, "timeout_error", u"transient"_s, u"retry"_s);
        row(529, "overloaded_error", u"transient"_s, u"retry"_s);
    }

    // The same whether it is the answer or comes as an event of a stream.
    void classifiesErrors()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, type);
        QFETCH(const QString, failureClass);
        QFETCH(const QString, advice);
        const QByteArray body = q("{'type':'error','error':{'type':'") + type +
                                q("','message':'no'},'request_id':'r1'}");
        ScriptedServer server({Script().send(httpResponse(status, body, {"request-id: r1"})),
                               Script().send(openHead() + "event: error\n" + sseData(body))});
        Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = u"anthropic"_s;
        Probe probe(endpoint);
        for (int i = 0; i < 2; ++i) {
            const CallResult result = probe.ask();
            QCOMPARE(className(result), failureClass);
            QCOMPARE(adviceName(result), advice);
            QVERIFY(result.failure->detail.contains(QString::fromLatin1(type)));
        }
    }

    void aPromptThatIsTooLongIsAMatterOfTheModel()
    {
        ScriptedServer server({Script().send(
            httpResponse(400, q("{'type':'error','error':{'type':'invalid_request_error',"
                                "'message':'prompt is too long: 9 tokens > 8 maximum'}}")))});
        Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = u"anthropic"_s;
        Probe probe(endpoint);
        QCOMPARE(className(probe.ask()), u"capability"_s);
    }
};

QTEST_GUILESS_MAIN(TestAnthropicClient)
#include "tst_anthropic_client.moc"
