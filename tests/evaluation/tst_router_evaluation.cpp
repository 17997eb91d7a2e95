#include "core/common/seeded_random.h"
#include "core/evaluation/metrics/reference_routers.h"
#include "core/evaluation/metrics/router_evaluation.h"
#include "core/evaluation/outcome_builder.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

// "weak" costs $1 and "strong" $10 for 1,000 queries, and "other" has no outcome on every fourth.
OutcomeTable threeModels(qsizetype rows, bool withCosts = true)
{
    SeededRandom random(3);
    OutcomeBuilder builder;
    for (qsizetype row = 0; row < rows; ++row) {
        const QByteArray name = QByteArray::number(row);
        bool good = builder.addRow(name, name, {}).has_value();
        const auto add = [&](const char *model, double quality, qint64 nanos) {
            Outcome outcome;
            outcome.quality = quality;
            if (withCosts)
                outcome.cost = Money::fromNanos(nanos);
            outcome.latencyMs = double(10 * (row + 1));
            good = good && builder.add(model, outcome).has_value();
        };
        add("strong", random.uniform() < 0.9, 10'000'000);
        add("weak", random.uniform() < 0.6, 1'000'000);
        if (row % 4 != 0)
            add("other", 0.5, 4'000'000);
        if (!good)
            qFatal("refused");
    }
    return builder.take();
}

RouterQuestion strongAndWeak(const OutcomeTable &table)
{
    RouterQuestion question;
    question.strong = table.modelIndex(u"strong"_s);
    question.weak = table.modelIndex(u"weak"_s);
    question.baseline = question.strong;
    question.shuffles = 20;
    question.bootstrap.resamples = 100;
    return question;
}

PairedOutcomes oraclePairs(const OutcomeTable &table)
{
    PairedOutcomes paired = pairOutcomes(table, table.allRows(), table.modelIndex(u"strong"_s),
                                         table.modelIndex(u"weak"_s));
    paired.score = oracleScores(paired.strong, paired.weak);
    return paired;
}

} // namespace

class TestRouterEvaluation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPointShowsItsSavingWithItsDifferenceInQuality()
    {
        const OutcomeTable table = threeModels(101);
        const RouterEvaluation read =
            evaluateRouter(table, oraclePairs(table), strongAndWeak(table));
        QCOMPARE(read.points.size(), 11u);
        for (const OperatingPoint &point : read.points) {
            const double share = point.at.strongShare;
            QVERIFY(near(point.quality.value, point.at.quality));
            QVERIFY(near(point.costUsdPer1k.value, 1 + 9 * share));
            QVERIFY(near(point.saving.usdPer1k.value, 9 * (1 - share)));
            QVERIFY(near(point.saving.share.value, 0.9 * (1 - share)));
            QVERIFY(near(point.saving.qualityDifference.value, point.qualityDifference.value));
            QVERIFY(near(point.qualityDifference.value,
                         point.at.quality - read.performance.strongQuality.value));
            QCOMPARE(point.saving.leftOut, 0);
            QVERIFY(point.arenaScore.isDefined());
        }
        QCOMPARE(read.points.front().performanceGapRecovered, 1.0);
        QCOMPARE(read.points.back().performanceGapRecovered, 0.0);
        QVERIFY(!read.points.front().moreCases); // no difference from the baseline at all
        QVERIFY(read.points.back().moreCases.has_value());
    }

    void theNullOfAnOracleLiesBelowIt()
    {
        const OutcomeTable table = threeModels(200);
        const RouterEvaluation read =
            evaluateRouter(table, oraclePairs(table), strongAndWeak(table));
        QVERIFY(read.costQuality.has_value());
        QCOMPARE(read.withoutCost, 0);
        QCOMPARE(read.costQuality->nullAiq.n, 20);
        QVERIFY(read.costQuality->aiq.value > read.costQuality->nullAiq.high);
        QVERIFY(near(read.costQuality->fromUsdPer1k, 1));
        QVERIFY(near(read.costQuality->toUsdPer1k, 10));
        QVERIFY(
            near(read.costQuality->zeroRouterAiq.value,
                 (read.performance.strongQuality.value + read.performance.weakQuality.value) / 2));
    }

    void withoutCostsTheCurveIsReadAndNothingElse()
    {
        const OutcomeTable table = threeModels(50, false);
        const RouterEvaluation read =
            evaluateRouter(table, oraclePairs(table), strongAndWeak(table));
        QVERIFY(read.performance.apgr.isDefined());
        QVERIFY(!read.costQuality);
        QCOMPARE(read.withoutCost, 50);
        QVERIFY(read.points[5].qualityDifference.isDefined());
        QCOMPARE(read.points[5].costUsdPer1k.n, 0);
        QCOMPARE(read.points[5].saving.usdPer1k.n, 0);
        QVERIFY(!read.points[5].arenaScore.isDefined());
    }

    void aBaselineWithoutAnOutcomeOnARowIsNotComparedThere()
    {
        const OutcomeTable table = threeModels(80);
        RouterQuestion question = strongAndWeak(table);
        question.baseline = table.modelIndex(u"other"_s);
        const RouterEvaluation read = evaluateRouter(table, oraclePairs(table), question);
        QCOMPARE(read.points[3].quality.n, 80);
        QCOMPARE(read.points[3].qualityDifference.n, 60);
        QCOMPARE(read.points[3].saving.leftOut, 20);
        QVERIFY(read.points.front().saving.usdPer1k.value < 0); // dearer than the baseline
    }

    void aModelAloneShowsWhatIsMissing()
    {
        const OutcomeTable table = threeModels(80);
        const auto rows = table.allRows();
        const ModelFigures other = modelFigures(table, rows, table.modelIndex(u"other"_s));
        QCOMPARE(other.name, u"other"_s);
        QCOMPARE(other.missing, 20);
        QCOMPARE(other.quality.n, 60);
        QCOMPARE(other.quality.value, 0.5);
        QVERIFY(near(other.costUsdPer1k.value, 4));
        const ModelFigures weak = modelFigures(table, rows, table.modelIndex(u"weak"_s));
        QVERIFY(near(weak.latencyMs.p50.value, 400));
        QVERIFY(near(weak.latencyMs.p95.value, 760));
        QVERIFY(near(weak.latencyMs.p99.value, 800));
    }

    void noRowsGiveNoFigures()
    {
        const OutcomeTable table = threeModels(4);
        const RouterEvaluation read = evaluateRouter(table, {}, strongAndWeak(table));
        QVERIFY(!read.performance.apgr.isDefined());
        QVERIFY(read.points.empty());
        QVERIFY(!read.costQuality);
    }
};

QTEST_GUILESS_MAIN(TestRouterEvaluation)

#include "tst_router_evaluation.moc"
