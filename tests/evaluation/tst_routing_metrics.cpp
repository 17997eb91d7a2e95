#include "core/evaluation/metrics/routing_metrics.h"

#include "core/evaluation/outcome_table.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace headgate::evaluation;

namespace {

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-6;
}

} // namespace

class TestRoutingMetrics final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasNotMeasuredIsNotTakenForZero()
    {
        const std::vector<float> quality{1, kNotMeasured, 0.5, kNotMeasured};
        QCOMPARE(meanQuality(quality).value, 0.75);
        QCOMPARE(meanQuality(quality).n, 2);
        const std::vector<qint64> cost{2'000, kNoCost, 4'000};
        QVERIFY(near(costUsdPer1k(cost).value, 0.003));
        QCOMPARE(costUsdPer1k(cost).n, 2);
        const std::vector<qint64> unknown{kNoCost, kNoCost};
        QCOMPARE(costUsdPer1k(unknown).n, 0);
        QVERIFY(!costUsdPer1k(unknown).isDefined());
    }

    void latenciesAreReadAtTheirNearestRank()
    {
        std::vector<qint64> nanoseconds{-1};
        for (qint64 ms = 200; ms >= 1; --ms)
            nanoseconds.push_back(ms * 1'000'000);
        const LatencyPercentiles latency = latencyMs(nanoseconds);
        QVERIFY(near(latency.p50.value, 100));
        QVERIFY(near(latency.p95.value, 190));
        QVERIFY(near(latency.p99.value, 198));
        QCOMPARE(latency.p99.n, 200);
        QVERIFY(latency.p95.low < 190 && 190 < latency.p95.high);
    }

    void aQueryWithoutAnAnswerCountsButIsNoModelsShare()
    {
        const std::vector<qint32> models{0, 2, 2, -1, 2, 0, 2, -1};
        const auto shares = modelShares(models, 3);
        QCOMPARE(shares.size(), 3u);
        QCOMPARE(shares[0].value, 0.25);
        QCOMPARE(shares[1].value, 0.0);
        QCOMPARE(shares[2].value, 0.5);
        QCOMPARE(shares[1].n, 8);
        QVERIFY(shares[2].low < 0.5 && 0.5 < shares[2].high);
    }

    void theEscalationRateIsOfTheAnswersThatWereJudged()
    {
        QCOMPARE(escalationRate(3, 9).value, 0.25);
        QCOMPARE(escalationRate(3, 9).n, 12);
        QVERIFY(!escalationRate(0, 0).isDefined());
    }

    void aSavingComesWithItsDifferenceInQualityOnTheSameRows()
    {
        const std::vector<float> baselineQuality{1, 1, 0, 1, kNotMeasured};
        const std::vector<qint64> baselineCost{10'000, 10'000, 20'000, kNoCost, 10'000};
        const std::vector<float> quality{1, 0, 1, 0, 1};
        const std::vector<qint64> cost{1'000, 1'000, 20'000, 1'000, 1'000};
        const Saving saving = savingAgainst({.quality = baselineQuality, .cost = baselineCost},
                                            {.quality = quality, .cost = cost});
        QCOMPARE(saving.leftOut, 2);
        QCOMPARE(saving.usdPer1k.n, 3);
        QVERIFY(near(saving.usdPer1k.value, 0.006)); // (9,000 + 9,000 + 0) / 3 nano-dollars
        QVERIFY(near(saving.share.value, 18.0 / 40));
        QCOMPARE(saving.qualityDifference.value, 0.0);
        QCOMPARE(saving.qualityDifference.n, 3);
    }

    void theBaselineSavesNothingAgainstItself()
    {
        const std::vector<float> quality{1, 0.5, 0};
        const std::vector<qint64> cost{5, 6, 7};
        const RoutedColumns baseline{.quality = quality, .cost = cost};
        const Saving saving = savingAgainst(baseline, baseline);
        QCOMPARE(saving.usdPer1k.value, 0.0);
        QCOMPARE(saving.usdPer1k.high, 0.0);
        QCOMPARE(saving.share.value, 0.0);
        QCOMPARE(saving.qualityDifference.low, 0.0);
    }

    void withoutCostsThereIsNoSaving()
    {
        const std::vector<float> quality{1, 0.5, 0};
        const Saving saving =
            savingAgainst({.quality = quality, .cost = {}}, {.quality = quality, .cost = {}});
        QCOMPARE(saving.leftOut, 3);
        QVERIFY(!saving.usdPer1k.isDefined());
        QVERIFY(!saving.qualityDifference.isDefined());
    }
};

QTEST_GUILESS_MAIN(TestRoutingMetrics)

#include "tst_routing_metrics.moc"
