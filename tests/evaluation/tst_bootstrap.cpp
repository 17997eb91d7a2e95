#include "core/common/seeded_random.h"
#include "core/evaluation/metrics/bootstrap.h"
#include "core/evaluation/metrics/needed_cases.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace headgate;
using namespace headgate::evaluation;

namespace {

std::vector<double> uniformValues(size_t count, quint64 seed)
{
    SeededRandom random(seed);
    std::vector<double> values(count);
    for (double &value : values)
        value = random.uniform();
    return values;
}

} // namespace

class TestBootstrap final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameSeedGivesTheSameInterval()
    {
        const auto values = uniformValues(200, 3);
        QCOMPARE(bootstrapMean(values), bootstrapMean(values));
        QVERIFY(bootstrapMean(values).low != bootstrapMean(values, {.seed = 2}).low);
    }

    void theIntervalOfAMeanIsTheOneOfTheNormalApproximation()
    {
        const auto values = uniformValues(2'000, 5);
        const Estimate mean = bootstrapMean(values);
        const double expected = std::accumulate(values.begin(), values.end(), 0.0) / 2'000;
        QCOMPARE(mean.value, expected);
        QCOMPARE(mean.n, 2'000);
        const double half = 1.96 * std::sqrt(1.0 / 12 / 2'000);
        QVERIFY(std::abs(mean.value - mean.low - half) < 0.15 * half);
        QVERIFY(std::abs(mean.high - mean.value - half) < 0.15 * half);
    }

    void aboutNinetyFiveOfAHundredIntervalsHoldTheTruth()
    {
        int held = 0;
        for (quint64 sample = 0; sample < 400; ++sample) {
            const Estimate mean =
                bootstrapMean(uniformValues(80, 100 + sample), {.resamples = 300, .seed = sample});
            held += mean.low <= 0.5 && 0.5 <= mean.high;
        }
        QVERIFY2(held >= 360 && held <= 392, qPrintable(QString::number(held)));
    }

    void aQuantileIsAValueThatWasMeasured()
    {
        std::vector<double> values(20);
        std::iota(values.rbegin(), values.rend(), 1.0); // 20 … 1
        const std::array quantiles{0.5, 0.95, 0.99, 1.0, 0.01};
        const auto read = bootstrapQuantiles(values, quantiles);
        QCOMPARE(read[0].value, 10.0);
        QCOMPARE(read[1].value, 19.0);
        QCOMPARE(read[2].value, 20.0);
        QCOMPARE(read[3].value, 20.0);
        QCOMPARE(read[4].value, 1.0);
        // Of the median of 20: order statistics 6 and 15 by the binomial distribution.
        QVERIFY(std::abs(read[0].low - 6) <= 1);
        QVERIFY(std::abs(read[0].high - 15) <= 1);
        for (const Estimate &quantile : read)
            QCOMPARE(quantile.low, std::round(quantile.low));
    }

    void pairingRemovesWhatBothRowsShare()
    {
        const auto common = uniformValues(300, 11);
        std::vector<double> better(common);
        for (size_t row = 0; row < better.size(); ++row)
            better[row] += row % 2 ? 0.011 : 0.009;
        const Estimate difference = bootstrapDifference(better, common);
        QVERIFY(std::abs(difference.value - 0.01) < 1e-12);
        QVERIFY(difference.excludesZero());
        QVERIFY(difference.high - difference.low < 0.001);
        const Estimate back = bootstrapDifference(common, better);
        QCOMPARE(back.value, -difference.value);
        QVERIFY(back.excludesZero());
    }

    void aRatioIsOneOfSumsNotAMeanOfRatios()
    {
        const std::vector<double> saved{1, 0, 9};
        const std::vector<double> paid{1, 10, 10};
        QCOMPARE(bootstrapRatio(saved, paid).value, 10.0 / 21);
        const std::vector<double> nothing{0, 0, 0};
        QVERIFY(!bootstrapRatio(saved, nothing).isDefined());
        QVERIFY(!bootstrapRatio(saved, nothing).hasInterval());
    }

    void aRatioOfProportionalColumnsHasNoSpread()
    {
        const auto paid = uniformValues(50, 13);
        std::vector<double> saved(paid);
        for (double &value : saved)
            value *= 0.25;
        const Estimate ratio = bootstrapRatio(saved, paid);
        QVERIFY(std::abs(ratio.low - 0.25) < 1e-12);
        QVERIFY(std::abs(ratio.high - 0.25) < 1e-12);
    }

    void aShareIsTheMeanOfItsHits()
    {
        std::vector<double> column(400, 0.0);
        std::fill_n(column.begin(), 100, 1.0);
        const Estimate share = bootstrapShare(100, 400);
        const Estimate mean = bootstrapMean(column);
        QCOMPARE(share.value, 0.25);
        QCOMPARE(share.n, 400);
        QVERIFY(std::abs(share.low - mean.low) < 0.01);
        QVERIFY(std::abs(share.high - mean.high) < 0.01);
        QCOMPARE(bootstrapShare(0, 5).high, 0.0);
    }

    void ofNothingNothingIsKnownAndOneRowHasNoInterval()
    {
        const Estimate nothing = bootstrapMean({});
        QCOMPARE(nothing.n, 0);
        QVERIFY(!nothing.isDefined());
        QVERIFY(!nothing.hasInterval());
        const std::vector<double> one{0.5};
        const Estimate single = bootstrapMean(one);
        QCOMPARE(single.value, 0.5);
        QCOMPARE(single.n, 1);
        QVERIFY(!single.hasInterval());
        QVERIFY(!single.excludesZero());
        const std::array half{0.5};
        QVERIFY(!bootstrapQuantiles({}, half).front().isDefined());
        QVERIFY(!bootstrapShare(0, 0).isDefined());
        QVERIFY(!bootstrapShare(1, 1).hasInterval());
    }

    void aFigureThatMostResamplesLeaveUndefinedHasNoInterval()
    {
        // Defined only where every row is drawn exactly once.
        const auto fussy = [](RowWeights weights, std::span<double> figures) {
            const bool each = std::all_of(weights.begin(), weights.end(),
                                          [](quint32 weight) { return weight == 1; });
            figures[0] = each ? 1 : kUndefined;
        };
        const Estimate estimate = bootstrap(10, 1, fussy).front();
        QCOMPARE(estimate.value, 1.0);
        QVERIFY(!estimate.hasInterval());
    }

    void theCasesThatADifferenceNeedsFollowTheFormula()
    {
        // By hand, of 55 times 1 and 45 times -1:
        std::vector<double> differences(100, -1.0);
        std::fill_n(differences.begin(), 55, 1.0);
        // s^2 = (100 - 100 * 0.01) / 99 = 1; d = 0.1; 1.959964^2 / 0.01 = 384.15; less 100.
        QCOMPARE(moreCasesNeeded(differences), 285);
        // (1.959964 + 0.841621)^2 / 0.01 = 784.89.
        QCOMPARE(moreCasesNeeded(differences, Odds::FourInFive), 685);
    }

    void whatExcludesZeroNeedsNoMoreCases()
    {
        std::vector<double> differences(100, 0.0);
        std::fill_n(differences.begin(), 30, 1.0);
        QVERIFY(bootstrapMean(differences).excludesZero());
        QCOMPARE(moreCasesNeeded(differences), 0);
    }

    void noNumberOfCasesMakesADifferenceOfNothing()
    {
        const std::vector<double> even{1, -1, 1, -1};
        QVERIFY(!moreCasesNeeded(even));
        const std::vector<double> one{0.5};
        QVERIFY(!moreCasesNeeded(one));
    }

    void asManyCasesAsWereNamedExcludeZeroAboutHalfTheTime()
    {
        // True difference 0.1 of +-1: 385 cases by the formula.
        int excluded = 0;
        for (quint64 sample = 0; sample < 100; ++sample) {
            std::vector<double> differences = uniformValues(385, 1'000 + sample);
            for (double &difference : differences)
                difference = difference < 0.55 ? 1 : -1;
            excluded += bootstrapMean(differences, {.resamples = 200}).low > 0;
        }
        QVERIFY2(excluded >= 35 && excluded <= 65, qPrintable(QString::number(excluded)));
    }
};

QTEST_GUILESS_MAIN(TestBootstrap)

#include "tst_bootstrap.moc"
