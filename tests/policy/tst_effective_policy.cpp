#include "core/policy/compiled_policy.h"
#include "core/policy/effective_policy.h"
#include "core/policy/policy_run.h"
#include "core/policy/policy_validation.h"
#include "tests/support/policy_builder.h"

#include <QTest>

using namespace headgate;
using namespace headgate::policy;
using namespace headgate::tests;
using namespace Qt::StringLiterals;

namespace {

using Scores = QHash<QString, double>; // by gate; 0 where none is given

PolicyDocument withMode(PolicyDocument document, const char *id, NodeMode mode)
{
    for (Node &node : document.nodes) {
        if (node.id.value == QLatin1StringView(id))
            node.mode = mode;
    }
    return document;
}

// The nodes that a query goes through; models answer, routers take their first port.
QStringList walk(const PolicyDocument &document, const Scores &scores = {})
{
    const auto policy = CompiledPolicy::compile(document);
    if (!policy)
        return {policy.error().message};
    Run run(**policy);
    while (!run.isOver()) {
        const Step step = run.step();
        if (std::holds_alternative<CallModel>(step))
            run.resolve(ModelResult{true, {}, {}});
        else if (std::holds_alternative<Decide>(step))
            run.resolve(RouterResult{0, {}, {}});
        else
            run.resolve(ScoreResult{
                scores.value((*policy)->node(std::get<Score>(step).node).id.value), {}, {}});
    }
    QStringList path;
    for (const Visit &visit : run.visits())
        path.append((*policy)->node(visit.node).id.value);
    return path;
}

QList<Problem> problemsOf(const PolicyDocument &document, const char *id)
{
    QList<Problem> found;
    for (const Problem &problem : validate(document)) {
        if (problem.node.value == QLatin1StringView(id))
            found.append(problem);
    }
    return found;
}

// A rule with two cases and a way for the rest, each to a model of its own.
PolicyDocument ruled()
{
    return PolicyBuilder()
        .models({"one", "two", "rest"})
        .node("q", "query")
        .node("r", "rule",
              {{"cases",
                {{{"name", "first"}, {"min_length", 1}}, {{"name", "second"}, {"min_length", 1}}}}})
        .node("m1", "model", {{"model", "one"}, {"timeout_s", 9}})
        .node("m2", "model", {{"model", "two"}, {"timeout_s", 9}})
        .node("m3", "model", {{"model", "rest"}, {"timeout_s", 9}})
        .node("a", "answer")
        .wire("q", "query", "r")
        .wire("r", "first", "m1")
        .wire("r", "second", "m2")
        .wire("r", "otherwise", "m3")
        .wire("m1", "answer", "a")
        .wire("m2", "answer", "a")
        .wire("m3", "answer", "a")
        .document();
}

} // namespace

