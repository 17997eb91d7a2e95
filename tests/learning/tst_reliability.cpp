#include "core/learning/reliability.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace headgate::learning;

class TestReliability final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void binsHaveTheSameNumberOfRows()
    {
        std::vector<double> predicted, observed;
        for (int row = 0; row < 1000; ++row) {
            predicted.push_back((row * 7919 % 1000) / 1000.0);
            observed.push_back(row % 2);
        }
        const Reliability reliability = reliabilityOf(predicted, observed, 10);
        QCOMPARE(reliability.rows, 1000);
        QCOMPARE(reliability.curve.size(), size_t(10));
        for (const ReliabilityBin &bin : reliability.curve)
            QCOMPARE(bin.rows, 100);
        QVERIFY(std::abs(reliability.curve[0].predicted - 0.0495) < 1e-9);
    }

    void theFiguresAreThoseOfTheirDefinitions()
    {
        // Two bins: (0.1, 0.3) of which none came, (0.6, 0.8) of which one did.
        const std::vector<double> predicted{0.8, 0.1, 0.6, 0.3};
        const std::vector<double> observed{1, 0, 0, 0};
        const Reliability reliability = reliabilityOf(predicted, observed, 2);
        QCOMPARE(reliability.curve.size(), size_t(2));
        QCOMPARE(reliability.curve[0], (ReliabilityBin{0.2, 0, 2}));
        QCOMPARE(reliability.curve[1], (ReliabilityBin{0.7, 0.5, 2}));
        QCOMPARE(reliability.brier, (0.04 + 0.01 + 0.36 + 0.09) / 4);
        QVERIFY(std::abs(reliability.expectedError - 0.2) < 1e-12);
    }

    void perfectPredictionsHaveNoError()
    {
        const std::vector<double> both{0, 1, 1, 0, 1};
        const Reliability reliability = reliabilityOf(both, both, 3);
        QCOMPARE(reliability.brier, 0.0);
        QCOMPARE(reliability.expectedError, 0.0);
    }

    void equalPredictionsAreInOneBin()
    {
        const std::vector<double> predicted(100, 0.4);
        const std::vector<double> observed(100, 1.0);
        const Reliability reliability = reliabilityOf(predicted, observed, 10);
        QCOMPARE(reliability.curve.size(), size_t(1));
        QCOMPARE(reliability.curve[0].rows, 100);
        std::vector<double> twice = predicted;
        twice.resize(105, 0.9);
        const Reliability two = reliabilityOf(twice, std::vector<double>(105, 0.5), 10);
        QCOMPARE(two.curve.size(), size_t(2));
        QCOMPARE(two.curve[1].rows, 5);
    }

    void fewRowsAndNoneAreSafe()
    {
        QVERIFY(reliabilityOf({}, {}).curve.empty());
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const std::vector<double> predicted{nan, 0.5, 0.7};
        const std::vector<double> observed{1, nan, 1};
        const Reliability reliability = reliabilityOf(predicted, observed, 10);
        QCOMPARE(reliability.rows, 1);
        QCOMPARE(reliability.curve, (std::vector<ReliabilityBin>{{0.7, 1, 1}}));
    }
};

QTEST_GUILESS_MAIN(TestReliability)
#include "tst_reliability.moc"
