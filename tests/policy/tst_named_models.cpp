#include "core/policy/named_models.h"

#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

Node nodeOf(const QString &kind, const Json &config)
{
    Node node;
    node.kind = kind;
    node.config = config;
    return node;
}

Json renamed(const Node &node, const QString &before, const QString &after)
{
    Json config = node.config;
    for (const Field &field : nodeKind(node.kind)->fields) {
        if (const auto value = config.find(toStdString(field.key)); value != config.end())
            *value = withModelRenamed(field, *value, before, after);
    }
    return config;
}

const Json kGroup{{"model", "a"},
                  {"fallbacks", {"b", "c"}},
                  {"system", "a"},
                  {"weights", Json::array({Json{{"name", "b"}, {"weight", 2}}})}};
const Json kGate{{"scorers", Json::array({Json{{"kind", "judge"}, {"model", "a"}, {"rubric", "a"}},
                                          Json{{"kind", "agreement"}, {"model", "b"}},
                                          Json{{"kind", "refusal"}, {"model", "c"}}})}};
const Json kPredictor{
    {"models", {"a", "b"}},
    {"measured", Json::array({Json{{"model", "a"}, {"quality", 0.5}}})},
    {"scores", Json::array({Json{{"model", "b"}, {"task", "a"}, {"quality", 0.5}}})},
    {"latencies", Json::array({Json{{"model", "a"}, {"seconds", 2}}})},
    {"deny", {"a"}}};

} // namespace

class TestNamedModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThoseThatAreCalledAndThoseThatAreAsked()
    {
        QCOMPARE(modelsNamedBy(nodeOf(u"model"_s, kGroup)), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
        QCOMPARE(modelsNamedBy(nodeOf(u"gate"_s, kGate)), (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(modelsNamedBy(nodeOf(u"query"_s, Json::object())), QStringList());
        QCOMPARE(modelsNamedBy(nodeOf(u"oracle"_s, kGate)), QStringList());
    }

    void aNewNameGoesWhereTheModelIsMeantAndNowhereElse()
    {
        const Json group = renamed(nodeOf(u"model"_s, kGroup), u"b"_s, u"z"_s);
        QCOMPARE(group["fallbacks"], (Json{"z", "c"}));
        QCOMPARE(group["weights"][0]["name"], Json("z"));
        QCOMPARE(renamed(nodeOf(u"model"_s, kGroup), u"a"_s, u"z"_s)["system"], Json("a"));
        const Json gate = renamed(nodeOf(u"gate"_s, kGate), u"a"_s, u"z"_s);
        QCOMPARE(gate["scorers"][0]["model"], Json("z"));
        QCOMPARE(gate["scorers"][0]["rubric"], Json("a"));
        QCOMPARE(renamed(nodeOf(u"gate"_s, kGate), u"c"_s, u"z"_s), kGate);
    }

    void aPredictorsFiguresGoWithTheModel()
    {
        QCOMPARE(modelsNamedBy(nodeOf(u"predictor"_s, kPredictor)), (QStringList{u"a"_s, u"b"_s}));
        const Json changed = renamed(nodeOf(u"predictor"_s, kPredictor), u"a"_s, u"z"_s);
        QCOMPARE(changed["models"], (Json{"z", "b"}));
        QCOMPARE(changed["deny"], Json::array({"z"}));
        QCOMPARE(changed["measured"][0]["model"], Json("z"));
        QCOMPARE(changed["latencies"][0]["model"], Json("z"));
        QCOMPARE(changed["scores"], kPredictor["scores"]);
    }

    void whateverTheConfigHoldsIsNoHarm()
    {
        for (const Json &config :
             {Json(), Json(7), Json{{"scorers", 7}}, Json{{"scorers", {7, nullptr, "x"}}},
              Json{{"scorers", Json::array({Json{{"kind", "judge"}, {"model", 7}}})}}}) {
            QCOMPARE(modelsNamedBy(nodeOf(u"gate"_s, config)), QStringList());
        }
    }
};

QTEST_GUILESS_MAIN(TestNamedModels)
#include "tst_named_models.moc"
