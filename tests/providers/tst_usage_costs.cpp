#include "core/catalog/token_usage.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

Price priceOf(std::initializer_list<const char *> perMillion)
{
    const auto at = [&perMillion](size_t place) -> std::optional<Money> {
        if (place >= perMillion.size())
            return std::nullopt;
        return Money::fromDecimal(QString::fromLatin1(perMillion.begin()[place])).value();
    };
    return {*at(0), *at(1), at(2), at(3), at(4), at(5)};
}

QByteArray bodyWith(const QString &protocol, const QByteArray &usage)
{
    if (protocol == "anthropic"_L1)
        return q("{'type':'message','content':[{'type':'text','text':'a'}],"
                 "'stop_reason':'end_turn','usage':") +
               usage + "}";
    if (protocol == "gemini"_L1)
        return q("{'candidates':[{'content':{'parts':[{'text':'a'}]},'finishReason':'STOP'}],"
                 "'usageMetadata':") +
               usage + "}";
    if (protocol == "ollama"_L1)
        return q("{'message':{'content':'a'},'done':true,") + usage + "}";
    return q("{'choices':[{'message':{'content':'a'},'finish_reason':'stop'}],'usage':") + usage +
           "}";
}

} // namespace

// What a provider tells of its tokens, through a socket, to a price that was worked out by hand and
// holds to the nano-dollar.
class TestUsageCosts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void costsWhatTheHandSays_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QByteArray>("usage");
        QTest::addColumn<Price>("price"); // in, out, cached, write, write for an hour, reasoning
        QTest::addColumn<QString>("cost");
        const auto row = [](const char *name, const QString &protocol, const char *usage,
                            std::initializer_list<const char *> price, const QString &cost) {
            QTest::newRow(name) << protocol << q(usage) << priceOf(price) << cost;
        };
        const QString openAi = u"openai"_s;
        // 1,000 x 2.5 + 200 x 10
        row("OpenAI", openAi, "{'prompt_tokens':1000,'completion_tokens':200,'total_tokens':1200}",
            {"2.5", "10"}, u"0.0045"_s);
        // 200 x 2.5 + 700 x 1.25 + 100 x 3.125 + 200 x 10
        row("OpenAI, cached and written", openAi,
            "{'prompt_tokens':1000,'completion_tokens':200,'total_tokens':1200,"
            "'prompt_tokens_details':{'cached_tokens':700,'cache_write_tokens':100}}",
            {"2.5", "10", "1.25", "3.125"}, u"0.0036875"_s);
        // Reasoning is part of the completion: 10 x 2.5 + 1,000 x 10
        row("OpenAI, reasoning", openAi,
            "{'prompt_tokens':10,'completion_tokens':1000,'total_tokens':1010,"
            "'completion_tokens_details':{'reasoning_tokens':900}}",
            {"2.5", "10"}, u"0.010025"_s);
        // 10 x 2.5 + 100 x 10 + 900 x 3
        row("OpenAI, reasoning at its own price", openAi,
            "{'prompt_tokens':10,'completion_tokens':1000,'total_tokens':1010,"
            "'completion_tokens_details':{'reasoning_tokens':900}}",
            {"2.5", "10", "1.25", "3.125", "3.125", "3"}, u"0.003725"_s);
        // 9,992 x 1.25 + 128 x 0.2 + (1,499 + 2,809) x 2.5
        row("xAI, reasoning beside the completion", openAi,
            "{'prompt_tokens':10120,'completion_tokens':1499,'total_tokens':14428,"
            "'prompt_tokens_details':{'cached_tokens':128},"
            "'completion_tokens_details':{'reasoning_tokens':2809}}",
            {"1.25", "2.50", "0.20"}, u"0.0232856"_s);
        // 17 x 0.435 + 1,001 x 0.003625 + 3 x 0.87: 13,633.625 nano-dollars
        row("DeepSeek, hits and misses", openAi,
            "{'prompt_tokens':1018,'completion_tokens':3,'total_tokens':1021,"
            "'prompt_cache_hit_tokens':1001,'prompt_cache_miss_tokens':17}",
            {"0.435", "0.87", "0.003625"}, u"0.000013634"_s);
        // 5 x 3 + 2,000 x 0.3 + 300 x 3.75 + 100 x 6 + 50 x 15
        row("Anthropic, two lives of a cache", u"anthropic"_s,
            "{'input_tokens':5,'cache_read_input_tokens':2000,'cache_creation_input_tokens':400,"
            "'cache_creation':{'ephemeral_5m_input_tokens':300,'ephemeral_1h_input_tokens':100},"
            "'output_tokens':50,'output_tokens_details':{'thinking_tokens':40}}",
            {"3", "15", "0.3", "3.75", "6"}, u"0.00309"_s);
        // 5 x 3 + 400 x 3.75 + 50 x 15
        row("Anthropic, unsplit", u"anthropic"_s,
            "{'input_tokens':5,'cache_read_input_tokens':null,'cache_creation_input_tokens':400,"
            "'output_tokens':50}",
            {"3", "15", "0.3", "3.75", "6"}, u"0.002265"_s);
        // (1,000 - 100 + 20) x 2.5 + 100 x 1.25 + (70 + 30) x 10
        row("Gemini, cached, thoughts and tool prompts", u"gemini"_s,
            "{'promptTokenCount':1000,'cachedContentTokenCount':100,'toolUsePromptTokenCount':20,"
            "'candidatesTokenCount':70,'thoughtsTokenCount':30,'totalTokenCount':1120}",
            {"2.5", "10", "1.25"}, u"0.003425"_s);
        // 26 x 0.1 + 298 x 0.4, at a rate of the user's own
        row("Ollama", u"ollama"_s, "'prompt_eval_count':26,'eval_count':298", {"0.1", "0.4"},
            u"0.0001218"_s);
        // 0.3 + 0.2 nano-dollars: rounded once, and half up.
        row("rounds once", openAi, "{'prompt_tokens':1,'completion_tokens':1,'total_tokens':2}",
            {"0.0003", "0.0002"}, u"0.000000001"_s);
    }

    void costsWhatTheHandSays()
    {
        QFETCH(const QString, protocol);
        QFETCH(const QByteArray, usage);
        QFETCH(const Price, price);
        QFETCH(const QString, cost);
        ScriptedServer server({Script().send(httpResponse(200, bodyWith(protocol, usage)))});
        Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = protocol;
        Probe probe(endpoint);
        const CallResult result = probe.ask(helloRequest(false));
        QVERIFY(result.ok());
        QVERIFY(!result.completion.usage.estimated);
        QCOMPARE(catalog::costOf(result.completion.usage, price).toDecimal(), cost);
    }

    // What the provider itself charged, in its own unit.
    void readsTheCostThatIsReported_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QString>("cost");
        QTest::newRow("ticks") << q("'cost_in_usd_ticks':232856000") << u"0.0232856"_s;
        QTest::newRow("dollars") << q("'cost':0.00014") << u"0.00014"_s;
        QTest::newRow("nothing") << q("'cost':0") << u"0"_s;
        QTest::newRow("text") << q("'cost':'0.5'") << u"0.5"_s;
        QTest::newRow("negative") << q("'cost':-1") << u"none"_s;
        QTest::newRow("null") << q("'cost':null") << u"none"_s;
        QTest::newRow("absent") << q("'x':1") << u"none"_s;
    }

    void readsTheCostThatIsReported()
    {
        QFETCH(const QByteArray, member);
        QFETCH(const QString, cost);
        const QByteArray usage =
            q("{'prompt_tokens':1,'completion_tokens':1,'total_tokens':2,") + member + "}";
        ScriptedServer server({Script().send(httpResponse(200, bodyWith({}, usage)))});
        Probe probe(endpointAt(server.url()));
        const CallResult result = probe.ask(helloRequest(false));
        QVERIFY(result.ok());
        const auto &reported = result.completion.reportedCost;
        QCOMPARE(reported ? reported->toDecimal() : u"none"_s, cost);
    }
};

QTEST_GUILESS_MAIN(TestUsageCosts)
#include "tst_usage_costs.moc"
