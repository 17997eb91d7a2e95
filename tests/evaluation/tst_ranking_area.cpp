#include "core/evaluation/metrics/ranking_area.h"
#include "core/evaluation/metrics/threshold_calibration.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace headgate::evaluation;

class TestRankingArea final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsPairsThatAreInOrder_data()
    {
        QTest::addColumn<QList<double>>("score");
        QTest::addColumn<QList<double>>("quality");
        QTest::addColumn<double>("expected");
        QTest::addRow("perfect") << QList<double>{.1, .2, .8, .9} << QList<double>{0, 0, 1, 1}
                                 << 1.0;
        QTest::addRow("upside down") << QList<double>{.9, .1} << QList<double>{0, 1} << 0.0;
        QTest::addRow("three of four")
            << QList<double>{.1, .3, .2, .4} << QList<double>{0, 0, 1, 1} << 0.75;
        QTest::addRow("ties are half")
            << QList<double>{.5, .5, .5} << QList<double>{0, 1, 1} << 0.5;
        // The first is half right: of 1.5 x 1.5 pairs 1 is in order, 0.5 + 0.5 x 0.5 + ... by hand:
        // right .5 at .1, wrong .5 at .1; right 1 at .9; wrong 1 at .5.
        QTest::addRow("halves") << QList<double>{.1, .5, .9} << QList<double>{.5, 0, 1}
                                << (0.5 * 0.25 + 1.5) / (1.5 * 1.5);
    }
    void countsPairsThatAreInOrder()
    {
        QFETCH(const QList<double>, score);
        QFETCH(const QList<double>, quality);
        QFETCH(const double, expected);
        const Estimate area = rankingArea(score, quality);
        QVERIFY(std::abs(area.value - expected) < 1e-12);
        QCOMPARE(area.n, score.size());
    }

    void weightsCountAsRepeatedRows()
    {
        const std::array score{.1, .4, .3, .3, .9};
        const std::array quality{0.0, 0.0, 1.0, 0.0, 1.0};
        const std::array<quint32, 5> weights{2, 0, 3, 1, 1};
        std::vector<double> scores;
        std::vector<double> qualities;
        for (size_t row = 0; row < 5; ++row) {
            scores.insert(scores.end(), weights[row], score[row]);
            qualities.insert(qualities.end(), weights[row], quality[row]);
        }
        QCOMPARE(RankingArea(score, quality).read(weights), rankingArea(scores, qualities).value);
    }

    void withoutRightOrWithoutWrongItIsUndefined()
    {
        QVERIFY(!rankingArea(std::array{.1, .2}, std::array{1.0, 1.0}).isDefined());
        QVERIFY(!rankingArea(std::array{.1, .2}, std::array{0.0, 0.0}).isDefined());
        QVERIFY(!rankingArea({}, {}).isDefined());
    }

    void aThresholdSendsTheWantedShare_data()
    {
        QTest::addColumn<double>("wanted");
        QTest::addColumn<double>("threshold");
        QTest::addColumn<double>("share");
        QTest::addRow("all") << 1.0 << 0.0 << 1.0;
        QTest::addRow("the highest alone") << 0.0 << 10.0 << 1.0 / 11;
        QTest::addRow("half") << 0.5 << 5.0 << 6.0 / 11;
        QTest::addRow("between two") << 0.25 << 7.5 << 3.0 / 11;
    }
    void aThresholdSendsTheWantedShare()
    {
        QFETCH(const double, wanted);
        QFETCH(const double, threshold);
        QFETCH(const double, share);
        std::vector<double> scores;
        for (int score = 10; score >= 0; --score)
            scores.push_back(score);
        const CalibratedThreshold found = calibrateThreshold(scores, wanted);
        QCOMPARE(found.threshold, threshold);
        QCOMPARE(found.strongShare, share);
    }

    void rowsOfTheSameScoreGoTogetherAndTheShareSaysSo()
    {
        const CalibratedThreshold found =
            calibrateThreshold(std::array{.2, .7, .7, .7, .7, .7}, 0.3);
        QCOMPARE(found.threshold, .7);
        QCOMPARE(found.strongShare, 5.0 / 6);
        QCOMPARE(calibrateThreshold({}, 0.5).threshold, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestRankingArea)
#include "tst_ranking_area.moc"
