#include "core/common/seeded_random.h"

#include <QTest>

#include <array>
#include <vector>

using namespace headgate;

class TestSeededRandom final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGeneratorIsTheOneThatItsNameSays()
    {
        // The first outputs of xoshiro256++ for the state that SplitMix64 makes of seed 0.
        SeededRandom random(0);
        QCOMPARE(random.next(), 0x53175d61490b23dfULL);
        QCOMPARE(random.next(), 0x61da6f3dc380d507ULL);
        QCOMPARE(random.next(), 0x5c0fdf91ec9a7bfcULL);
    }

    void everyNumberBelowTheBoundIsDrawnAsOften()
    {
        SeededRandom random(7);
        std::array<int, 6> drawn{};
        for (int draw = 0; draw < 60'000; ++draw)
            ++drawn[random.below(6)];
        for (const int times : drawn)
            QVERIFY2(std::abs(times - 10'000) < 400, qPrintable(QString::number(times)));
    }

    void normalNumbersHaveTheMomentsOfTheNormalDistribution()
    {
        SeededRandom random(5);
        double sum = 0;
        double squares = 0;
        int beyondTwo = 0;
        constexpr int kDraws = 100'000;
        for (int draw = 0; draw < kDraws; ++draw) {
            const double value = random.normal();
            sum += value;
            squares += value * value;
            beyondTwo += std::abs(value) > 2 ? 1 : 0;
        }
        QVERIFY(std::abs(sum / kDraws) < 0.015);
        QVERIFY(std::abs(squares / kDraws - 1) < 0.02);
        QVERIFY(std::abs(double(beyondTwo) / kDraws - 0.0455) < 0.003);
    }

    void aShuffleReachesEveryOrderAsOften()
    {
        SeededRandom random(9);
        std::array<int, 6> reached{};
        for (int round = 0; round < 60'000; ++round) {
            std::vector<int> order{0, 1, 2};
            random.shuffle<int>(order);
            ++reached[size_t(2 * order[0] + (order[1] > order[2] ? 1 : 0))];
        }
        for (const int times : reached)
            QVERIFY2(std::abs(times - 10'000) < 400, qPrintable(QString::number(times)));
    }
};

QTEST_GUILESS_MAIN(TestSeededRandom)
#include "tst_seeded_random.moc"
