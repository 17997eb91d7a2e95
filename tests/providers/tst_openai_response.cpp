#include "core/providers/json_repair.h"
#include "core/providers/openai_response.h"
#include "core/providers/usage_estimate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::providers;

namespace {

using Chunks = QList<QByteArray>;

// JSON with ' for ", since moc loses classes beside raw strings.
QByteArray q(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

QByteArray withDelta(const QByteArray &delta, const QByteArray &more = {})
{
    return "{\"choices\":[{\"index\":0,\"delta\":" + delta + more + "}]}";
}

QByteArray withUsage(const QByteArray &usage)
{
    return "{\"choices\":[],\"usage\":" + usage + "}";
}

// "fresh/read/written/output/reasoning", or "none".
QString shown(const std::optional<catalog::TokenUsage> &usage)
{
    if (!usage)
        return u"none"_s;
    return u"%1/%2/%3/%4/%5"_s.arg(usage->freshInput)
        .arg(usage->cacheRead)
        .arg(usage->cacheWrite5m)
        .arg(usage->output)
        .arg(usage->reasoning);
}

} // namespace

class TestOpenAiResponse final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void toleratesDeviations_data()
    {
        QTest::addColumn<Chunks>("chunks");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("finish"); // "-": not finished
        const auto row = [](const char *name, const Chunks &chunks, const QString &text,
                            const QString &finish = u"-"_s) {
            QTest::newRow(name) << chunks << text << finish;
        };
        const QByteArray stop = withDelta("{}", q(",'finish_reason':'stop'"));
        row("plain", {withDelta(q("{'content':'a'}")), stop}, u"a"_s, u"stop"_s);
        row("filter results first",
            {q("{'choices':[],'model':'','prompt_filter_results':[{}]}"),
             withDelta(q("{'content':'a'}")), stop},
            u"a"_s, u"stop"_s);
        row("chunk without delta",
            {q("{'choices':[{'index':0,'content_filter_results':{}}]}"),
             withDelta(q("{'content':'a'}"))},
            u"a"_s);
        row("usage chunk not asked for",
            {withDelta(q("{'content':'a'}")), stop,
             withUsage(q("{'prompt_tokens':1,'completion_tokens':1}"))},
            u"a"_s, u"stop"_s);
        row("content null", {withDelta(q("{'content':null,'tool_calls':null}")), stop}, {},
            u"stop"_s);
        row("content in parts",
            {withDelta(q("{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},"
                         "{'type':'text','text':'a'},{'type':'new'}]}"))},
            u"a"_s);
        row("no index", {q("{'choices':[{'delta':{'content':'a'}},{'delta':{'content':'b'}}]}")},
            u"a"_s);
        row("index as text", {q("{'choices':[{'index':'0','delta':{'content':'a'}}]}")}, u"a"_s);
        row("five choices",
            {q("{'choices':[{'index':0,'delta':{'content':'a'},'finish_reason':'stop'},"
               "{'index':1,'delta':{'content':'b'}},{'index':2},{'index':3},{'index':4}]}")},
            u"a"_s);
        row("choices null", {q("{'choices':null}")}, {});
        row("odd members",
            {q("{'id':'','created':1.5e9,'object':7,'choices':[{'index':0,'delta':{'content':'a',"
               "'tool_calls':[]},'logprobs':3,'new':{}}],'obfuscation':'xx','queue_time':0.1}")},
            u"a"_s);
        row("old text member", {q("{'choices':[{'index':0,'text':'a','finish_reason':'eos'}]}")},
            u"a"_s, u"eos"_s);
        row("refusal", {withDelta(q("{'refusal':'I cannot.'}")), stop}, u"I cannot."_s, u"stop"_s);
        row("unknown finish reason", {withDelta("{}", q(",'finish_reason':'novelty'"))}, {},
            u"novelty"_s);
        row("whole message",
            {q("{'choices':[{'message':{'content':'a'},'finish_reason':'stop'}]}")}, u"a"_s,
            u"stop"_s);
        row("lone surrogate", {withDelta(q("{'content':'a\\ud800b\\udc00\\ud83d\\ude00'}"))},
            u"a\uFFFDb\uFFFD😀"_s);
        row("invalid UTF-8", {withDelta("{\"content\":\"a\xC0\xAF\xFF z\"}")},
            u"a\uFFFD\uFFFD\uFFFD z"_s);
        row("zero", {withDelta(q("{'content':'a\\u0000b'}"))}, u"a"_s + QChar(0) + u"b"_s);
        row("raw control", {withDelta("{\"content\":\"a\nb\"}")}, u"a\nb"_s);
        row("overflowing number", {q("{'created':1e400,'choices':[{'delta':{'content':'a'}}]}")},
            u"a"_s);
        row("not a number", {q("{'created':NaN,'choices':[{'delta':{'content':'a'}}]}")}, u"a"_s);
    }