class TestEffectivePolicy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesAPolicyWithoutSuchNodesAlone()
    {
        const PolicyDocument document = threeStageCascade().document();
        QCOMPARE(effectivePolicy(document).document, document);
        QVERIFY(effectivePolicy(document).blocked.isEmpty());
        QVERIFY(!hasInactiveNodes(document));
    }

    void aGateWithAMutedNextStageHandsBackWhatItHas()
    {
        const PolicyDocument document =
            withMode(twoStageCascade().document(), "large", NodeMode::Muted);
        QVERIFY(!hasErrors(validate(document)));
        QCOMPARE(walk(document, {{u"gate"_s, 0.1}}),
                 QStringList({u"q"_s, u"small"_s, u"gate"_s, u"answer"_s}));
    }

    void aMutedErrorPathIsNotWired()
    {
        PolicyDocument document = twoStageCascade().document();
        document.wires.append({{u"small"_s}, u"error"_s, {u"large"_s}});
        const EffectivePolicy effective =
            effectivePolicy(withMode(document, "large", NodeMode::Muted));
        QVERIFY(!effective.document.target({u"small"_s}, u"error"_s));
        QVERIFY(effective.blocked.isEmpty());
    }

    void aMutedCaseIsSkippedForTheNextOne()
    {
        QCOMPARE(walk(ruled()), QStringList({u"q"_s, u"r"_s, u"m1"_s, u"a"_s}));
        PolicyDocument document = withMode(ruled(), "m1", NodeMode::Muted);
        QCOMPARE(walk(document), QStringList({u"q"_s, u"r"_s, u"m2"_s, u"a"_s}));
        document = withMode(document, "m2", NodeMode::Muted);
        QVERIFY2(!hasErrors(validate(document)), qPrintable(walk(document).join(u' ')));
        // Only the last case is left in the config; it leads where the rest goes.
        QCOMPARE(effectivePolicy(document).document.node({u"r"_s})->config["cases"].size(), 1U);
        QCOMPARE(walk(document), QStringList({u"q"_s, u"r"_s, u"m3"_s, u"a"_s}));
    }

    void aMutedBranchOfASplitGivesItsPartToTheOthers()
    {
        PolicyDocument document = ruled();
        Node &router = document.nodes[1];
        router.kind = u"split"_s;
        router.config = {{"branches",
                          {{{"name", "first"}, {"weight", 0.2}},
                           {{"name", "second"}, {"weight", 0.3}},
                           {{"name", "otherwise"}, {"weight", 0.5}}}}};
        document = withMode(document, "m2", NodeMode::Muted);
        QVERIFY(!hasErrors(validate(document)));
        const EffectivePolicy effective = effectivePolicy(document);
        const Json expected = {{{"name", "first"}, {"weight", 0.2}},
                               {{"name", "otherwise"}, {"weight", 0.5}}};
        QCOMPARE(effective.document.node({u"r"_s})->config["branches"], expected);
        QCOMPARE(walk(document), QStringList({u"q"_s, u"r"_s, u"m1"_s, u"a"_s}));
    }

    void saysWhereAQueryCannotGoOn()
    {
        const PolicyDocument document =
            withMode(twoStageCascade().document(), "small", NodeMode::Muted);
        const QList<Problem> problems = problemsOf(document, "q");
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems[0].code, u"way-muted"_s);
        QCOMPARE(problems[0].severity, Problem::Severity::Error);
        QVERIFY(!CompiledPolicy::compile(document));
        const PolicyDocument mended = problems[0].mend->apply(document);
        QCOMPARE(mended, twoStageCascade().document());
    }

    void aBypassedModelHandsTheQueryToWhatFollowsIt()
    {
        const PolicyDocument document =
            withMode(threeStageCascade().document(), "medium", NodeMode::Bypassed);
        QVERIFY(!hasErrors(validate(document)));
        // The second gate judges the small model's answer, which is the last one there is.
        QCOMPARE(walk(document, {{u"gate"_s, 0.1}, {u"gate2"_s, 0.9}}),
                 QStringList({u"q"_s, u"small"_s, u"gate"_s, u"gate2"_s, u"answer"_s}));
    }

    void aBypassedGateAccepts()
    {
        const PolicyDocument document =
            withMode(twoStageCascade().document(), "gate", NodeMode::Bypassed);
        QCOMPARE(walk(document, {{u"gate"_s, 0.1}}),
                 QStringList({u"q"_s, u"small"_s, u"answer"_s}));
    }

    void aGateWithoutItsModelEscalatesAndSaysSo()
    {
        const PolicyDocument document =
            withMode(twoStageCascade().document(), "small", NodeMode::Bypassed);
        QCOMPARE(walk(document), QStringList({u"q"_s, u"gate"_s, u"large"_s, u"answer"_s}));
        const QList<Problem> problems = problemsOf(document, "gate");
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems[0].code, u"gate-without-model"_s);
        QCOMPARE(problems[0].severity, Problem::Severity::Warning);
    }

    void anAnswerThatNoModelIsLeftForIsAnError()
    {
        PolicyDocument document =
            withMode(twoStageCascade().document(), "small", NodeMode::Bypassed);
        document = withMode(document, "gate", NodeMode::Bypassed);
        const QList<Problem> problems = problemsOf(document, "answer");
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems[0].code, u"answer-without-model"_s);
        QCOMPARE(problems[0].severity, Problem::Severity::Error);
    }

    void refusesToBypassWhatHasNoOneWay()
    {
        const PolicyDocument document = withMode(ruled(), "r", NodeMode::Bypassed);
        QVERIFY(hasErrors(problemsOf(document, "r")));
        QCOMPARE(problemsOf(document, "r").first().code, u"cannot-bypass"_s);
        QVERIFY(canBypass(u"model"_s) && canBypass(u"gate"_s) && canBypass(u"cache"_s));
        QVERIFY(!canBypass(u"rule"_s) && !canBypass(u"query"_s) && !canBypass(u"note"_s));
    }

    void refusesAMutedQuery()
    {
        const PolicyDocument document = withMode(ruled(), "q", NodeMode::Muted);
        QCOMPARE(problemsOf(document, "q").first().code, u"query-muted"_s);
        QVERIFY(!CompiledPolicy::compile(document));
    }

    void faultsOfAMutedNodeRefuseNothing()
    {
        PolicyDocument document = ruled();
        document.nodes.append({.id = {u"c"_s}, .kind = u"classifier"_s, .mode = NodeMode::Muted});
        document.nodes.append({.id = {u"t"_s}, .kind = u"teleport"_s, .mode = NodeMode::Muted});
        for (const Problem &problem : validate(document))
            QVERIFY2(problem.severity == Problem::Severity::Warning, qPrintable(problem.sentence));
        QVERIFY(CompiledPolicy::compile(document));
        document = withMode(document, "c", NodeMode::Active);
        QVERIFY(!CompiledPolicy::compile(document));
    }

    void notesTakeNoPart()
    {
        PolicyDocument document = ruled();
        document.nodes.append({.id = {u"n"_s}, .kind = u"note"_s, .config = {{"text", "why"}}});
        QVERIFY(problemsOf(document, "n").isEmpty());
        QCOMPARE(effectivePolicy(document).document, ruled());
        QCOMPARE(walk(document), walk(ruled()));
    }

    void theRoutingPartIsBlindForLooks()
    {
        PolicyDocument moved = ruled();
        moved.name = u"other"_s;
        moved.nodes[2].at = {100, 700};
        moved.nodes[2].title = u"The first"_s;
        moved.groups = {{.id = u"g"_s, .nodes = {{u"m1"_s}}}};
        moved.nodes.append({.id = {u"n"_s}, .kind = u"note"_s});
        QCOMPARE(routingPart(moved), routingPart(ruled()));
        QVERIFY(routingPart(withMode(moved, "m1", NodeMode::Muted)) != routingPart(ruled()));
    }

    void chainsAndCirclesOfBypassedNodesEnd()
    {
        PolicyDocument document = PolicyBuilder()
                                      .models({"one"})
                                      .node("q", "query")
                                      .node("m", "model", {{"model", "one"}})
                                      .node("n", "model", {{"model", "one"}})
                                      .node("a", "answer")
                                      .wire("q", "query", "m")
                                      .wire("m", "answer", "n")
                                      .wire("n", "answer", "m")
                                      .document();
        document = withMode(withMode(document, "m", NodeMode::Bypassed), "n", NodeMode::Bypassed);
        QCOMPARE(effectivePolicy(document).blocked.size(), 1);
        QVERIFY(!CompiledPolicy::compile(document));
    }
};

QTEST_GUILESS_MAIN(TestEffectivePolicy)
#include "tst_effective_policy.moc"
