#include "core/evaluation/optimizer/known_deployment.h"
#include "core/evaluation/outcome_builder.h"
#include "core/evaluation/policy_coverage.h"
#include "core/evaluation/policy_summary.h"
#include "core/policy/policy_format.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kCascade = R"({
  "format": "headgate.policy", "version": 1, "name": "Two", "baseline": "large",
  "models": {"small": {"provider": "p", "model": "small"}, "large": {"provider": "p", "model": "huge"}},
  "nodes": [
    {"id": "q", "kind": "query", "at": [0, 0]},
    {"id": "s", "kind": "model", "at": [0, 0], "config": {"model": "small"}},
    {"id": "g", "kind": "gate", "at": [0, 0],
     "config": {"scorers": [{"kind": "log_probability", "weight": 1}], "threshold": 0.5}},
    {"id": "l", "kind": "model", "at": [0, 0], "config": {"model": "large"}},
    {"id": "a", "kind": "answer", "at": [0, 0]}],
  "wires": [["q", "query", "s"], ["s", "answer", "g"], ["g", "accept", "a"],
            ["g", "escalate", "l"], ["l", "answer", "a"]]})";

Money usd(double amount)
{
    return *Money::fromUsd(amount);
}

// What "small" did: sure or not; "huge" stands for the policy's "large". Costs and latencies are
// the same on every row.
struct Row
{
    double small = 0;
    bool sure = false;
    std::optional<double> huge;
};

OutcomeTable tableOf(const std::vector<Row> &rows)
{
    OutcomeBuilder builder;
    for (size_t place = 0; place < rows.size(); ++place) {
        const Row &row = rows[place];
        Outcome small;
        small.quality = row.small;
        small.cost = usd(0.001);
        small.checkCost = usd(0.0001);
        small.confidence = std::log(row.sure ? 0.9 : 0.1);
        small.latencyMs = 100;
        Outcome huge;
        huge.quality = row.huge;
        huge.cost = usd(0.01);
        huge.latencyMs = 1000;
        const QByteArray name = QByteArray::number(int(place));
        if (!builder.addRow(name, name, {}) || !builder.add("small", small) ||
            !builder.add("huge", huge))
            qFatal("refused");
    }
    return builder.take();
}

// Right and cheap; wrongly sure; rightly escalated; wrongly escalated; escalated to nothing known.
OutcomeTable fiveRows()
{
    return tableOf({{1, true, 1}, {0, true, 1}, {0, false, 1}, {1, false, 0}, {0, false, {}}});
}

std::shared_ptr<const engine::PreparedPolicy> preparedCascade()
{
    const auto loaded = policy::parsePolicy(kCascade);
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().message));
    const auto prepared = engine::PreparedPolicy::prepare(
        loaded->document, routers::builtinRouters(), scorers::builtinScorers());
    if (!prepared)
        qFatal("%s", qPrintable(prepared.error().message));
    return *prepared;
}

Result<PolicySummary> summaryOn(const OutcomeTable &table, qsizetype baseline = 1)
{
    SummaryOptions options;
    options.baseline = baseline;
    return evaluatePolicy(*preparedCascade(), table, table.allRows(), options);
}

} // namespace

