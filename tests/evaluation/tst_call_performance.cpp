#include "core/common/seeded_random.h"
#include "core/evaluation/metrics/call_performance_curve.h"
#include "core/evaluation/metrics/reference_routers.h"
#include "core/evaluation/outcome_reader.h"

#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

struct Pairs
{
    std::vector<double> strong;
    std::vector<double> weak;
    std::vector<double> score;

    operator ScoredPairs() const { return {.strong = strong, .weak = weak, .score = score}; }
};

// Qualities of 0 or 1; the strong model is the better one.
Pairs randomPairs(qsizetype rows, quint64 seed)
{
    SeededRandom random(seed);
    Pairs pairs;
    for (qsizetype row = 0; row < rows; ++row) {
        pairs.strong.push_back(random.uniform() < 0.8);
        pairs.weak.push_back(random.uniform() < 0.5);
    }
    pairs.score = randomScores(rows, seed + 1);
    return pairs;
}

CallPerformance read(const Pairs &pairs)
{
    return callPerformance(pairs, {.resamples = 50});
}

} // namespace

class TestCallPerformance final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // 11 rows, so that every decile is a score: the strong model is right everywhere, the weak one
    // on the six rows that score least.
    void theCurveOfElevenRowsIsWhatOneCountsByHand()
    {
        Pairs pairs;
        for (int row = 0; row < 11; ++row) {
            pairs.strong.push_back(1);
            pairs.weak.push_back(row < 6);
            pairs.score.push_back(row * 10);
        }
        const CallPerformance performance = read(pairs);
        QCOMPARE(performance.curve.size(), 11u);
        for (size_t point = 0; point < 10; ++point) {
            QCOMPARE(performance.curve[point].threshold, double(point) * 10);
            QCOMPARE(performance.curve[point].strongShare, double(11 - point) / 11);
            const double wrong = point > 6 ? double(point - 6) : 0;
            QVERIFY(std::abs(performance.curve[point].quality - (11 - wrong) / 11) < 1e-12);
        }
        // The last: none lies above the highest score.
        QCOMPARE(performance.curve[10].threshold, 100.0);
        QCOMPARE(performance.curve[10].strongShare, 0.0);
        QCOMPARE(performance.curve[10].quality, 6.0 / 11);
        QCOMPARE(performance.strongQuality.value, 1.0);
        QCOMPARE(performance.weakQuality.value, 6.0 / 11);
        // A PGR that rises from 0 to 0.4 at a share of 2/11 (the row of score 90 and that of 100
        // come at once), on to 1 at 5/11 in steps of 0.2, then stays: areas by the trapezoid.
        const double area = (2 * 0.2 + (0.5 + 0.7 + 0.9) + 6) / 11;
        QVERIFY(std::abs(performance.apgr.value - area) < 1e-12);
        // PGR 0.5 lies half way between shares 2/11 and 3/11, 0.8 at 4/11.
        QVERIFY(std::abs(performance.cpt50.value - 250.0 / 11) < 1e-9);
        QVERIFY(std::abs(performance.cpt80.value - 400.0 / 11) < 1e-9);
    }

    void aDecileBetweenTwoScoresIsInterpolated()
    {
        Pairs pairs{.strong = {1, 1}, .weak = {0, 0}, .score = {10, 20}};
        const auto curve = read(pairs).curve;
        QCOMPARE(curve[0].threshold, 10.0);
        QCOMPARE(curve[0].strongShare, 1.0);
        for (size_t point = 1; point < 10; ++point) {
            QCOMPARE(curve[point].threshold, 10.0 + double(point));
            QCOMPARE(curve[point].strongShare, 0.5);
        }
        QCOMPARE(curve[10].strongShare, 0.0);
    }

    void rowsOfTheSameScoreGoTogether()
    {
        Pairs pairs = randomPairs(100, 3);
        for (double &score : pairs.score)
            score = score < 0.35 ? 1 : 2;
        const auto high = double(std::count(pairs.score.begin(), pairs.score.end(), 2.0));
        const auto curve = read(pairs).curve;
        for (const CallPerformancePoint &point : curve)
            QVERIFY(point.strongShare == 1 || point.strongShare == high / 100 ||
                    point.strongShare == 0);
        QCOMPARE(curve[9].strongShare, high / 100);
    }

    void oneScoreForAllRowsMixesBothModels()
    {
        Pairs pairs = randomPairs(100, 5);
        std::fill(pairs.score.begin(), pairs.score.end(), 0.5);
        const CallPerformance performance = read(pairs);
        QVERIFY(std::abs(performance.apgr.value - 0.5) < 1e-12);
        QVERIFY(std::abs(performance.cpt50.value - 50) < 1e-9);
        QVERIFY(std::abs(performance.cpt80.value - 80) < 1e-9);
    }

    void aCurveThatFallsIsReadWhereItFirstReachesTheTarget()
    {
        const std::vector<CallPerformancePoint> curve{{.strongShare = 1, .quality = 0.8},
                                                      {.strongShare = 0.75, .quality = 0.4},
                                                      {.strongShare = 0.5, .quality = 0.7},
                                                      {.strongShare = 0.25, .quality = 0.3},
                                                      {.strongShare = 0, .quality = 0.4}};
        QVERIFY(std::abs(callPerformanceThreshold(curve, 0.5) - (25 + 25 * 0.75)) < 1e-9);
        // (0.35 + 0.5 + 0.55 + 0.6) / 4 = 0.5: a quarter of the gap.
        QVERIFY(std::abs(averagePerformanceGapRecovered(curve) - 0.25) < 1e-12);
    }

    void aStrongModelThatIsNoBetterLeavesThemUndefined()
    {
        Pairs pairs = randomPairs(50, 7);
        pairs.strong = pairs.weak;
        const CallPerformance performance = read(pairs);
        QVERIFY(!performance.apgr.isDefined());
        QVERIFY(!performance.cpt50.isDefined());
        QVERIFY(performance.strongQuality.isDefined());
        QVERIFY(std::isnan(performanceGapRecovered(0.5, 0.6, 0.6)));
        QVERIFY(!callPerformance({}).apgr.isDefined());
        QCOMPARE(performanceGapRecovered(0.7, 0.6, 0.8), 0.5);
    }

    void onlyTheOrderOfTheScoresCounts()
    {
        const Pairs pairs = randomPairs(333, 9);
        Pairs stretched = pairs;
        for (double &score : stretched.score)
            score = std::exp(5 * score) - 100;
        // Deciles between two scores move with the scale, but select the same rows.
        const CallPerformance a = read(pairs);
        const CallPerformance b = read(stretched);
        QCOMPARE(a.apgr, b.apgr);
        QCOMPARE(a.cpt80, b.cpt80);
        for (size_t point = 0; point < a.curve.size(); ++point)
            QCOMPARE(a.curve[point].quality, b.curve[point].quality);
    }

    void theOrderOfTheRowsDoesNotCount()
    {
        const Pairs pairs = randomPairs(333, 11);
        Pairs turned = pairs;
        for (auto *column : {&turned.strong, &turned.weak, &turned.score})
            std::reverse(column->begin(), column->end());
        QVERIFY(std::abs(read(pairs).apgr.value - read(turned).apgr.value) < 1e-12);
        QVERIFY(std::abs(read(pairs).cpt50.value - read(turned).cpt50.value) < 1e-9);
    }

    // A resample is read as a table that holds each row as often as it was drawn.
    void weightsCountAsRepeatedRows()
    {
        SeededRandom random(13);
        for (int round = 0; round < 30; ++round) {
            Pairs pairs = randomPairs(57, 20 + quint64(round));
            for (double &score : pairs.score)
                score = std::round(score * (round % 3 == 0 ? 7 : 1000));
            std::vector<quint32> weights(57);
            Pairs repeated;
            for (size_t row = 0; row < weights.size(); ++row) {
                weights[row] = random.below(4);
                for (quint32 copy = 0; copy < weights[row]; ++copy) {
                    repeated.strong.push_back(pairs.strong[row]);
                    repeated.weak.push_back(pairs.weak[row]);
                    repeated.score.push_back(pairs.score[row]);
                }
            }
            std::vector<CallPerformancePoint> points(kCallPerformancePoints);
            CallPerformanceCurve(pairs).read(weights, points);
            const auto expected = naiveCurve(repeated);
            for (size_t point = 0; point < points.size(); ++point) {
                QCOMPARE(points[point].strongShare, expected[point].strongShare);
                QVERIFY(std::abs(points[point].quality - expected[point].quality) < 1e-12);
            }
        }
    }

    void theOracleIsNoWorseThanAnyOtherOrder()
    {
        for (quint64 seed = 0; seed < 20; ++seed) {
            Pairs pairs = randomPairs(200, 100 + seed);
            const double random = read(pairs).apgr.value;
            pairs.score = oracleScores(pairs.strong, pairs.weak);
            const CallPerformance oracle = read(pairs);
            QVERIFY(oracle.apgr.value >= random);
            for (double &score : pairs.score)
                score = -score;
            QVERIFY(read(pairs).apgr.value <= random);
        }
    }

    void shufflingKeepsTheScores()
    {
        const auto scores = randomScores(100, 1);
        auto shuffled = shuffledScores(scores, 2);
        QVERIFY(shuffled != scores);
        QCOMPARE(shuffled, shuffledScores(scores, 2));
        auto sorted = scores;
        std::sort(sorted.begin(), sorted.end());
        std::sort(shuffled.begin(), shuffled.end());
        QCOMPARE(shuffled, sorted);
    }

    // A draw is one random router; what is .50 and 50 % is the mean over 1,000 of them.
    void aRandomRouterRecoversHalfTheGapOfMeasuredOutcomes()
    {
        const auto path = QStringLiteral(HEADGATE_SHARED_DATA "/routellm_mmlu.jsonl.gz");
        if (!QFileInfo::exists(path))
            QSKIP("no measured data here");
        const auto table = readOutcomes(path, {.prompts = false});
        QVERIFY(table);
        const auto column = [&table](qsizetype model) {
            const auto &quality = table->models[size_t(model)].quality;
            return std::vector<double>(quality.begin(), quality.end());
        };
        Pairs pairs{.strong = column(0), .weak = column(1), .score = {}};
        if (std::accumulate(pairs.strong.begin(), pairs.strong.end(), 0.0) <
            std::accumulate(pairs.weak.begin(), pairs.weak.end(), 0.0))
            std::swap(pairs.strong, pairs.weak);
        const std::vector<quint32> once(pairs.strong.size(), 1);
        constexpr int kDraws = 1'000;
        double apgr = 0;
        double cpt50 = 0;
        double cpt80 = 0;
        for (int draw = 0; draw < kDraws; ++draw) {
            pairs.score = randomScores(table->rows, quint64(draw));
            std::vector<CallPerformancePoint> points(kCallPerformancePoints);
            CallPerformanceCurve(pairs).read(once, points);
            apgr += averagePerformanceGapRecovered(points) / kDraws;
            cpt50 += callPerformanceThreshold(points, 0.5) / kDraws;
            cpt80 += callPerformanceThreshold(points, 0.8) / kDraws;
        }
        qInfo("mean APGR %.4f, CPT(50) %.2f %%, CPT(80) %.2f %%", apgr, cpt50, cpt80);
        QVERIFY(std::abs(apgr - 0.5) <= 0.01);
        QVERIFY(std::abs(cpt50 - 50) <= 1);
        QVERIFY(std::abs(cpt80 - 80) <= 1);
    }

private:
    // As one would write it down: a threshold for each decile, a pass over all rows for each.
    static std::vector<CallPerformancePoint> naiveCurve(const Pairs &pairs)
    {
        auto sorted = pairs.score;
        std::sort(sorted.begin(), sorted.end());
        std::vector<CallPerformancePoint> curve(kCallPerformancePoints);
        for (size_t point = 0; point < curve.size(); ++point) {
            const size_t position = (sorted.size() - 1) * point;
            double threshold = sorted[position / 10];
            if (position % 10 != 0)
                threshold += (sorted[position / 10 + 1] - threshold) * double(position % 10) / 10.0;
            double quality = 0;
            double calls = 0;
            for (size_t row = 0; row < pairs.score.size(); ++row) {
                const bool strong = point + 1 == curve.size() ? pairs.score[row] > threshold
                                                              : pairs.score[row] >= threshold;
                calls += strong;
                quality += strong ? pairs.strong[row] : pairs.weak[row];
            }
            curve[point] = {.threshold = threshold,
                            .strongShare = calls / double(sorted.size()),
                            .quality = quality / double(sorted.size())};
        }
        return curve;
    }
};

QTEST_GUILESS_MAIN(TestCallPerformance)

#include "tst_call_performance.moc"
