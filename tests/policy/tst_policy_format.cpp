#include "random_document.h"

#include "core/policy/policy_format.h"

#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

constexpr const char *kSmall = R"({
  "baseline": "Heron",
  "format": "headgate.policy",
  "limits": {"max_cost_usd": 0.01, "max_latency_s": 2.5, "on_limit": "fail"},
  "models": {
    "Heron": {
      "model": "heron",
      "parameters": {"temperature": 0.2},
      "price": {"cached_input": 0.1, "input": 0.4, "output": 1.6},
      "provider": "sim-aviary"
    }
  },
  "name": "small",
  "nodes": [
    {"at": [20,40], "id": "n1", "kind": "query", "title": "Query"},
    {"at": [250.5,40], "config": {"model": "Heron"}, "id": "n2", "kind": "model"},
    {"at": [480,40], "id": "n3", "kind": "answer"}
  ],
  "version": 1,
  "wires": [["n1","query","n2"], ["n2","answer","n3"]]
})";

QByteArray with(const QByteArray &from, const QByteArray &to)
{
    QByteArray text = kSmall;
    Q_ASSERT(text.contains(from));
    return text.replace(from, to);
}

QString refusal(const QByteArray &text)
{
    const auto parsed = parsePolicy(text);
    return parsed ? u"was accepted"_s : parsed.error().message;
}

} // namespace

