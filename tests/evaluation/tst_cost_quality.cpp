#include "core/common/seeded_random.h"
#include "core/evaluation/metrics/arena_score.h"
#include "core/evaluation/metrics/cost_quality.h"
#include "core/evaluation/metrics/reference_routers.h"
#include "core/evaluation/outcome_table.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;

namespace {

using Points = std::vector<CostQualityPoint>;

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-9;
}

Points randomPoints(size_t count, quint64 seed)
{
    SeededRandom random(seed);
    Points points;
    for (size_t point = 0; point < count; ++point)
        points.push_back({.costUsdPer1k = std::round(random.uniform() * 20),
                          .quality = std::round(random.uniform() * 20) / 20});
    return points;
}

double at(const Points &hull, double cost)
{
    return meanQualityOverCost(hull, cost, cost);
}

// Two models and a router whose score tells, but for some noise, which rows the strong one gains.
struct Scene
{
    std::vector<double> strong, weak, strongCost, weakCost, score;

    explicit Scene(size_t rows, double noise = 0.2)
    {
        SeededRandom random(17);
        for (size_t row = 0; row < rows; ++row) {
            const bool hard = random.uniform() < 0.4;
            strong.push_back(random.uniform() < 0.9);
            weak.push_back(random.uniform() < (hard ? 0.2 : 0.9));
            strongCost.push_back(10 + random.uniform());
            weakCost.push_back(1 + random.uniform());
            score.push_back(double(hard) + noise * random.uniform());
        }
    }

    ScoredPairs quality(const std::vector<double> &scores) const
    {
        return {.strong = strong, .weak = weak, .score = scores};
    }
    ScoredPairs cost(const std::vector<double> &scores) const
    {
        return {.strong = strongCost, .weak = weakCost, .score = scores};
    }
    CostQuality read(const std::vector<double> &scores, quint64 shuffles = 99) const
    {
        std::vector<Points> nulls;
        const std::vector<quint32> once(strong.size(), 1);
        for (quint64 shuffle = 0; shuffle < shuffles; ++shuffle) {
            const auto shuffled = shuffledScores(scores, shuffle);
            readCallPerformance(quality(shuffled), cost(shuffled))(once, nulls.emplace_back());
        }
        return costQuality(qsizetype(strong.size()),
                           readCallPerformance(quality(scores), cost(scores)),
                           readColumns({{.quality = weak, .costUsdPer1k = weakCost},
                                        {.quality = strong, .costUsdPer1k = strongCost}}),
                           nulls, {.resamples = 200});
    }
};

} // namespace