    void toleratesDeviations()
    {
        QFETCH(const Chunks, chunks);
        QFETCH(const QString, text);
        QFETCH(const QString, finish);
        OpenAiResponse response{Dialect{}};
        QString pieces;
        for (const QByteArray &chunk : chunks) {
            QVERIFY2(response.read(chunk), chunk.constData());
            pieces += response.newText();
        }
        QVERIFY(!response.error());
        QVERIFY(response.sawAnswer());
        QCOMPARE(response.completion().text, text);
        QCOMPARE(pieces, text);
        QCOMPARE(response.finished(), finish != u"-");
        if (finish != u"-")
            QCOMPARE(response.completion().finishReason, finish);
    }

    void refusesWhatIsNoObject()
    {
        for (const char *text : {"", "x", "{", "[]", "3", "\"a\"", "{\"a\":}", "[1,2]"})
            QVERIFY2(!OpenAiResponse(Dialect{}).read(text), text);
        QByteArray deep = QByteArray(200, '[') + QByteArray(200, ']');
        QVERIFY(!OpenAiResponse(Dialect{}).read("{\"a\":" + deep + '}'));
    }

    void reasoningIsKeptApart()
    {
        for (const char *name : {"reasoning", "reasoning_content"}) {
            OpenAiResponse response{Dialect{}};
            response.read(withDelta(QByteArray("{\"") + name + "\":\"hm\"}"));
            response.read(withDelta(q("{'content':'a'}")));
            QCOMPARE(response.completion().reasoning, u"hm"_s);
            QCOMPARE(response.completion().text, u"a"_s);
        }
        OpenAiResponse both{Dialect{}};
        both.read(withDelta(q("{'reasoning':'hm','reasoning_content':'hm'}")));
        QCOMPARE(both.completion().reasoning, u"hm"_s);
    }

    void toolCallsAreCollectedByIndex()
    {
        OpenAiResponse response{Dialect{}};
        const Chunks pieces = {
            q("{'tool_calls':[{'index':1,'id':'b','function':{'name':'g','arguments':'{\\'x'}}]}"),
            q("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}"),
            q("{'tool_calls':[{'index':1,'function':{'arguments':'\\': 1'}}]}"),
            q("{'tool_calls':[{'index':0,'function':{'arguments':{'whole':true}}}]}"),
        };
        for (const QByteArray &piece : pieces)
            QVERIFY(response.read(withDelta(piece)));
        const QList<ToolCall> expected = {{u"b"_s, u"g"_s, u"{\"x\": 1"_s},
                                          {u"a"_s, u"f"_s, u"{\"whole\":true}"_s}};
        QCOMPARE(response.completion().toolCalls, expected);
        QVERIFY(response.begun());
    }

    void readsLogProbabilities()
    {
        OpenAiResponse response{Dialect{}};
        response.read(
            withDelta(q("{'content':'a'}"),
                      q(",'logprobs':{'content':[{'token':'a','logprob':-0.5},{'token':'b'},"
                        "{'token':'c','logprob':-Infinity}]}")));
        response.read(
            withDelta("{}", q(",'logprobs':{'tokens':['c'],'token_logprobs':[-2,null]}")));
        QCOMPARE(response.completion().logProbabilities, QList<double>({-0.5, -2.0}));
    }

    void findsErrors_data()
    {
        QTest::addColumn<QByteArray>("chunk");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("status");
        QTest::newRow("object") << QByteArray(q("{'error':{'message':'m','code':429}}")) << u"m"_s
                                << 429;
        QTest::newRow("text") << QByteArray(q("{'error':'m'}")) << u"m"_s << 0;
        QTest::newRow("beside choices")
            << QByteArray(q("{'error':{'message':'m','code':'502'},'choices':[{'delta':{'content':'"
                            "x'},'finish_reason':'error'}]}"))
            << u"m"_s << 502;
        QTest::newRow("flat") << QByteArray(q("{'object':'error','message':'m','code':400}"))
                              << u"m"_s << 400;
        QTest::newRow("detail") << QByteArray(q("{'detail':'m'}")) << u"m"_s << 0;
        QTest::newRow("detail list")
            << QByteArray(q(
                   "{'detail':[{'loc':['body','max_tokens'],'msg':'m','type':'extra_forbidden'}]}"))
            << u"body.max_tokens: m"_s << 0;
        QTest::newRow("in a choice")
            << QByteArray(
                   q("{'choices':[{'error':{'message':'m','code':503},'finish_reason':'error'}]}"))
            << u"m"_s << 503;
        QTest::newRow("in a list")
            << QByteArray(q("[{'error':{'message':'m','code':400}}]")) << u"m"_s << 400;
        QTest::newRow("finish reason only")
            << QByteArray(q("{'choices':[{'delta':{},'finish_reason':'error'}]}"))
            << u"finish_reason: error"_s << 0;
    }

