#include "core/policy/node_kinds/gate_kind.h"

#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

QStringList portNames(const QString &kind, const Json &config)
{
    Node node;
    node.kind = kind;
    node.config = config;
    QStringList names;
    for (const Port &port : outPorts(node, {}))
        names.append(port.name);
    return names;
}

} // namespace

class TestNodeKinds final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEveryKindOnceWithWordsForTheUser()
    {
        QStringList ids;
        for (const NodeKind &kind : nodeKinds()) {
            ids.append(kind.id);
            QCOMPARE(nodeKind(kind.id), &kind);
            QVERIFY2(!kind.label.isEmpty() && kind.help.endsWith(u'.'), qPrintable(kind.id));
            QVERIFY2(kind.outPorts && kind.summary, qPrintable(kind.id));
            for (const Field &field : kind.fields) {
                QVERIFY2(!field.label.isEmpty() && field.help.endsWith(u'.'),
                         qPrintable(kind.id + u' ' + field.key));
                QCOMPARE(field.type == FieldType::Choice, !field.choices.isEmpty());
                QVERIFY(field.minimum <= field.maximum);
            }
        }
        ids.sort();
        QCOMPARE(ids.join(u' '),
                 u"answer cache classifier gate model nearest note predictor query rule "
                 u"split"_s);
        QCOMPARE(nodeKind(u"teleport"_s), nullptr);
    }

    void portsFollowTheConfig_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("ports");
        QTest::addRow("query") << u"query"_s << QByteArray("{}") << u"query"_s;
        QTest::addRow("answer") << u"answer"_s << QByteArray("{}") << QString();
        QTest::addRow("model") << u"model"_s << QByteArray("{}") << u"answer error"_s;
        QTest::addRow("gate") << u"gate"_s << QByteArray("{}") << u"accept escalate"_s;
        QTest::addRow("cache") << u"cache"_s << QByteArray("{}") << u"hit miss"_s;
        QTest::addRow("rule") << u"rule"_s
                              << QByteArray(R"({"cases": [{"name": "refund"}, {"name": "code"}]})")
                              << u"refund code otherwise"_s;
        QTest::addRow("rule, names that cannot be ports")
            << u"rule"_s
            << QByteArray(R"({"cases": [{"name": "a"}, {"name": "a"}, {"name": ""}, 5, {"name": 7},
                                        {"name": "otherwise"}]})")
            << u"a otherwise"_s;
        QTest::addRow("rule, wrong type")
            << u"rule"_s << QByteArray(R"({"cases": "x"})") << u"otherwise"_s;
        QTest::addRow("classifier")
            << u"classifier"_s << QByteArray("{}") << u"easy medium hard unsure"_s;
        QTest::addRow("classifier, own labels")
            << u"classifier"_s << QByteArray(R"({"labels": ["chat", "code"]})")
            << u"chat code unsure"_s;
        QTest::addRow("nearest") << u"nearest"_s << QByteArray(R"({"references": [
                                        {"prompt": "p", "label": "b"}, {"prompt": "q", "label": "a"},
                                        {"prompt": "r", "label": "b"}]})")
                                 << u"b a unsure"_s;
        QTest::addRow("predictor")
            << u"predictor"_s << QByteArray(R"({"models": ["S", "L"]})") << u"S L none"_s;
        QTest::addRow("split") << u"split"_s
                               << QByteArray(R"({"branches": [{"name": "x", "weight": 1}]})")
                               << u"x"_s;
        QTest::addRow("split, fresh") << u"split"_s << QByteArray("{}") << u"a b"_s;
        QTest::addRow("config that is no object") << u"split"_s << QByteArray("[1]") << u"a b"_s;
    }

    void portsFollowTheConfig()
    {
        QFETCH(const QString, kind);
        QFETCH(const QByteArray, config);
        QFETCH(const QString, ports);
        QCOMPARE(portNames(kind, parseJson(config).value()).join(u' '), ports);
    }

    void rolesSayHowAPortIsDrawn()
    {
        for (const NodeKind &kind : nodeKinds()) {
            for (const Port &port : kind.outPorts(Json::object())) {
                const bool isDefault =
                    QStringList{u"otherwise"_s, u"unsure"_s, u"none"_s}.contains(port.name);
                QCOMPARE(port.role == PortRole::Default, isDefault);
                QCOMPARE(port.role == PortRole::Error, port.name == u"error"_s);
                QCOMPARE(port.required, port.role != PortRole::Error);
            }
        }
    }

    void anUnknownKindHasThePortsThatItsWiresName()
    {
        PolicyDocument document;
        document.nodes = {{.id = {u"x"_s}, .kind = u"teleport"_s, .title = {}, .at = {}}};
        document.wires = {{{u"x"_s}, u"out"_s, {u"y"_s}},
                          {{u"y"_s}, u"other"_s, {u"x"_s}},
                          {{u"x"_s}, u"back"_s, {u"y"_s}},
                          {{u"x"_s}, u"out"_s, {u"z"_s}}};
        const QList<Port> ports = outPorts(document.nodes[0], document);
        QCOMPARE(ports.size(), 2);
        QCOMPARE(ports[0].name, u"out"_s);
        QCOMPARE(ports[1].name, u"back"_s);
    }

    void summariesTellTheSettings_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("summary");
        const QByteArray gate = R"({"scorers": [{"kind": "log_probability"}], "threshold": 0.55})";
        QTest::addRow("gate") << u"gate"_s << gate << u"log-probability ≥ 0.55"_s;
        QTest::addRow("gate, several")
            << u"gate"_s << QByteArray(R"({"scorers": [{"kind": "refusal", "weight": 1},
                    {"kind": "length", "weight": 3}, {"kind": "format"}], "threshold": 0.7})")
            << u"length + 2 ≥ 0.7"_s;
        QTest::addRow("priced model")
            << u"model"_s << QByteArray(R"({"model": "Finch"})") << u"$0.05 / $0.20 per 1M"_s;
        QTest::addRow("model without a price")
            << u"model"_s << QByteArray(R"({"model": "Wren"})") << u"sim-aviary · wren"_s;
        QTest::addRow("unknown model")
            << u"model"_s << QByteArray(R"({"model": "Roc"})") << u"Roc"_s;
        QTest::addRow("split")
            << u"split"_s
            << QByteArray(
                   R"({"branches": [{"name": "a", "weight": 9}, {"name": "b", "weight": 1}]})")
            << u"90 / 10 %"_s;
        QTest::addRow("predictor") << u"predictor"_s << QByteArray(R"({"models": ["S", "L"]})")
                                   << u"the best expected quality"_s;
        QTest::addRow("predictor with limits")
            << u"predictor"_s
            << QByteArray(R"({"willingness_usd": 0.05, "max_cost_usd": 0.01, "max_latency_s": 0.5})")
            << u"$0.05 a right answer · ≤ $0.01 · ≤ 0.5 s"_s;
        QTest::addRow("nearest, trained")
            << u"nearest"_s << QByteArray(R"({"source": "trained", "labels": ["a", "b"]})")
            << u"a, b"_s;
        QTest::addRow("rule") << u"rule"_s << QByteArray(R"({"cases": [{"name": "code"}]})")
                              << u"code"_s;
        QTest::addRow("answer") << u"answer"_s << QByteArray(R"({"which": "best_scored"})")
                                << u"best-scored answer"_s;
        QTest::addRow("cache") << u"cache"_s << QByteArray(R"({"match": "semantic"})")
                               << u"similarity ≥ 0.95"_s;
    }

    void summariesTellTheSettings()
    {
        QFETCH(const QString, kind);
        QFETCH(const QByteArray, config);
        QFETCH(const QString, summary);
        PolicyDocument document;
        Model finch{.name = u"Finch"_s, .provider = u"sim-aviary"_s, .model = u"finch"_s};
        finch.price = Price{Money::fromNanos(50'000'000), Money::fromNanos(200'000'000)};
        document.models = {finch,
                           {.name = u"Wren"_s, .provider = u"sim-aviary"_s, .model = u"wren"_s}};
        Node node;
        node.kind = kind;
        node.config = parseJson(config).value();
        QCOMPARE(nodeKind(kind)->summary(node, document), summary);
    }

    void summariesStandAnyConfig()
    {
        const QList<Json> odd{Json(), Json(5), Json::array({1}), Json::object()};
        const QList<Json> values{Json(), Json(5), Json("x"), Json::array({1, "a", Json::object()}),
                                 Json{{"name", 5}}};
        for (const NodeKind &kind : nodeKinds()) {
            QList<Json> configs = odd;
            for (const Field &field : kind.fields) {
                for (const Json &value : values)
                    configs.append(Json{{toStdString(field.key), value}});
            }
            for (const Json &config : std::as_const(configs)) {
                Node node;
                node.kind = kind.id;
                node.config = config;
                QVERIFY(kind.summary(node, {}).size() < 200);
                QVERIFY(kind.outPorts(config).size() < 10);
            }
        }
    }

    void aNewNodeStartsWithWhatItCannotDoWithout()
    {
        QCOMPARE(defaultConfig(*nodeKind(u"query"_s)), Json::object());
        QVERIFY(defaultConfig(*nodeKind(u"gate"_s)).contains("scorers"));
        QCOMPARE(defaultConfig(*nodeKind(u"split"_s))["branches"].size(), std::size_t(2));
        QVERIFY(!defaultConfig(*nodeKind(u"model"_s)).contains("model"));
    }

    void gatesKnowTheirScorers()
    {
        QCOMPARE(knownScorerKinds().join(u' '),
                 u"log_probability refusal truncation length format judge self_consistency "
                 u"agreement trained"_s);
        QCOMPARE(scorerLabel(u"log_probability"_s), u"log-probability"_s);
        QVERIFY(scorerOptions(u"refusal"_s).isEmpty());
        QCOMPARE(scorerOptions(u"format"_s).size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestNodeKinds)
#include "tst_node_kinds.moc"