class TestPolicySummary final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresAreThoseAddedUpByHand()
    {
        const auto summary = summaryOn(fiveRows());
        QVERIFY2(summary, summary ? "" : qPrintable(summary.error().message));
        QCOMPARE(summary->n, 4);
        QCOMPARE(summary->missing, 1);
        QCOMPARE(summary->failed, 0);
        QCOMPARE(summary->quality.value, 0.5);
        QCOMPARE(summary->quality.n, 4);
        // Two answers for 0.0011 USD, and two for 0.0111.
        QVERIFY(summary->costPer1k);
        QCOMPARE(summary->costPer1k->value, 6.1);
        QVERIFY(summary->latencyMs);
        QCOMPARE(summary->latencyMs->p50.value, 100.0);
        QCOMPARE(summary->latencyMs->p95.value, 1100.0);
        QCOMPARE(summary->models.size(), size_t(2));
        for (const ModelShare &model : summary->models)
            QCOMPARE(model.share.value, 0.5);
    }

    void aGateCountsEveryAnswerThatItJudged()
    {
        const auto summary = summaryOn(fiveRows());
        QVERIFY(summary);
        QCOMPARE(summary->gates.size(), size_t(1));
        QCOMPARE(summary->gates[0].rate.n, 5); // the one left out went through it, too
        QCOMPARE(summary->gates[0].rate.value, 0.6);
    }

    void coverageCountsWhatWentOverEachWire()
    {
        const OutcomeTable table = fiveRows();
        const auto policy = preparedCascade();
        const auto inputs = bindReplay(*policy, table);
        QVERIFY(inputs);
        const std::vector<qint32> sure{0, 1};
        PolicyCoverage coverage =
            coverageOf(policy->compiled(), replay(policy->compiled(), *inputs, sure));
        QCOMPARE(coverage.cases, 2);
        QCOMPARE(coverage.wires.size(), 5); // none of errors
        const policy::NodeId gate{u"g"_s};
        QCOMPARE(coverage.wires.value({gate, u"accept"_s}), 2);
        QCOMPARE(coverage.wires.value({gate, u"escalate"_s}, -1), 0);
        QCOMPARE(coverage.nodes.value({u"l"_s}, -1), 0);
        QCOMPARE(coverage.nodes.value({u"a"_s}), 2);
        QCOMPARE(coverage.takenWires(), 3);
        QCOMPARE(coverage.share(), 0.6);
        coverage =
            coverageOf(policy->compiled(), replay(policy->compiled(), *inputs, table.allRows()));
        QCOMPARE(coverage.wires.value({gate, u"escalate"_s}), 3);
        QCOMPARE(coverage.wires.value({{u"l"_s}, u"answer"_s}), 2); // one has no outcome there
        QCOMPARE(coverage.share(), 1.0);
    }

    void theSavingStandsBesideTheQualityDifference()
    {
        const auto summary = summaryOn(fiveRows());
        QVERIFY(summary && summary->baseline && summary->baseline->paired.saving);
        QCOMPARE(summary->baseline->name, u"huge"_s);
        const PairedComparison &baseline = summary->baseline->paired;
        QCOMPARE(baseline.otherQuality.value, 0.75);
        QCOMPARE(baseline.quality.value, 0.5);
        QCOMPARE(baseline.qualityDifference.value, -0.25);
        QCOMPARE(baseline.qualityDifference.n, 4);
        QCOMPARE(baseline.otherCostPer1k->value, 10.0);
        QCOMPARE(baseline.saving->usdPer1k.value, 3.9);
        QCOMPARE(baseline.saving->share.value, 0.39);
        QCOMPARE(baseline.saving->qualityDifference.value, -0.25);
        const auto alone = summaryOn(fiveRows(), -1);
        QVERIFY(alone && !alone->baseline);
    }

    void hindsightCountsWhatWasOverpaidAndWhatWasUnderserved()
    {
        // The last: none of the models has any quality.
        const auto summary =
            summaryOn(tableOf({{1, true, 1}, {0, true, 1}, {0, false, 1}, {0, false, 0}}));
        QVERIFY(summary);
        // "small" alone needs no check, and "huge" alone no "small" before it.
        QCOMPARE(summary->regret.overpaid.value_or(-1), 2);
        QCOMPARE(summary->regret.underserved, 1);
        QCOMPARE(summary->regret.beyond, 1);
    }

    void costsAreUnknownWhereOneIsAndSoIsTheSaving()
    {
        OutcomeTable table = fiveRows();
        table.models[1].cost[2] = kNoCost;
        const auto summary = summaryOn(table);
        QVERIFY(summary);
        QVERIFY(!summary->costPer1k);
        QCOMPARE(summary->costUnknown, 1);
        QVERIFY(summary->baseline && !summary->baseline->paired.saving &&
                !summary->baseline->paired.otherCostPer1k);
        QCOMPARE(summary->baseline->paired.qualityDifference.value, -0.25);
        QVERIFY(!summary->regret.overpaid);
        QCOMPARE(summary->regret.underserved, 2);
        table.models[1].latencyMs[2] = kNotMeasured;
        const auto later = summaryOn(table);
        QVERIFY(later && !later->latencyMs);
        QCOMPARE(later->latencyUnknown, 1);
    }

    void aCostPerCallFillsOnlyWhatWasNotMeasured()
    {
        OutcomeTable table = fiveRows();
        table.models[1].cost = {kNoCost, usd(0.5).nanos(), kNoCost, kNoCost, kNoCost};
        table.models[1].putMissingCosts(usd(0.02));
        const std::vector<qint64> expected{20'000'000, 500'000'000, 20'000'000, 20'000'000,
                                           kNoCost}; // no answer, no call
        QCOMPARE(table.models[1].cost, expected);
        table.models[1].cost.clear();
        table.models[1].putMissingCosts(usd(0.02));
        QCOMPARE(table.models[1].costAt(0), 20'000'000);
    }

    void nothingKnownIsAnError()
    {
        const auto missing = summaryOn(tableOf({{0, false, {}}, {1, false, {}}}));
        QVERIFY(!missing);
        QVERIFY2(missing.error().message.contains(u"no outcome on any"),
                 qPrintable(missing.error().message));
        const OutcomeTable table = fiveRows();
        const auto empty = evaluatePolicy(*preparedCascade(), table, {}, {});
        QVERIFY(!empty);
        QVERIFY2(empty.error().message.contains(u"holds no prompts"),
                 qPrintable(empty.error().message));
    }

    void theBaselineIsFoundByNameOrByTheProvidersId()
    {
        const OutcomeTable table = fiveRows();
        policy::PolicyDocument document = policy::parsePolicy(kCascade)->document;
        QCOMPARE(baselineColumn(document, table).value(), 1); // "large" is the provider's "huge"
        QCOMPARE(baselineColumn(document, table, u"small"_s).value(), 0);
        QVERIFY(!baselineColumn(document, table, u"tiny"_s));
        document.baseline.clear();
        QCOMPARE(baselineColumn(document, table).value(), -1);
        document.baseline = u"elsewhere"_s;
        QCOMPARE(baselineColumn(document, table).value(), -1);
    }

    void aKnownModelHasItsProviderAndAnUnknownOneSaysSo()
    {
        const auto catalog = catalog::ModelCatalog::bundled();
        const policy::Model known = knownDeployment(catalog, u"gpt-4o-mini"_s);
        QCOMPARE(known.provider, u"openai"_s);
        QCOMPARE(known.model, u"gpt-4o-mini"_s);
        const policy::Model whole = knownDeployment(catalog, u"OpenAI/GPT-4o-mini"_s);
        QCOMPARE(whole.provider, u"openai"_s);
        QCOMPARE(whole.model, u"gpt-4o-mini"_s);
        QCOMPARE(whole.name, u"OpenAI/GPT-4o-mini"_s);
        const policy::Model unknown = knownDeployment(catalog, u"home-made"_s);
        QCOMPARE(unknown.provider, QString::fromLatin1(kUnknownProvider));
        QCOMPARE(unknown.model, u"home-made"_s);
    }
};

QTEST_GUILESS_MAIN(TestPolicySummary)
#include "tst_policy_summary.moc"