    void findsErrors()
    {
        QFETCH(const QByteArray, chunk);
        QFETCH(const QString, message);
        QFETCH(const int, status);
        OpenAiResponse response{Dialect{}};
        QVERIFY(response.read(chunk));
        QVERIFY(response.error());
        QCOMPARE(response.error()->message, message);
        QCOMPARE(response.error()->status, status);
        QVERIFY(response.completion().text.isEmpty());
    }

    void anErrorThatIsNullIsNone()
    {
        OpenAiResponse response{Dialect{}};
        QVERIFY(response.read(q("{'error':null,'choices':[{'delta':{'content':'a'}}]}")));
        QVERIFY(!response.error());
        QCOMPARE(response.completion().text, u"a"_s);
    }

    void normalisesUsage_data()
    {
        QTest::addColumn<QByteArray>("chunk");
        QTest::addColumn<QString>("usage");
        const auto row = [](const char *name, const QByteArray &usage, const QString &expected) {
            QTest::newRow(name) << withUsage(usage) << expected;
        };
        row("plain", q("{'prompt_tokens':12,'completion_tokens':3,'total_tokens':15}"),
            u"12/0/0/3/0"_s);
        row("no total", q("{'prompt_tokens':12,'completion_tokens':3}"), u"12/0/0/3/0"_s);
        row("cached and written",
            q("{'prompt_tokens':100,'completion_tokens':9,'total_tokens':109,"
              "'prompt_tokens_details':{'cached_tokens':60,'cache_write_tokens':30},"
              "'completion_tokens_details':{'reasoning_tokens':4}}"),
            u"10/60/30/9/4"_s);
        row("deepseek",
            q("{'prompt_tokens':100,'completion_tokens':9,'total_tokens':109,"
              "'prompt_cache_hit_tokens':64,'prompt_cache_miss_tokens':36}"),
            u"36/64/0/9/0"_s);
        row("reasoning outside",
            q("{'prompt_tokens':10120,'completion_tokens':1499,'total_tokens':14428,"
              "'prompt_tokens_details':{'cached_tokens':128},"
              "'completion_tokens_details':{'reasoning_tokens':2809}}"),
            u"9992/128/0/4308/2809"_s);
        row("strings and floats",
            q("{'prompt_tokens':'12','completion_tokens':3.0,'total_tokens':'15.0'}"),
            u"12/0/0/3/0"_s);
        row("null details",
            q("{'prompt_tokens':1,'completion_tokens':2,'prompt_tokens_details':null}"),
            u"1/0/0/2/0"_s);
        row("negative", q("{'prompt_tokens':-1,'completion_tokens':2}"), u"none"_s);
        row("fraction", q("{'prompt_tokens':1.5,'completion_tokens':2}"), u"none"_s);
        row("not a number", q("{'prompt_tokens':NaN,'completion_tokens':2}"), u"none"_s);
        row("too large for a double", q("{'prompt_tokens':1e400,'completion_tokens':2}"),
            u"none"_s);
        row("2^53 + 1", q("{'prompt_tokens':9007199254740993,'completion_tokens':2}"), u"none"_s);
        row("beyond 64 bits", q("{'prompt_tokens':99999999999999999999,'completion_tokens':2}"),
            u"none"_s);
        row("words", q("{'prompt_tokens':'many','completion_tokens':2}"), u"none"_s);
        row("total below the parts",
            q("{'prompt_tokens':10,'completion_tokens':5,'total_tokens':11}"), u"none"_s);
        row("more cached than sent",
            q("{'prompt_tokens':10,'completion_tokens':5,'prompt_tokens_details':{'cached_tokens':"
              "11}}"),
            u"none"_s);
        row("more reasoning than output",
            q("{'prompt_tokens':10,'completion_tokens':5,'total_tokens':15,"
              "'completion_tokens_details':{'reasoning_tokens':6}}"),
            u"none"_s);
        row("completion missing", q("{'prompt_tokens':10}"), u"none"_s);
        row("empty", "{}", u"none"_s);
    }