class TestCostQuality final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHullIsWhatOneDrawsByHand()
    {
        const Points points{{4, 0.5}, {1, 0.2}, {2, 0.6}, {3, 0.5}, {5, 0.9}, {6, 0.8}, {1, 0.1}};
        QCOMPARE(nonDecreasingHull(points), (Points{{1, 0.2}, {2, 0.6}, {5, 0.9}}));
        QVERIFY(nonDecreasingHull({}).empty());
        const Points line{{0, 0}, {1, 0.25}, {2, 0.5}};
        QCOMPARE(nonDecreasingHull(line), (Points{{0, 0}, {2, 0.5}}));
        const Points falling{{1, 0.9}, {2, 0.5}};
        QCOMPARE(nonDecreasingHull(falling), (Points{{1, 0.9}}));
    }

    void theHullRisesEverLessAndNoPointLiesAbove()
    {
        for (quint64 seed = 0; seed < 200; ++seed) {
            const Points points = randomPoints(2 + seed % 40, seed);
            const Points hull = nonDecreasingHull(points);
            for (size_t point = 1; point < hull.size(); ++point) {
                QVERIFY(hull[point].costUsdPer1k > hull[point - 1].costUsdPer1k);
                QVERIFY(hull[point].quality > hull[point - 1].quality);
                if (point < 2)
                    continue;
                const auto slope = [&hull](size_t end) {
                    return (hull[end].quality - hull[end - 1].quality) /
                           (hull[end].costUsdPer1k - hull[end - 1].costUsdPer1k);
                };
                QVERIFY(slope(point) < slope(point - 1));
            }
            for (const CostQualityPoint &point : points)
                QVERIFY(at(hull, point.costUsdPer1k) >= point.quality - 1e-12);
            for (const CostQualityPoint &point : hull)
                QVERIFY(std::find(points.begin(), points.end(), point) != points.end());
        }
    }

    void aPointMoreNeverLowersTheHull()
    {
        for (quint64 seed = 0; seed < 100; ++seed) {
            Points points = randomPoints(12, seed);
            const double before = meanQualityOverCost(nonDecreasingHull(points), 0, 20);
            points.push_back(randomPoints(1, 1'000 + seed).front());
            QVERIFY(meanQualityOverCost(nonDecreasingHull(points), 0, 20) >= before - 1e-12);
        }
    }

    void theAreaIsCutToTheRangeOfCosts()
    {
        const Points hull{{1, 0.2}, {2, 0.6}, {5, 0.9}};
        QVERIFY(near(meanQualityOverCost(hull, 1, 5), (0.4 + 2.25) / 4));
        QVERIFY(near(meanQualityOverCost(hull, 0, 6), (0 + 0.4 + 2.25 + 0.9) / 6));
        QVERIFY(near(meanQualityOverCost(hull, 1.5, 3.5), (0.25 + 1.0125) / 2));
        QVERIFY(near(meanQualityOverCost(hull, 7, 9), 0.9));
        QVERIFY(near(at(hull, 1.5), 0.4));
        QVERIFY(near(at(hull, 0.5), 0));
        QVERIFY(std::isnan(meanQualityOverCost({}, 0, 1)));
    }

    void aRouterThatKnowsSomethingLiesAboveItsNull()
    {
        const Scene scene(600);
        const CostQuality read = scene.read(scene.score);
        QVERIFY(read.aboveZeroRouter.excludesZero());
        QVERIFY(near(read.aboveZeroRouter.value, read.aiq.value - read.zeroRouterAiq.value));
        QVERIFY(read.aiq.value > read.nullAiq.high);
        QCOMPARE(read.nullReaches, 0.01); // none of 99
        QCOMPARE(read.nullAiq.n, 99);
        QCOMPARE(read.points.size(), 11u);
        QVERIFY(read.aiq.low < read.aiq.value && read.aiq.value < read.aiq.high);
        QVERIFY(near(read.fromUsdPer1k, read.points.back().costUsdPer1k));
        QVERIFY(near(read.toUsdPer1k, read.points.front().costUsdPer1k));
    }

    // The best of many points flatters: hence the null beside the zero router.
    void aRouterThatKnowsNothingLiesAboveTheZeroRouterYetWithinItsNull()
    {
        const Scene scene(150);
        const auto scores = randomScores(150, 23);
        const CostQuality read = scene.read(scores);
        QVERIFY(read.nullAiq.value > read.zeroRouterAiq.value);
        QVERIFY(read.aiq.value <= read.nullAiq.high);
        QVERIFY(read.nullReaches > 0.025);
    }

    void theZeroRouterIsTheLineBetweenTwoModels()
    {
        const Scene scene(100);
        const CostQuality read = scene.read(scene.score, 1);
        QCOMPARE(read.zeroRouterHull.size(), 2u);
        QVERIFY(near(read.zeroRouterAiq.value,
                     (read.zeroRouterHull[0].quality + read.zeroRouterHull[1].quality) / 2));
        QVERIFY(!read.nullAiq.hasInterval()); // a single shuffle
    }

    void theCostOfACurveFollowsTheSameRows()
    {
        const Scene scene(40);
        Points points;
        const std::vector<quint32> once(40, 1);
        readCallPerformance(scene.quality(scene.score), scene.cost(scene.score))(once, points);
        const CallPerformance curve = callPerformance(scene.quality(scene.score), {.resamples = 1});
        for (size_t point = 0; point < points.size(); ++point) {
            double cost = 0;
            for (size_t row = 0; row < 40; ++row) {
                const bool strong = point < 10 && scene.score[row] >= curve.curve[point].threshold;
                cost += strong ? scene.strongCost[row] : scene.weakCost[row];
            }
            QVERIFY(near(points[point].costUsdPer1k, cost / 40));
            QCOMPARE(points[point].quality, curve.curve[point].quality);
        }
    }

    void ofNoRowsThereIsNoArea()
    {
        const std::vector<Points> nulls(1);
        const CostQuality read =
            costQuality(0, readColumns({}), readColumns({}), nulls, {.resamples = 10});
        QVERIFY(!read.aiq.isDefined());
        QVERIFY(read.hull.empty());
    }

    void theArenaScoreIsTheFormulaOfRouterArena_data()
    {
        QTest::addColumn<double>("quality");
        QTest::addColumn<double>("cost");
        QTest::addColumn<double>("score");
        // log2 200 = 7.643856, log2 0.0044 = -7.828281: a width of 15.472137.
        // At $1: C = 7.643856 / 15.472137 = 0.494040; 1.1 * 0.7 * C / (0.07 + C) = 0.674439.
        QTest::newRow("one dollar") << 0.7 << 1.0 << 0.674439;
        QTest::newRow("as cheap as can be") << 0.5 << 0.0044 << 0.55 / 1.05;
        QTest::newRow("cheaper still") << 0.5 << 0.000001 << 0.55 / 1.05;
        QTest::newRow("as dear as can be") << 0.9 << 200.0 << 0.0;
        QTest::newRow("dearer still") << 0.9 << 5'000.0 << 0.0;
        QTest::newRow("perfect and cheap") << 1.0 << 0.0044 << 1.0;
        QTest::newRow("never right") << 0.0 << 1.0 << 0.0;
        QTest::newRow("neither") << 0.0 << 200.0 << 0.0;
    }

    void theArenaScoreIsTheFormulaOfRouterArena()
    {
        QFETCH(double, quality);
        QFETCH(double, cost);
        QFETCH(double, score);
        QVERIFY2(std::abs(arenaScore(quality, cost) - score) < 1e-6,
                 qPrintable(QString::number(arenaScore(quality, cost), 'f', 7)));
    }

    void theArenaScoreOfRowsReadsThoseThatHaveBothFigures()
    {
        const std::vector<float> quality{1, 0.5f, kNotMeasured, 0};
        const std::vector<qint64> cost{1'000'000, 1'000'000, 1'000'000, kNoCost};
        const Estimate score = arenaScore({.quality = quality, .cost = cost});
        QCOMPARE(score.n, 2);
        QVERIFY(near(score.value, arenaScore(0.75, 1)));
        const std::vector<qint64> free(4, 0);
        QVERIFY(!arenaScore({.quality = quality, .cost = free}).isDefined());
        QVERIFY(!arenaScore({.quality = quality, .cost = {}}).isDefined());
    }
};

QTEST_GUILESS_MAIN(TestCostQuality)

#include "tst_cost_quality.moc"
