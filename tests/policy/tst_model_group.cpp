#include "core/policy/node_kind.h"
#include "core/policy/node_kinds/model_kind.h"
#include "core/policy/policy_format.h"
#include "core/policy/policy_run.h"
#include "core/policy/policy_validation.h"
#include "tests/engine/policies.h"

#include <QTest>

#include <array>

using namespace headgate;
using namespace headgate::policy;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The cascade, whose first node may call small, large and spare.
PolicyDocument grouped(const Json &config = {{"fallbacks", {"large", "spare"}}})
{
    PolicyDocument document = cascade();
    document.models.append(model(u"spare"_s, u"b"_s, 3));
    document.nodes[1].config.update(config);
    return document;
}

// The problems of the fields of the first node, without those of a cascade as such.
QList<Problem> problemsOf(const PolicyDocument &document)
{
    QList<Problem> problems = validate(document);
    problems.removeIf(
        [](const Problem &problem) { return problem.severity != Problem::Severity::Error; });
    return problems;
}

Money cents(qint64 count)
{
    return Money::fromNanos(count * 10'000'000);
}

} // namespace

// The group of models behind one node: in the document, compiled, and in the machine.
class TestModelGroup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validates_data();
    void validates();
    void mendsLeaveASoundPolicy_data();
    void mendsLeaveASoundPolicy();
    void theCardNamesTheFallback_data();
    void theCardNamesTheFallback();
    void compilesInTheOrderOfListing();
    void weightsAreThoseOfTheGroup();
    void survivesAFile();
    void theMachineCallsWhereTheCheapestFits();
    void theMachineKeepsWhoAnswered();
    void outOfMoneyEndsAsALimitDoes_data();
    void outOfMoneyEndsAsALimitDoes();
};

void TestModelGroup::validates_data()
{
    QTest::addColumn<Json>("config");
    QTest::addColumn<QString>("code"); // empty: nothing wrong
    const auto row = [](const char *name, const Json &config, const QString &code) {
        QTest::newRow(name) << config << code;
    };
    const auto weights = [](const Json &list) {
        return Json{{"fallbacks", {"large"}}, {"order", "weighted"}, {"weights", list}};
    };
    Json many = Json::array();
    for (qsizetype i = 0; i <= kMostFallbacks; ++i)
        many.push_back("m" + std::to_string(i));
    row("none", Json::object(), {});
    row("two", {{"fallbacks", {"large", "spare"}}}, {});
    row("an empty list", {{"fallbacks", Json::array()}}, {});
    row("unknown", {{"fallbacks", {"larg"}}}, u"model-not-defined"_s);
    row("its own model", {{"fallbacks", {"small"}}}, u"fallback-repeated"_s);
    row("twice", {{"fallbacks", {"large", "large"}}}, u"fallback-repeated"_s);
    row("no list", {{"fallbacks", "large"}}, u"field-type"_s);
    row("too many", {{"fallbacks", many}}, u"too-many-fallbacks"_s);
    row("order", {{"order", "fastest"}}, {});
    row("unknown order", {{"order", "random"}}, u"field-choice"_s);
    row("weights", weights(Json::array({{{"name", "large"}, {"weight", 2}}})), {});
    row("weight of another model", weights(Json::array({{{"name", "spare"}, {"weight", 2}}})),
        u"weight-of-nothing"_s);
    row("weight twice",
        weights(
            Json::array({{{"name", "large"}, {"weight", 2}}, {{"name", "large"}, {"weight", 1}}})),
        u"weight-repeated"_s);
    row("weight of 0", weights(Json::array({{{"name", "large"}, {"weight", 0}}})), u"bad-weight"_s);
    row("no weight", weights(Json::array({Json{{"name", "large"}}})), u"bad-weight"_s);
    row("hedge", {{"hedge_after_percentile", 95}}, {});
    row("hedge too early", {{"hedge_after_percentile", 10}}, u"field-range"_s);
}

void TestModelGroup::validates()
{
    QFETCH(const Json, config);
    QFETCH(const QString, code);
    QStringList codes;
    for (const Problem &problem : problemsOf(grouped(config))) {
        QCOMPARE(problem.node.value, u"first"_s);
        QVERIFY(problem.sentence.contains(u"first"_s));
        codes.append(problem.code);
    }
    if (code.isEmpty())
        QCOMPARE(codes, QStringList());
    else
        QVERIFY2(codes.contains(code), qPrintable(codes.join(u' ')));
}

void TestModelGroup::mendsLeaveASoundPolicy_data()
{
    QTest::addColumn<Json>("config");
    QTest::newRow("repeated") << Json{{"fallbacks", {"small", "large", "large"}}};
    QTest::newRow("only itself") << Json{{"fallbacks", {"small"}}};
    QTest::newRow("weights") << Json{
        {"fallbacks", {"large"}}, {"weights", Json::array({{{"name", "nobody"}, {"weight", 1}}})}};
}

void TestModelGroup::mendsLeaveASoundPolicy()
{
    QFETCH(const Json, config);
    PolicyDocument document = grouped(config);
    const QList<Problem> problems = problemsOf(document);
    QCOMPARE(problems.size(), 1);
    QVERIFY(problems.first().mend);
    document = problems.first().mend->apply(document);
    QCOMPARE(problemsOf(document).size(), 0);
}

