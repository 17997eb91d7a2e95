#include "core/learning/calibration.h"

#include "core/common/seeded_random.h"
#include "core/learning/logistic_regression.h"
#include "core/learning/reliability.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace headgate;
using namespace headgate::learning;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::array kKinds{CalibrationKind::None, CalibrationKind::Platt,
                            CalibrationKind::Isotonic};

struct Sample
{
    std::vector<double> decisions;
    std::vector<double> targets;
};

// Decisions that are three times too sure of themselves.
Sample overconfident(int rows, quint64 seed)
{
    SeededRandom random(seed);
    Sample sample;
    for (int row = 0; row < rows; ++row) {
        const double truth = 1.5 * random.normal() + 0.5;
        sample.decisions.push_back(3 * truth);
        sample.targets.push_back(random.uniform() < logistic(truth) ? 1 : 0);
    }
    return sample;
}

double errorOf(const Calibration &calibration, const Sample &sample)
{
    std::vector<double> predicted;
    for (const double decision : sample.decisions)
        predicted.push_back(calibration.probability(decision));
    return reliabilityOf(predicted, sample.targets).expectedError;
}

} // namespace

class TestCalibration final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void probabilitiesHoldOnOtherRows_data()
    {
        QTest::addColumn<CalibrationKind>("kind");
        QTest::newRow("Platt") << CalibrationKind::Platt;
        QTest::newRow("isotonic") << CalibrationKind::Isotonic;
    }
    void probabilitiesHoldOnOtherRows()
    {
        QFETCH(CalibrationKind, kind);
        const Sample fitted = overconfident(10'000, 1);
        const Sample other = overconfident(10'000, 2);
        const auto calibration = Calibration::fit(kind, fitted.decisions, fitted.targets);
        QVERIFY(errorOf(Calibration(), other) > 0.08);
        const double error = errorOf(calibration, other);
        QVERIFY2(error < 0.025, qPrintable(QString::number(error)));
    }

    void plattFindsTheSlopeAndTheIntercept()
    {
        const Sample sample = overconfident(20'000, 3);
        const Json json =
            Calibration::fit(CalibrationKind::Platt, sample.decisions, sample.targets).toJson();
        QVERIFY(std::abs(jsonNumber(json, "slope", 0) - 1.0 / 3) < 0.02);
        QVERIFY(std::abs(jsonNumber(json, "intercept", 9)) < 0.05);
    }

    void isotonicPoolsAdjacentViolators()
    {
        // 1, 0 pool to 1/2; 2/3 follows from three equal decisions.
        const std::vector<double> decisions{1, 2, 3, 3, 3, 4, 5, 6, 7, 8};
        const std::vector<double> targets{1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
        const auto calibration = Calibration::fit(CalibrationKind::Isotonic, decisions, targets);
        QCOMPARE(calibration.probability(1), 0.5);
        QCOMPARE(calibration.probability(2), 0.5);
        QCOMPARE(calibration.probability(3), 2.0 / 3);
        QCOMPARE(calibration.probability(2.5), (0.5 + 2.0 / 3) / 2); // between two steps
        QCOMPARE(calibration.probability(9), 11.0 / 12);             // ten rows tell no more
        QCOMPARE(calibration.probability(-9), 0.5);
    }

    void aHigherDecisionIsNeverLessProbable()
    {
        SeededRandom random(5);
        Sample noise;
        for (int row = 0; row < 500; ++row) {
            noise.decisions.push_back(random.normal());
            noise.targets.push_back(random.uniform() < logistic(-noise.decisions.back()));
        }
        for (const CalibrationKind kind : kKinds) {
            const auto calibration = Calibration::fit(kind, noise.decisions, noise.targets);
            double before = 0;
            for (double decision = -5; decision <= 5; decision += 0.01) {
                QVERIFY(calibration.probability(decision) >= before);
                before = calibration.probability(decision);
            }
        }
    }

    void decisionsThatAreMoreOftenWrongThanRightSayNothing()
    {
        std::vector<double> decisions, targets;
        for (int row = 0; row < 100; ++row) {
            decisions.push_back(row);
            targets.push_back(row < 70 ? 1 : 0);
        }
        const auto calibration = Calibration::fit(CalibrationKind::Platt, decisions, targets);
        QCOMPARE(calibration.probability(0), calibration.probability(99));
        QVERIFY(std::abs(calibration.probability(50) - 0.7) < 0.01);
    }

    void qualitiesBetweenRightAndWrongAreTheirMean()
    {
        const std::vector<double> decisions(50, 1.0);
        const std::vector<double> targets(50, 0.3);
        for (const auto kind : {CalibrationKind::Platt, CalibrationKind::Isotonic}) {
            const double p = Calibration::fit(kind, decisions, targets).probability(1);
            QVERIFY2(std::abs(p - 0.3) < 0.02, qPrintable(QString::number(p)));
        }
    }

    void oneClassConstantScoresNoRowsAndNoNumbersAreSafe()
    {
        const std::vector<Sample> samples{
            {{}, {}},
            {{1}, {1}},
            {{1, 2, 3}, {1, 1, 1}},
            {{1, 2, 3}, {0, 0, 0}},
            {{2, 2, 2, 2}, {0, 1, 0, 1}},
            {{kNan, 1, 2}, {1, kNan, 0}},
            {{kNan, kNan}, {kNan, kNan}},
            {{-1e8, 1e8, 1e8, -1e8}, {0, 1, 0, 1}},
            {{0, 0, 0}, {kNan, 1, 0}},
        };
        for (const Sample &sample : samples) {
            for (const CalibrationKind kind : kKinds) {
                const auto calibration = Calibration::fit(kind, sample.decisions, sample.targets);
                for (const double decision : {-1e12, -1.0, 0.0, 2.0, 1e12}) {
                    const double p = calibration.probability(decision);
                    QVERIFY(p > 0 && p < 1);
                }
            }
        }
        const auto right =
            Calibration::fit(CalibrationKind::Platt, samples[2].decisions, samples[2].targets);
        QVERIFY(right.probability(2) > 0.7);
    }

    void whatWasWrittenIsReadBack()
    {
        const Sample sample = overconfident(300, 4);
        for (const CalibrationKind kind : kKinds) {
            const auto written = Calibration::fit(kind, sample.decisions, sample.targets);
            const auto read = Calibration::from(Json::parse(written.toJson().dump()));
            QVERIFY(read);
            QCOMPARE(read->kind(), kind);
            for (double decision = -6; decision < 6; decision += 0.1)
                QCOMPARE(read->probability(decision), written.probability(decision));
        }
    }

    void whatIsNoCalibrationIsDamage_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("null") << QByteArray("null");
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("another kind") << QByteArray(R"({"kind": "beta"})");
        QTest::newRow("no slope") << QByteArray(R"({"kind": "platt", "intercept": 0})");
        QTest::newRow("falling") << QByteArray(R"({"kind": "platt", "slope": -1, "intercept": 0})");
        QTest::newRow("no steps") << QByteArray(R"({"kind": "isotonic"})");
        QTest::newRow("unequal lists")
            << QByteArray(R"({"kind": "isotonic", "decisions": [1, 2], "probabilities": [0.5]})");
        QTest::newRow("decisions that fall") << QByteArray(
            R"({"kind": "isotonic", "decisions": [2, 1], "probabilities": [0.5, 0.6]})");
        QTest::newRow("probabilities that fall") << QByteArray(
            R"({"kind": "isotonic", "decisions": [1, 2], "probabilities": [0.6, 0.5]})");
        QTest::newRow("above 1") << QByteArray(
            R"({"kind": "isotonic", "decisions": [1], "probabilities": [2]})");
        QTest::newRow("no number")
            << QByteArray(R"({"kind": "isotonic", "decisions": ["a"], "probabilities": [0.5]})");
    }
    void whatIsNoCalibrationIsDamage()
    {
        QFETCH(QByteArray, json);
        const auto read = Calibration::from(Json::parse(json.toStdString()));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Damaged);
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