class TestPolicyFormat final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsModesGroupsAndPins()
    {
        QByteArray text = with("\"kind\": \"model\"}", "\"kind\": \"model\", \"mode\": \"muted\"}");
        text.replace("\"version\": 1,", R"("version": 1,
            "groups": [{"id": "g", "title": "Models", "collapsed": true,
                        "nodes": ["n2", "gone", "n2"], "tint": "blue"},
                       {"id": "h", "nodes": ["n2"]}],
            "pins": [{"id": "p", "name": "Sky", "query": {"messages": [{"role": "user",
                        "text": "Why is the sky blue?"}], "seed": 7},
                      "path": [["n1", "query"], ["n3", ""]],
                      "calls": [{"model": "Heron", "provider": "sim-aviary", "id": "heron",
                                 "ok": true, "cost_usd": 0.25, "duration_s": 1.5}],
                      "scores": [{"model": "Heron", "scorers": [{"kind": "refusal"}],
                                  "score": 0.5}, {"model": "Heron"}]}],)");
        const auto loaded = parsePolicy(text);
        QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
        const PolicyDocument &document = loaded->document;
        QCOMPARE(document.node({u"n2"_s})->mode, NodeMode::Muted);
        QCOMPARE(document.node({u"n1"_s})->mode, NodeMode::Active);
        QCOMPARE(document.groups.size(), 1); // the second had no node of its own
        QCOMPARE(document.groups[0].nodes, QList<NodeId>{{u"n2"_s}});
        QVERIFY(document.groups[0].collapsed);
        QCOMPARE(document.groups[0].extra, (Json{{"tint", "blue"}}));
        QCOMPARE(document.pins.size(), 1);
        const RoutePin &pin = document.pins[0];
        QCOMPARE(pin.query.prompt(), u"Why is the sky blue?"_s);
        QCOMPARE(pin.query.seed, 7U);
        QCOMPARE(pin.path[0], (PinnedStep{{u"n1"_s}, u"query"_s}));
        QCOMPARE(pin.calls[0].cost.nanos(), 250'000'000);
        QCOMPARE(pin.calls[0].duration.count(), 1'500'000'000);
        QCOMPARE(pin.scores[0].score, 0.5);
        QVERIFY(!pin.scores[1].score);
        const auto again = parsePolicy(formatPolicy(document));
        QVERIFY(again);
        QCOMPARE(again->document, document);
    }

    void refusesWrongModesGroupsAndPins_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("names");
        const auto row = [](const char *name, const QByteArray &text, const char *names) {
            QTest::newRow(name) << text << QString::fromUtf8(names);
        };
        const auto extended = [](const char *members) {
            return with("\"version\": 1,", QByteArray("\"version\": 1, ") + members + ',');
        };
        row("mode", with("\"kind\": \"model\"}", "\"kind\": \"model\", \"mode\": \"asleep\"}"),
            "n2");
        row("group without id", extended(R"("groups": [{"nodes": ["n1"]}])"), "group number 1");
        row("group of numbers", extended(R"("groups": [{"id": "g", "nodes": [1]}])"),
            "group number 1");
        row("group twice",
            extended(R"("groups": [{"id": "g", "nodes": ["n1"]}, {"id": "g", "nodes": ["n2"]}])"),
            "“g”");
        row("pins no list", extended(R"("pins": 4)"), "“pins”");
        row("pin without id", extended(R"("pins": [{}])"), "pin number 1");
        row("pin twice", extended(R"("pins": [{"id": "p"}, {"id": "p"}])"), "“p”");
        row("path", extended(R"("pins": [{"id": "p", "path": [["n1"]]}])"), "Step 1");
        row("score", extended(R"("pins": [{"id": "p", "scores": [{"model": "m", "score": 2}]}])"),
            "0 and 1");
        row("call", extended(R"("pins": [{"id": "p", "calls": [{"model": "m", "ok": "yes"}]}])"),
            "true or false");
    }

    void refusesWrongModesGroupsAndPins()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, names);
        QVERIFY2(refusal(text).contains(names), qPrintable(refusal(text)));
    }

    void readsEveryField()
    {
        const auto loaded = parsePolicy(kSmall);
        QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
        QVERIFY(!loaded->readOnly);
        const PolicyDocument &document = loaded->document;
        QCOMPARE(document.name, u"small"_s);
        QCOMPARE(document.baseline, u"Heron"_s);
        const Model *heron = document.model(u"Heron"_s);
        QVERIFY(heron);
        QCOMPARE(heron->provider, u"sim-aviary"_s);
        QCOMPARE(heron->model, u"heron"_s);
        QCOMPARE(heron->parameters, (Json{{"temperature", 0.2}}));
        QCOMPARE(heron->price->input.nanos(), 400'000'000);
        QCOMPARE(heron->price->output.nanos(), 1'600'000'000);
        QCOMPARE(heron->price->cachedInput->nanos(), 100'000'000);
        QVERIFY(!heron->price->cacheWrite);
        QCOMPARE(document.limits.maxCost->nanos(), 10'000'000);
        QCOMPARE(document.limits.maxLatency->count(), 2'500'000'000);
        QCOMPARE(document.limits.onLimit, Limits::OnLimit::Fail);
        QCOMPARE(document.nodes.size(), 3);
        QCOMPARE(document.nodes[0].title, u"Query"_s);
        QCOMPARE(document.nodes[1].at, QPointF(250.5, 40));
        QCOMPARE(jsonString(document.nodes[1].config, "model"), u"Heron"_s);
        QCOMPARE(document.target({u"n2"_s}, u"answer"_s)->value, u"n3"_s);
    }

    void whatIsAbsentHasItsDefault()
    {
        const auto loaded = parsePolicy(R"({"format": "headgate.policy", "version": 1,
                                            "baseline": null})");
        QVERIFY(loaded);
        QCOMPARE(loaded->document, PolicyDocument());
    }

    void randomDocumentsComeBackEqualAndToTheSameBytes()
    {
        QRandomGenerator random(20'26);
        for (int round = 0; round < 3000; ++round) {
            const PolicyDocument document = tests::randomDocument(random);
            const QByteArray text = formatPolicy(document);
            const auto loaded = parsePolicy(text);
            QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
            QVERIFY2(loaded->document == document, text.constData());
            QCOMPARE(formatPolicy(loaded->document), text);
        }
    }

    void unknownFieldsSurviveAtEveryLevel()
    {
        const QByteArray text = R"({"format": "headgate.policy", "version": 1, "owner": "ops",
            "models": {"M": {"provider": "p", "model": "m", "region": "eu",
                             "price": {"input": 1, "output": 2, "per_image": 0.5}}},
            "limits": {"max_tokens": 5},
            "nodes": [{"id": "a", "kind": "gate", "colour": [1, 2], "config": {"mood": {"x": 1}}},
                      {"id": "b", "kind": "teleport", "config": {"to": "moon"}}],
            "wires": [["b", "beam", "a"]]})";
        const auto loaded = parsePolicy(text);
        QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
        const Json saved = parseJson(formatPolicy(loaded->document)).value();
        QCOMPARE(saved["owner"], Json("ops"));
        QCOMPARE(saved["models"]["M"]["region"], Json("eu"));
        QCOMPARE(saved["models"]["M"]["price"]["per_image"], Json(0.5));
        QCOMPARE(saved["models"]["M"]["price"]["input"], Json(1));
        QCOMPARE(saved["limits"]["max_tokens"], Json(5));
        QCOMPARE(saved["nodes"][0]["colour"], Json::array({1, 2}));
        QCOMPARE(saved["nodes"][0]["config"]["mood"]["x"], Json(1));
        QCOMPARE(saved["nodes"][1]["kind"], Json("teleport"));
        QCOMPARE(saved["nodes"][1]["config"]["to"], Json("moon"));
        QCOMPARE(saved["wires"][0][1], Json("beam"));
    }

    void pricesAreExactToTheNanoDollar()
    {
        for (const qint64 nanos : {1LL, 37'500LL, 50'000'000LL, 123'456'789'012'345'678LL,
                                   9'223'372'036'854'775'807LL, 3'000'000'000LL}) {
            PolicyDocument document;
            document.models = {
                {.name = u"M"_s, .price = Price{Money::fromNanos(nanos), Money::fromNanos(nanos)}}};
            const auto loaded = parsePolicy(formatPolicy(document));
            QVERIFY(loaded);
            QCOMPARE(loaded->document.models[0].price->input.nanos(), nanos);
        }
        QVERIFY(formatPolicy(parsePolicy(kSmall)->document).contains("\"input\": 0.4") ||
                formatPolicy(parsePolicy(kSmall)->document).contains("\"input\":0.4"));
    }

    void refusesWithThePlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("place");
        QTest::addRow("empty") << QByteArray() << u"line 1"_s;
        QTest::addRow("missing comma")
            << with("\"name\": \"small\",", "\"name\": \"small\"") << u"line 14"_s;
        QTest::addRow("invalid UTF-8") << with("small", "sm\xff\xfell") << u"line 13"_s;
        QTest::addRow("lone surrogate") << with("small", "\\ud800") << u"line 13"_s;
        QTest::addRow("too deep") << with("{\"temperature\": 0.2}", QByteArray(10'000, '['))
                                  << u"64 levels"_s;
        QTest::addRow("foreign JSON") << QByteArray(R"({"nodes": []})") << u"no Headgate policy"_s;
        QTest::addRow("foreign list") << QByteArray("[1, 2]") << u"no Headgate policy"_s;
        QTest::addRow("version missing") << with("\"version\": 1,", "") << u"version"_s;
        QTest::addRow("version text")
            << with("\"version\": 1", "\"version\": \"1\"") << u"version"_s;
        QTest::addRow("version 0") << with("\"version\": 1", "\"version\": 0") << u"version"_s;
        QTest::addRow("name") << with("\"small\"", "7") << u"“name” of the policy"_s;
        QTest::addRow("models") << with("\"models\": {", "\"models\": 5, \"was\": {")
                                << u"“models” of the policy"_s;
        QTest::addRow("model") << with("\"model\": \"heron\"", "\"model\": 5")
                               << u"“model” of model “Heron”"_s;
        QTest::addRow("parameters")
            << with("{\"temperature\": 0.2}", "\"hot\"") << u"“parameters” of model “Heron”"_s;
        QTest::addRow("price") << with("\"input\": 0.4", "\"input\": \"cheap\"")
                               << u"“input” of the price of model “Heron”"_s;
        QTest::addRow("half a price")
            << with("\"input\": 0.4, ", "") << u"price of model “Heron”"_s;
        QTest::addRow("limit") << with("2.5", "[2.5]") << u"“max_latency_s” of the limits"_s;
        QTest::addRow("on_limit") << with("\"fail\"", "\"explode\"") << u"“explode”"_s;
        QTest::addRow("nodes") << with("\"nodes\": [", "\"was\": [1], \"nodes\": 5, \"old\": [")
                               << u"“nodes” of the policy"_s;
        QTest::addRow("node without id")
            << with("\"id\": \"n2\", ", "") << u"“id” of node number 2"_s;
        QTest::addRow("node that is none")
            << with("\"nodes\": [", "\"nodes\": [7,") << u"node number 1"_s;
        QTest::addRow("node without kind")
            << with(", \"kind\": \"query\"", "") << u"“kind” of node “n1”"_s;
        QTest::addRow("at") << with("[20,40]", "[20]") << u"“at” of node “n1”"_s;
        QTest::addRow("config") << with("{\"model\": \"Heron\"}", "[]")
                                << u"“config” of node “n2”"_s;
        QTest::addRow("duplicate id")
            << with("\"id\": \"n3\"", "\"id\": \"n1\"") << u"Nodes number 1 and 3"_s;
        QTest::addRow("duplicate key")
            << with("\"name\": \"small\"", "\"name\": \"a\", \"name\": \"b\"") << u"“name” twice"_s;
        QTest::addRow("wire") << with("[\"n1\",\"query\",\"n2\"]", "[\"n1\",\"n2\"]")
                              << u"Wire number 1"_s;
        QTest::addRow("wire to a number") << with("\"n3\"]]", "3]]") << u"Wire number 2"_s;
    }

    void refusesWithThePlace()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, place);
        const auto parsed = parsePolicy(text);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidInput);
        QVERIFY2(parsed.error().message.contains(place), qPrintable(parsed.error().message));
    }

    void everyPrefixIsRefusedWithoutACrash()
    {
        const QByteArray text(kSmall);
        QVERIFY(parsePolicy(text));
        for (qsizetype length = 0; length < text.size(); ++length)
            QVERIFY2(refusal(text.left(length)).contains(u"line "_s),
                     qPrintable(QString::number(length)));
    }

    void randomDamageNeverCrashesAndNeverBreaksTheRoundTrip()
    {
        QRandomGenerator random(7);
        int accepted = 0;
        for (int round = 0; round < 4000; ++round) {
            QByteArray text =
                round % 2 == 0 ? QByteArray(kSmall) : formatPolicy(tests::randomDocument(random));
            for (int flips = 1 + random.bounded(3); flips > 0; --flips)
                text[random.bounded(int(text.size()))] = char(random.bounded(256));
            const auto loaded = parsePolicy(text);
            if (!loaded) {
                QVERIFY(!loaded.error().message.isEmpty());
                continue;
            }
            ++accepted;
            const QByteArray saved = formatPolicy(loaded->document);
            const auto again = parsePolicy(saved);
            QVERIFY2(again, saved.constData());
            QCOMPARE(formatPolicy(again->document), saved);
        }
        QVERIFY(accepted > 100); // flips inside texts
    }

    void danglingWiresAndUnknownKindsLoad()
    {
        const auto loaded = parsePolicy(with("\"n3\"]]", "\"nowhere\"]]"));
        QVERIFY(loaded);
        QCOMPARE(loaded->document.wires[1].to.value, u"nowhere"_s);
    }

    void aNewerVersionOpensReadOnlyWithWhatItHas()
    {
        QByteArray text = with("\"version\": 1", "\"version\": 7, \"galaxy\": {\"far\": true}");
        text.replace("[\"n1\",\"query\",\"n2\"]", "[\"n1\",\"query\",\"n2\",{\"weight\":2}]");
        const auto loaded = parsePolicy(text);
        QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
        QVERIFY(loaded->readOnly);
        QCOMPARE(loaded->document.extra["galaxy"]["far"], Json(true));
        QCOMPARE(loaded->document.nodes.size(), 3);

        const auto strange = parsePolicy(R"({"format": "headgate.policy", "version": 99,
                                             "nodes": {"by": "name"}})");
        QVERIFY(!strange);
        QCOMPARE(strange.error().code, ErrorCode::UnsupportedVersion);
        QVERIFY(strange.error().message.contains(u"99"_s));
        QVERIFY(parsePolicy(R"({"format": "headgate.policy", "version": 18446744073709551615})")
                    ->readOnly);
    }

    void garbageOfAMillionNodesIsRefusedByItsSize()
    {
        QByteArray nodes;
        for (int i = 0; i < 1'000'000; ++i)
            nodes += "{},";
        nodes.chop(1);
        const QByteArray text =
            R"({"format": "headgate.policy", "version": 1, "nodes": [)" + nodes + "]}";
        QVERIFY2(refusal(text).contains(u"1000000 nodes"_s), qPrintable(refusal(text)));
        const QByteArray huge(kMaxPolicyBytes + 1, ' ');
        QVERIFY2(refusal(huge).contains(QString::number(kMaxPolicyBytes)),
                 qPrintable(refusal(huge)));
    }

    void nodesFarOutsideComeBackToTheCanvas()
    {
        const auto loaded = parsePolicy(with("[20,40]", "[1e300,-1e300]"));
        QVERIFY(loaded);
        QCOMPARE(loaded->document.nodes[0].at, QPointF(1e6, -1e6));
    }
};

QTEST_GUILESS_MAIN(TestPolicyFormat)
#include "tst_policy_format.moc"
