#include "core/learning/bradley_terry.h"

#include <QTest>

#include <cmath>

using namespace headgate::learning;

namespace {

double beats(const std::vector<double> &strengths, size_t one, size_t other)
{
    return strengths[one] / (strengths[one] + strengths[other]);
}

} // namespace

class TestBradleyTerry final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTwoTheShareOfWinsIsTheProbability()
    {
        const std::vector<double> wins{0, 3, 1, 0};
        const std::vector<double> start{0.5, 0.5};
        QCOMPARE(bradleyTerryStrengths(wins, start), (std::vector<double>{0.75, 0.25}));
    }

    // Wins that come out of known strengths give these back.
    void ofSeveralTheStrengthsBehindTheWinsAreFound()
    {
        const std::vector<double> truth{0.5, 0.3, 0.15, 0.05};
        std::vector<double> wins(16);
        for (size_t one = 0; one < 4; ++one) {
            for (size_t other = 0; other < 4; ++other)
                wins[one * 4 + other] = one == other ? 0 : 100 * beats(truth, one, other);
        }
        const auto found = bradleyTerryStrengths(wins, std::vector<double>(4, 0.25));
        for (size_t at = 0; at < 4; ++at)
            QVERIFY2(std::abs(found[at] - truth[at]) < 1e-3,
                     qPrintable(QString::number(found[at])));
    }

    void aModelThatNearlyAlwaysWinsStaysFinite()
    {
        const std::vector<double> wins{0, 1e6, 1e6, 1e-3, 0, 5, 1e-3, 5, 0};
        const auto found = bradleyTerryStrengths(wins, std::vector<double>(3, 1.0 / 3));
        double sum = 0;
        for (const double strength : found) {
            QVERIFY(std::isfinite(strength) && strength >= 0);
            sum += strength;
        }
        QVERIFY(std::abs(sum - 1) < 1e-9);
        QVERIFY(beats(found, 0, 1) > 0.99);
        QVERIFY(std::abs(beats(found, 1, 2) - 0.5) < 1e-2);
    }
};

QTEST_GUILESS_MAIN(TestBradleyTerry)
#include "tst_bradley_terry.moc"
