#include "core/policy/compiled_policy.h"
#include "core/policy/node_kind.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random_policy.h"

#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace headgate::tests;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const CompiledPolicy> compiled(const PolicyDocument &document)
{
    const auto policy = CompiledPolicy::compile(document);
    if (!policy)
        qFatal("%s", qPrintable(policy.error().message));
    return *policy;
}

NodeIndex at(const CompiledPolicy &policy, const char *id)
{
    return policy.indexOf({QString::fromUtf8(id)});
}

// The longest way by trying all: slow and plain, to hold the fast one against.
qsizetype longestByTrying(const CompiledPolicy &policy, NodeIndex node)
{
    qsizetype longest = 0;
    for (const NodeIndex target : policy.step(node).next) {
        if (target >= 0)
            longest = std::max(longest, longestByTrying(policy, target));
    }
    return longest + 1;
}

} // namespace

class TestCompiledPolicy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersNodesPortsAndModels()
    {
        const auto policy = compiled(twoStageCascade().document());
        QCOMPARE(policy->nodeCount(), 5);
        QCOMPARE(policy->entry(), at(*policy, "q"));
        QCOMPARE(at(*policy, "nowhere"), -1);
        const CompiledPolicy::Step &small = policy->step(at(*policy, "small"));
        QCOMPARE(small.role, NodeRole::Model);
        QCOMPARE(policy->model(small.model).name, u"small"_s);
        QCOMPARE(small.next[kAnswerPort], at(*policy, "gate"));
        QCOMPARE(small.next[kErrorPort], -1);
        const CompiledPolicy::Step &gate = policy->step(at(*policy, "gate"));
        QCOMPARE(gate.role, NodeRole::Gate);
        QCOMPARE(gate.threshold, 0.6);
        QCOMPARE(gate.next[kAcceptPort], at(*policy, "answer"));
        QCOMPARE(gate.next[kEscalatePort], at(*policy, "large"));
        QCOMPARE(policy->node(at(*policy, "gate")).kind, u"gate"_s);
        QCOMPARE(policy->longestPath(), 5);
    }

    void portPlacesAreThoseOfTheKinds()
    {
        const auto policy = compiled(twoStageCascade().document());
        QCOMPARE(policy->portNames(at(*policy, "q"))[kQueryPort], u"query"_s);
        const QList<QString> model = policy->portNames(at(*policy, "small"));
        QCOMPARE(model[kAnswerPort], u"answer"_s);
        QCOMPARE(model[kErrorPort], u"error"_s);
        const QList<QString> gate = policy->portNames(at(*policy, "gate"));
        QCOMPARE(gate[kAcceptPort], u"accept"_s);
        QCOMPARE(gate[kEscalatePort], u"escalate"_s);
        QVERIFY(policy->portNames(at(*policy, "answer")).isEmpty());
    }

    void takesWhatIsNotGivenFromTheKind()
    {
        PolicyDocument document = twoStageCascade().document();
        for (Node &node : document.nodes) {
            node.config.erase("threshold");
            node.config.erase("which");
        }
        const auto policy = compiled(document);
        const CompiledPolicy::Step &gate = policy->step(at(*policy, "gate"));
        QCOMPARE(gate.threshold, 0.5);
        QVERIFY(!gate.acceptOnScorerFailure);
        QVERIFY(!policy->step(at(*policy, "answer")).bestScored);
    }

    void readsHowGatesAndAnswersChoose()
    {
        PolicyDocument document = twoStageCascade().document();
        document.nodes[2].config["on_scorer_failure"] = "accept";
        document.nodes[4].config["which"] = "best_scored";
        const auto policy = compiled(document);
        QVERIFY(policy->step(at(*policy, "gate")).acceptOnScorerFailure);
        QVERIFY(policy->step(at(*policy, "answer")).bestScored);
    }

    void refusesWhatCannotRun_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("code");
        QTest::newRow("classifier") << u"classifier"_s << int(ErrorCode::NeedsTraining);
        QTest::newRow("nearest") << u"nearest"_s << int(ErrorCode::InvalidInput);
        QTest::newRow("predictor") << u"predictor"_s << int(ErrorCode::NeedsTraining);
        QTest::newRow("cache") << u"cache"_s << int(ErrorCode::Unavailable);
        QTest::newRow("unknown") << u"oracle"_s << int(ErrorCode::UnknownKind);
    }
    void refusesWhatCannotRun()
    {
        QFETCH(const QString, kind);
        QFETCH(const int, code);
        // A sound drawing: every port of the node leads on.
        PolicyDocument document = twoStageCascade().document();
        document.wires[0].to = {u"x"_s};
        Node node{.id = {u"x"_s}, .kind = kind, .title = u"Odd one"_s};
        if (const NodeKind *known = nodeKind(kind))
            node.config = configFor(*known);
        document.nodes.append(node);
        if (!nodeKind(kind))
            document.wires.append({node.id, u"out"_s, {u"small"_s}});
        for (const Port &port : nodeKind(kind) ? outPorts(node, document) : QList<Port>())
            document.wires.append({node.id, port.name, {u"small"_s}});
        const auto policy = CompiledPolicy::compile(document);
        QVERIFY(!policy);
        QVERIFY2(int(policy.error().code) == code, qPrintable(policy.error().message));
        QVERIFY2(policy.error().message.contains(u"Odd one"_s), qPrintable(policy.error().message));
    }

    void refusesWhatIsWrongAndNamesTheNode_data()
    {
        QTest::addColumn<PolicyDocument>("document");
        QTest::addColumn<QString>("words");
        PolicyDocument unwired = twoStageCascade().document();
        unwired.nodes[2].title = u"Strict gate"_s;
        unwired.wires.removeAt(3);
        QTest::newRow("port") << unwired << u"Strict gate"_s;
        PolicyDocument modelless = twoStageCascade().document();
        modelless.nodes[1].title = u"First call"_s;
        modelless.nodes[1].config["model"] = "heron";
        QTest::newRow("model") << modelless << u"First call"_s;
        PolicyDocument cyclic = twoStageCascade().document();
        cyclic.nodes[3].title = u"Second call"_s;
        cyclic.wires[4].to = {u"small"_s};
        QTest::newRow("cycle") << cyclic << QString();
        QTest::newRow("empty") << PolicyDocument() << QString();
    }
    void refusesWhatIsWrongAndNamesTheNode()
    {
        QFETCH(const PolicyDocument, document);
        QFETCH(const QString, words);
        const auto policy = CompiledPolicy::compile(document);
        QVERIFY(!policy);
        QCOMPARE(policy.error().code, ErrorCode::InvalidInput);
        QVERIFY(!policy.error().message.isEmpty());
        QVERIFY2(policy.error().message.contains(words), qPrintable(policy.error().message));
    }

    void measuresTheLongestPathOfAnyPolicy()
    {
        for (quint32 seed = 0; seed < 500; ++seed) {
            const auto policy = compiled(randomPolicy(seed));
            QCOMPARE(policy->longestPath(), longestByTrying(*policy, policy->entry()));
        }
    }

    void compilesADrawingOfTenThousandNodesInARow()
    {
        constexpr int kCalls = 10'000;
        PolicyBuilder builder;
        builder.models({"small"}).node("q", "query");
        std::string before = "q";
        for (int call = 0; call < kCalls; ++call) {
            const std::string id = "m" + std::to_string(call);
            builder.node(id, "model", {{"model", "small"}, {"timeout_s", 30}});
            builder.wire(before, call == 0 ? "query" : "answer", id);
            before = id;
        }
        builder.node("a", "answer").wire(before, "answer", "a");
        QCOMPARE(compiled(builder.document())->longestPath(), kCalls + 2);
    }

private:
    // What the fields of a kind ask for at least.
    static Json configFor(const NodeKind &kind)
    {
        Json config = Json::object();
        for (const Field &field : kind.fields) {
            if (!field.defaultValue.is_null())
                config[field.key.toStdString()] = field.defaultValue;
            else if (field.type == FieldType::Labels)
                config[field.key.toStdString()] = {"easy", "hard"};
            else if (field.type == FieldType::Models)
                config[field.key.toStdString()] = {"small", "large"};
        }
        return config;
    }
};

QTEST_GUILESS_MAIN(TestCompiledPolicy)
#include "tst_compiled_policy.moc"