    void normalisesUsage()
    {
        QFETCH(const QByteArray, chunk);
        QFETCH(const QString, usage);
        OpenAiResponse response{Dialect{}};
        QVERIFY(response.read(chunk));
        QCOMPARE(shown(response.usage()), usage);
    }

    void usageComesWhereverServersPutIt()
    {
        const QByteArray counts = q("{'prompt_tokens':7,'completion_tokens':2,'total_tokens':9}");
        OpenAiResponse groq{Dialect{}};
        groq.read(q("{'choices':[{'delta':{},'finish_reason':'stop'}],'x_groq':{'usage':") +
                  counts + "}}");
        QCOMPARE(shown(groq.usage()), u"7/0/0/2/0"_s);
        groq.read(withUsage(counts)); // both forms: not twice
        QCOMPARE(shown(groq.usage()), u"7/0/0/2/0"_s);

        OpenAiResponse cumulative{Dialect{}};
        for (int n = 1; n <= 5; ++n)
            cumulative.read(withUsage(q("{'prompt_tokens':7,'completion_tokens':") +
                                      QByteArray::number(n) + "}"));
        cumulative.read(q("{'choices':[],'usage':null}"));
        QCOMPARE(shown(cumulative.usage()), u"7/0/0/5/0"_s);
    }

    void reasoningOutsideIsAddedWhereTheDialectSaysSo()
    {
        Dialect dialect;
        dialect.reasoningOutsideCompletion = true;
        OpenAiResponse response(dialect);
        response.read(withUsage(q("{'prompt_tokens':1,'completion_tokens':2,"
                                  "'completion_tokens_details':{'reasoning_tokens':3}}")));
        QCOMPARE(shown(response.usage()), u"1/0/0/5/3"_s);
    }

    void readsTheCostThatTheProviderCharged_data()
    {
        QTest::addColumn<QByteArray>("usage");
        QTest::addColumn<qint64>("nanos"); // -1: none
        QTest::newRow("dollars") << QByteArray(q("{'cost':0.0014}")) << qint64(1'400'000);
        QTest::newRow("text") << QByteArray(q("{'cost':'0.0014'}")) << qint64(1'400'000);
        QTest::newRow("ticks") << QByteArray(q("{'cost_in_usd_ticks':232856000}"))
                               << qint64(23'285'600);
        QTest::newRow("free") << QByteArray(q("{'cost':0}")) << qint64(0);
        QTest::newRow("negative") << QByteArray(q("{'cost':-1}")) << qint64(-1);
        QTest::newRow("absent") << QByteArray(q("{'prompt_tokens':1}")) << qint64(-1);
    }

    void readsTheCostThatTheProviderCharged()
    {
        QFETCH(const QByteArray, usage);
        QFETCH(const qint64, nanos);
        OpenAiResponse response{Dialect{}};
        response.read(withUsage(usage));
        const auto cost = response.completion().reportedCost;
        QCOMPARE(cost ? cost->nanos() : -1, nanos);
    }

    void estimatesFromBytes()
    {
        const QList<Message> messages = {{Message::Role::User, u"12345"_s, Json::object()},
                                         {Message::Role::User, u"€"_s, Json::object()}};
        const catalog::TokenUsage usage = estimatedUsage(messages, u"123456789"_s);
        QCOMPARE(usage.freshInput, 2 + 4 + 1 + 4);
        QCOMPARE(usage.output, 3);
        QVERIFY(usage.estimated);
    }

    void repairsOnlyWhatIsNearlyJson()
    {
        QCOMPARE(repairedJson("{\"a\":[1, -2.5e3,true,null]}"), "{\"a\":[1, -2.5e3,true,null]}");
        QCOMPARE(repairedJson("[NaN,Infinity,-Infinity,1e999]"), "[null,null,null,null]");
        QCOMPARE(repairedJson("\"\\ud83d\\ude00 \\\\ud800 \\ud83d\\u0041\""),
                 "\"\\ud83d\\ude00 \\\\ud800 \\ufffd\\u0041\"");
        QCOMPARE(repairedJson("\"\\"), "\"\\");
        QCOMPARE(repairedJson("\"\\ud8"), "\"\\ud8");
    }
};

QTEST_GUILESS_MAIN(TestOpenAiResponse)
#include "tst_openai_response.moc"
