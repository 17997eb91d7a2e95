#include "core/providers/gemini_protocol.h"
#include "core/providers/gemini_request.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

Endpoint gemini(const QUrl &base = QUrl(u"https://g.example"_s))
{
    Endpoint endpoint = endpointAt(base);
    endpoint.protocol = u"gemini"_s;
    return endpoint;
}

CompletionRequest asking(const QList<Message> &messages, const Json &parameters = Json::object())
{
    CompletionRequest request;
    request.model = u"flash"_s;
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
    const auto body = encodeGeminiRequest(request, offersLogProbabilities);
    return body ? Json::parse(body->toStdString()) : Json(toStdString(body.error().message));
}

QByteArray candidate(const char *members)
{
    return q("{'candidates':[{") + q(members) + "}]}";
}

} // namespace

class TestGeminiClient final : public QObject
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
                   j("{'max_tokens':64,'stop':['a','b'],'temperature':0.5,'top_p':0.9,'top_k':3,"
                     "'seed':7,'n':2,'presence_penalty':1,'frequency_penalty':2,'user':'u',"
                     "'safetySettings':[],'generationConfig':{'mediaResolution':'LOW'}}"));
        COMPARE_JSON(
            encoded(request),
            j("{'systemInstruction':{'parts':[{'text':'Be brief.'}]},'contents':["
              "{'role':'user','parts':[{'text':'hi'}]},{'role':'model','parts':[{'text':"
              "'Hello.'}]},{'role':'user','parts':[{'text':'again'}]}],'safetySettings':[],"
              "'generationConfig':{'maxOutputTokens':64,'stopSequences':['a','b'],"
              "'temperature':0.5,'topP':0.9,'topK':3,'seed':7,'candidateCount':2,"
              "'presencePenalty':1,'frequencyPenalty':2,'mediaResolution':'LOW'}}"));
        COMPARE_JSON(encoded(asking({user(u"hi"_s)})),
                     j("{'contents':[{'role':'user','parts':[{'text':'hi'}]}]}"));
    }

    void asksForJsonAndThinking()
    {
        const Json config =
            encoded(asking({user(u"hi"_s)},
                           j("{'reasoning_effort':'xhigh','response_format':{'type':'json_schema',"
                             "'json_schema':{'schema':{'type':'object'}}}}")))["generationConfig"];
        COMPARE_JSON(config, j("{'responseMimeType':'application/json','responseJsonSchema':"
                               "{'type':'object'},'thinkingConfig':{'thinkingLevel':'high'}}"));
        const Json plain = encoded(
            asking({user(u"hi"_s)}, j("{'reasoning_effort':'none','response_format':{'type':"
                                      "'json_object'}}")))["generationConfig"];
        COMPARE_JSON(plain, j("{'responseMimeType':'application/json',"
                              "'thinkingConfig':{'thinkingBudget':0}}"));
    }

    void asksForLogProbabilitiesWhereTheyAreOffered()
    {
        CompletionRequest request = asking({user(u"hi"_s)}, j("{'top_logprobs':3}"));
        request.wantLogProbabilities = true;
        COMPARE_JSON(encoded(request)["generationConfig"],
                     j("{'responseLogprobs':true,'logprobs':3}"));
        QVERIFY(!encoded(request, false).contains("generationConfig"));
    }

    void carriesImagesButNoAddresses()
    {
        const Json image = j("[{'type':'image_url','image_url':"
                             "{'url':'data:image/png;base64,QUJD'}}]");
        const Json body =
            encoded(asking({{Message::Role::User, u"What is it?"_s, {{"content", image}}}}));
        COMPARE_JSON(body["contents"][0]["parts"],
                     j("[{'text':'What is it?'},{'inlineData':{'mimeType':'image/png',"
                       "'data':'QUJD'}}]"));
        const Json named = encoded(
            asking({{Message::Role::User,
                     {},
                     {{"content",
                       j("[{'type':'image_url','image_url':{'url':'https://a.example/b'}}]")}}}}));
        QVERIFY(named.is_string() && toQString(named.get<std::string>()).contains(u"image"_s));
    }

    void aRequestThatCannotBeCarriedIsNotSent()
    {
        ScriptedServer server({Script()});
        Probe probe(gemini(server.url()));
        CompletionRequest request = helloRequest();
        request.messages[0].extra = {{"content", j("[{'type':'file','file':{}}]")}};
        const CallResult result = probe.ask(request);
        QCOMPARE(className(result), u"capability"_s);
        QCOMPARE(adviceName(result), u"next"_s);
        QVERIFY(result.failure->message.contains(u"file"_s));
        QCOMPARE(server.accepted(), 0);
    }

    void carriesToolCallsAndTheirResults()
    {
        const Json calls = j("[{'id':'c1','function':{'name':'f','arguments':'{}'}},"
                             "{'id':'c2','function':{'name':'g','arguments':'{\\'a\\':1}'}}]");
        const Json body = encoded(
            asking({{Message::Role::Assistant, {}, {{"tool_calls", calls}}},
                    {Message::Role::Tool, u"{\"x\":1}"_s, {{"tool_call_id", "c1"}}},
                    {Message::Role::Tool, u"plain"_s, {{"tool_call_id", "c2"}}}},
                   j("{'tools':[{'type':'function','function':{'name':'f','description':'d',"
                     "'parameters':{'type':'object'}}}],'tool_choice':{'type':'function',"
                     "'function':{'name':'f'}}}")));
        COMPARE_JSON(body["contents"],
                     j("[{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}},"
                       "{'functionCall':{'name':'g','args':{'a':1}}}]},{'role':'user','parts':["
                       "{'functionResponse':{'name':'f','response':{'x':1}}},"
                       "{'functionResponse':{'name':'g','response':{'result':'plain'}}}]}]"));
        COMPARE_JSON(body["tools"], j("[{'functionDeclarations':[{'name':'f','description':'d',"
                                      "'parametersJsonSchema':{'type':'object'}}]}]"));
        COMPARE_JSON(body["toolConfig"], j("{'functionCallingConfig':{'mode':'ANY',"
                                           "'allowedFunctionNames':['f']}}"));
    }

    void addressesTheModel_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<QString>("url");
        QTest::newRow("whole") << u"https://g.example"_s << u"flash"_s << false
                               << u"https://g.example/v1beta/models/flash:generateContent"_s;
        QTest::newRow("stream")
            << u"https://g.example/v1beta"_s << u"models/flash"_s << true
            << u"https://g.example/v1beta/models/flash:streamGenerateContent?alt=sse"_s;
        QTest::newRow("tuned") << u"https://g.example/"_s << u"tunedModels/x"_s << false
                               << u"https://g.example/v1beta/tunedModels/x:generateContent"_s;
        QTest::newRow("odd") << u"https://g.example"_s << u"a b?c#d"_s << false
                             << u"https://g.example/v1beta/models/a%20b%3Fc%23d:generateContent"_s;
    }

    void addressesTheModel()
    {
        QFETCH(const QString, base);
        QFETCH(const QString, model);
        QFETCH(const bool, stream);
        QFETCH(const QString, url);
        CompletionRequest request = asking({user(u"hi"_s)});
        request.model = model;
        request.stream = stream;
        const auto call = GeminiProtocol().chat(request, gemini(QUrl(base)));
        QVERIFY(call);
        QCOMPARE(call->url.toString(QUrl::FullyEncoded), url);
    }

    void sendsTheKeyInItsHeaderAndNotInTheAddress()
    {
        qputenv("HEADGATE_TEST_GEMINI_KEY", "AIza-canary");
        ScriptedServer server({Script().send(httpResponse(
            400, q("{'error':{'code':400,'message':'API key not valid: AIza-canary','status':"
                   "'INVALID_ARGUMENT','details':[{'@type':'type.googleapis.com/google.rpc."
                   "ErrorInfo','reason':'API_KEY_INVALID'}]}}")))});
        Endpoint endpoint = gemini(server.url());
        endpoint.keyVariable = u"HEADGATE_TEST_GEMINI_KEY"_s;
        Probe probe(endpoint);
        const CallResult result = probe.ask();
        QCOMPARE(className(result), u"auth"_s);
        QVERIFY(!(result.failure->message + result.failure->detail).contains(u"AIza-canary"_s));
        const QByteArray request = server.requests().first();
        QVERIFY(request.contains("\r\nx-goog-api-key: AIza-canary\r\n"));
        QCOMPARE(request.count("AIza-canary"), 1);
        QVERIFY(!request.contains("key="));
        qunsetenv("HEADGATE_TEST_GEMINI_KEY");
    }

    void readsThoughtsToolCallsAndLogProbabilities()
    {
        const QByteArray stream =
            sseData(candidate("'content':{'parts':[{'text':'hm','thought':true},{'text':'I '}]},"
                              "'logprobsResult':{'chosenCandidates':[{'token':'I',"
                              "'logProbability':-0.25}]}")) +
            sseData(candidate("'content':{'parts':[{'text':'see'},{'functionCall':{'name':'f',"
                              "'args':{'a':1}}},{'novelty':1}]},'finishReason':'STOP',"
                              "'logprobsResult':{'chosenCandidates':[{'token':'see',"
                              "'logProbability':-0.5}]}"));
        const auto result = callOver(GeminiProtocol(), gemini(), stream);
        QVERIFY(result.ok());
        QCOMPARE(result.completion.text, u"I see"_s);
        QCOMPARE(result.completion.reasoning, u"hm"_s);
        QCOMPARE(result.completion.toolCalls, QList<ToolCall>({{{}, u"f"_s, u"{\"a\":1}"_s}}));
        QCOMPARE(result.completion.logProbabilities, QList<double>({-0.25, -0.5}));
    }

    // In a loop of tools the model's thoughts go on only if their signature comes back as it was.
    void handsThoughtSignaturesBackUnchanged()
    {
        const auto result =
            callOver(GeminiProtocol(), gemini(),
                     sseData(candidate("'content':{'parts':[{'functionCall':{'name':'f','args':{}},"
                                       "'thoughtSignature':'c2ln+/=='}]},'finishReason':'STOP'")));
        QVERIFY(result.ok());
        QCOMPARE(result.completion.toolCalls.value(0).signature, u"c2ln+/=="_s);

        const Json calls = j("[{'id':'c1','function':{'name':'f','arguments':'{}'},"
                             "'extra_content':{'google':{'thought_signature':'c2ln+/=='}}},"
                             "{'id':'c2','function':{'name':'g','arguments':'{}'}}]");
        const Json body = encoded(
            asking({user(u"hi"_s), {Message::Role::Assistant, {}, {{"tool_calls", calls}}}}));
        COMPARE_JSON(body["contents"][1]["parts"],
                     j("[{'functionCall':{'name':'f','args':{}},'thoughtSignature':'c2ln+/=='},"
                       "{'functionCall':{'name':'g','args':{}}}]"));
    }

    void handsTheSignatureOfItsTextBackUnchanged()
    {
        const auto result = callOver(
            GeminiProtocol(), gemini(),
            sseData(candidate("'content':{'parts':[{'text':'Hel'}]}")) +
                sseData(
                    candidate("'content':{'parts':[{'text':'lo','thoughtSignature':'b2xk'}]}")) +
                sseData(candidate("'content':{'parts':[{'text':'','thoughtSignature':'c2ln+/=='}]},"
                                  "'finishReason':'STOP'")));
        QVERIFY(result.ok());
        QCOMPARE(result.completion.text, u"Hello"_s);
        QCOMPARE(result.completion.signature, u"c2ln+/=="_s);

        const Json extra = j("{'extra_content':{'google':{'thought_signature':'c2ln+/=='}}}");
        const Json body = encoded(asking({user(u"hi"_s),
                                          {Message::Role::Assistant, u"Hello"_s, extra},
                                          user(u"and?"_s),
                                          {Message::Role::Assistant, {}, extra},
                                          user(u"go on"_s)}));
        COMPARE_JSON(body["contents"][1]["parts"],
                     j("[{'text':'Hello','thoughtSignature':'c2ln+/=='}]"));
        COMPARE_JSON(body["contents"][3]["parts"],
                     j("[{'text':'','thoughtSignature':'c2ln+/=='}]"));
        QVERIFY(!body["contents"][2]["parts"][0].contains("thoughtSignature"));
    }

    void bringsReasonsToCommonWords_data()
    {
        QTest::addColumn<QString>("theirs");
        QTest::addColumn<QString>("common");
        for (const char *reason :
             {"SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"})
            QTest::newRow(reason) << QString::fromLatin1(reason) << u"content_filter"_s;
        QTest::newRow("STOP") << u"STOP"_s << u"stop"_s;
        QTest::newRow("MAX_TOKENS") << u"MAX_TOKENS"_s << u"length"_s;
        QTest::newRow("OTHER") << u"OTHER"_s << u"OTHER"_s;
        QTest::newRow("new") << u"NOVELTY"_s << u"NOVELTY"_s;
    }

    void bringsReasonsToCommonWords()
    {
        QFETCH(const QString, theirs);
        QFETCH(const QString, common);
        const QByteArray body = q("{'candidates':[{'finishReason':'") + theirs.toUtf8() + "\"}]}";
        const auto result = callOver(GeminiProtocol(), gemini(), body, {}, false);
        QVERIFY(result.ok());
        QCOMPARE(result.completion.finishReason, common);
    }

    // HTTP 200 without a candidate: an answer of nothing, for the policy to judge.
    void aBlockedPromptIsAnEmptyAnswer()
    {
        const QByteArray body = q("{'promptFeedback':{'blockReason':'SAFETY'},"
                                  "'usageMetadata':{'promptTokenCount':8,'totalTokenCount':8}}");
        for (const QByteArray &bytes : {body, sseData(body)}) {
            const auto result = callOver(GeminiProtocol(), gemini(), bytes);
            QVERIFY(result.ok());
            QCOMPARE(result.completion.text, QString());
            QCOMPARE(result.completion.finishReason, u"content_filter"_s);
            QCOMPARE(shown(result.completion.usage), u"8/0/0/0/0/0"_s);
        }
    }

    void onlyAReasonIsAnEnd()
    {
        const QByteArray piece = candidate("'content':{'parts':[{'text':'a'}]},"
                                           "'finishReason':'FINISH_REASON_UNSPECIFIED'");
        const auto result = callOver(GeminiProtocol(), gemini(), piece, {}, false);
        QCOMPARE(failureClassName(result.failure->failureClass), u"truncated"_s);
    }

    void countsEveryShapeOfUsage_data()
    {
        QTest::addColumn<QByteArray>("usage");
        QTest::addColumn<QString>("counted");
        const auto row = [](const char *name, const char *usage, const QString &counted) {
            QTest::newRow(name) << q(usage) << counted;
        };
        row("plain", "{'promptTokenCount':20,'candidatesTokenCount':7,'totalTokenCount':27}",
            u"20/0/0/0/7/0"_s);
        row("cached",
            "{'promptTokenCount':20,'cachedContentTokenCount':15,"
            "'candidatesTokenCount':7,'totalTokenCount':27}",
            u"5/15/0/0/7/0"_s);
        row("thoughts are output",
            "{'promptTokenCount':20,'candidatesTokenCount':7,"
            "'thoughtsTokenCount':100,'totalTokenCount':127}",
            u"20/0/0/0/107/100"_s);
        row("prompts of tools",
            "{'promptTokenCount':20,'toolUsePromptTokenCount':30,"
            "'candidatesTokenCount':7,'totalTokenCount':57}",
            u"50/0/0/0/7/0"_s);
        row("thoughts alone", "{'promptTokenCount':20,'thoughtsTokenCount':9}", u"20/0/0/0/9/9"_s);
        row("more cached than sent", "{'promptTokenCount':20,'cachedContentTokenCount':21}",
            u"~7/0/0/0/1/0"_s);
        row("a total below the prompt", "{'promptTokenCount':20,'totalTokenCount':19}",
            u"~7/0/0/0/1/0"_s);
        row("a fraction", "{'promptTokenCount':20.5}", u"~7/0/0/0/1/0"_s);
        row("none", "{}", u"~7/0/0/0/1/0"_s);
    }

    void countsEveryShapeOfUsage()
    {
        QFETCH(const QByteArray, usage);
        QFETCH(const QString, counted);
        const QByteArray piece =
            q("{'candidates':[{'content':{'parts':[{'text':'four'}]}}],'usageMetadata':"
              "{'promptTokenCount':3}}");
        const QByteArray last =
            q("{'candidates':[{'finishReason':'STOP'}],'usageMetadata':") + usage + "}";
        // The last one holds; none is added.
        const auto result = callOver(GeminiProtocol(), gemini(), sseData(piece) + sseData(last));
        QVERIFY(result.ok());
        QCOMPARE(shown(result.completion.usage), counted);
    }

    void aCutStreamIsBilledByWhatIsKnown()
    {
        const QByteArray piece =
            q("{'candidates':[{'content':{'parts':[{'text':'twenty bytes of text'}]}}],"
              "'usageMetadata':{'promptTokenCount':300,'totalTokenCount':300}}");
        const auto result = callOver(GeminiProtocol(), gemini(), sseData(piece));
        QCOMPARE(failureClassName(result.failure->failureClass), u"truncated"_s);
        QCOMPARE(shown(result.completion.usage), u"~300/0/0/0/5/0"_s);
    }

    void classifiesErrors_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("error"); // members besides the code
        QTest::addColumn<QString>("failureClass");
        QTest::addColumn<QString>("advice");
        QTest::addColumn<int>("waitMs"); // 0: none asked for
        const auto row = [](const char *name, int status, const char *error,
                            const QString &failureClass, const QString &advice, int waitMs = 0) {
            QTest::newRow(name) << status << q(error) << failureClass << advice << waitMs;
        };
        row("bad request", 400, "'status':'INVALID_ARGUMENT'", u"request"_s, u"stop"_s);
        row("bad key", 400, "'status':'INVALID_ARGUMENT','details':[{'reason':'API_KEY_INVALID'}]",
            u"auth"_s, u"next"_s);
        row("forbidden", 403, "'status':'PERMISSION_DENIED'", u"permission"_s, u"next"_s);
        row("no model", 404, "'status':'NOT_FOUND'", u"not_found"_s, u"next"_s);
        row("rate", 429,
            "'status':'RESOURCE_EXHAUSTED','details':[{'@type':"
            "'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34s'}]",
            u"rate"_s, u"retry"_s, 34'000);
        row("rate with a fraction", 429,
            "'status':'RESOURCE_EXHAUSTED','details':[{'@type':"
            "'x/RetryInfo','retryDelay':'0.5s'}]",
            u"rate"_s, u"retry"_s, 500);
        row("rate beyond patience", 429,
            "'status':'RESOURCE_EXHAUSTED','details':[{'@type':"
            "'x/RetryInfo','retryDelay':'90s'}]",
            u"rate"_s, u"next"_s, 90'000);
        row("a day's quota", 429,
            "'status':'RESOURCE_EXHAUSTED','details':[{'@type':'x/QuotaFailure','violations':"
            "[{'quotaId':'GenerateRequestsPerDayPerProjectPerModel-FreeTier'}]},"
            "{'@type':'x/RetryInfo','retryDelay':'34s'}]",
            u"credit"_s, u"next"_s, 34'000);
        row("internal", 500, "'status':'INTERNAL'", u"transient"_s, u"retry"_s);
        row("unavailable", 503, "'status':'UNAVAILABLE'", u"transient"_s, u"retry"_s);
        row("too slow", 504, "'status':'DEADLINE_EXCEEDED'", u"transient"_s, u"retry"_s);
    }

    // As an answer, in a list as without alt=sse, and inside a stream.
    void classifiesErrors()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, error);
        QFETCH(const QString, failureClass);
        QFETCH(const QString, advice);
        QFETCH(const int, waitMs);
        const QByteArray body =
            q("{'error':{'message':'no','code':") + QByteArray::number(status) + "," + error + "}}";
        ScriptedServer server({Script().send(httpResponse(status, body)),
                               Script().send(httpResponse(status, "[" + body + "]")),
                               Script().send(openHead() + sseData(body))});
        Probe probe(gemini(server.url()));
        for (int i = 0; i < 3; ++i) {
            const CallResult result = probe.ask();
            QCOMPARE(className(result), failureClass);
            QCOMPARE(adviceName(result), advice);
            QCOMPARE(result.failure->retryAfter.value_or(std::chrono::milliseconds(0)).count(),
                     waitMs);
            if (failureClass == "credit"_L1)
                QVERIFY(result.failure->message.contains(u"daily"_s));
        }
    }
};

QTEST_GUILESS_MAIN(TestGeminiClient)
#include "tst_gemini_client.moc"