void TestModelGroup::theCardNamesTheFallback_data()
{
    QTest::addColumn<Json>("fallbacks");
    QTest::addColumn<QString>("summary");
    QTest::newRow("none") << Json::array() << u"$1.00 / $2.00 per 1M"_s;
    QTest::newRow("one") << Json{"large"} << u"$1.00 / $2.00 per 1M · else large"_s;
    QTest::newRow("two") << Json{"large", "spare"} << u"$1.00 / $2.00 per 1M · else large +1"_s;
}

void TestModelGroup::theCardNamesTheFallback()
{
    QFETCH(const Json, fallbacks);
    QFETCH(const QString, summary);
    const PolicyDocument document = grouped({{"fallbacks", fallbacks}});
    QString shown = nodeKind(u"model"_s)->summary(document.nodes[1], document);
    shown.replace(u"$1 /"_s, u"$1.00 /"_s).replace(u"$2 per"_s, u"$2.00 per"_s);
    QCOMPARE(shown, summary);
}

void TestModelGroup::compilesInTheOrderOfListing()
{
    const auto policy =
        CompiledPolicy::compile(grouped({{"fallbacks", {"spare", "large"}}})).value();
    const auto &step = policy->step(policy->indexOf({u"first"_s}));
    QStringList names;
    for (const ModelIndex index : step.group)
        names.append(policy->model(index).name);
    const QStringList expected{u"small"_s, u"spare"_s, u"large"_s};
    QCOMPARE(names, expected);
    QCOMPARE(step.group.front(), step.model);
    QCOMPARE(policy->step(policy->indexOf({u"second"_s})).group.size(), size_t(1));
    QVERIFY(policy->step(policy->indexOf({u"check"_s})).group.empty());
}

void TestModelGroup::weightsAreThoseOfTheGroup()
{
    const Json config{{"model", "small"},
                      {"fallbacks", {"large", "spare"}},
                      {"weights", Json::array({{{"name", "spare"}, {"weight", 5}},
                                               {{"name", "small"}, {"weight", 0.5}}})}};
    QCOMPARE(groupWeights(config), (std::vector<double>{0.5, 1, 5}));
    QCOMPARE(groupWeights({{"model", "small"}}), (std::vector<double>{1}));
}

void TestModelGroup::survivesAFile()
{
    const PolicyDocument document =
        grouped({{"fallbacks", {"large"}}, {"order", "weighted"}, {"hedge_after_percentile", 95}});
    QCOMPARE(parsePolicy(formatPolicy(document))->document.nodes, document.nodes);
}

void TestModelGroup::theMachineCallsWhereTheCheapestFits()
{
    PolicyDocument document = grouped();
    document.limits.maxCost = cents(10);
    const auto policy = CompiledPolicy::compile(document).value();
    // large, small, spare, as the document lists them
    const std::array dear{cents(20), cents(20), cents(9)};
    QVERIFY(std::holds_alternative<CallModel>(Run(*policy, dear).step()));
    const std::array tooDear{cents(20), cents(20), cents(11)};
    const Run none(*policy, tooDear);
    QCOMPARE(std::get<Failed>(none.step()).reason, EndReason::CostLimit);
}

void TestModelGroup::theMachineKeepsWhoAnswered()
{
    const auto policy = CompiledPolicy::compile(grouped()).value();
    Run run(*policy);
    const auto group = policy->step(std::get<CallModel>(run.step()).node).group;
    ModelResult result;
    result.ok = true;
    result.cost = cents(3);
    result.model = group[2];
    run.resolve(result);
    QCOMPARE(run.visits().back().model, group[2]);
    QCOMPARE(run.spent(), cents(3));
    run.resolve(ScoreResult{0.1, {}, {}});
    run.resolve(ModelResult{.ok = true, .cost = {}});
    const auto visits = run.visits();
    QCOMPARE(visits[visits.size() - 2].model, policy->step(policy->indexOf({u"second"_s})).model);
    QCOMPARE(visits[2].model, ModelIndex(-1)); // a gate
}

void TestModelGroup::outOfMoneyEndsAsALimitDoes_data()
{
    QTest::addColumn<bool>("answered");
    QTest::addColumn<Limits::OnLimit>("onLimit");
    QTest::newRow("nothing so far") << false << Limits::OnLimit::BestSoFar;
    QTest::newRow("best so far") << true << Limits::OnLimit::BestSoFar;
    QTest::newRow("fail") << true << Limits::OnLimit::Fail;
}

void TestModelGroup::outOfMoneyEndsAsALimitDoes()
{
    QFETCH(const bool, answered);
    QFETCH(const Limits::OnLimit, onLimit);
    PolicyDocument document = grouped();
    document.limits.onLimit = onLimit;
    const auto policy = CompiledPolicy::compile(document).value();
    Run run(*policy);
    if (answered) {
        run.resolve(ModelResult{.ok = true, .cost = cents(1)});
        run.resolve(ScoreResult{0.1, {}, {}});
    }
    run.resolve(OutOfMoney{cents(2), 5ms});
    QVERIFY(run.isOver());
    QCOMPARE(run.spent(), cents(answered ? 3 : 2));
    if (answered && onLimit == Limits::OnLimit::BestSoFar) {
        QCOMPARE(std::get<Finished>(run.step()).reason, EndReason::CostLimit);
        QCOMPARE(std::get<Finished>(run.step()).answer, 0);
    } else {
        QCOMPARE(std::get<Failed>(run.step()).reason, EndReason::CostLimit);
    }
}

QTEST_GUILESS_MAIN(TestModelGroup)
#include "tst_model_group.moc"
