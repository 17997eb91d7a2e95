#include "core/engine/spend_budget.h"
#include "core/engine/target_order.h"

#include <QTest>

#include <array>

using namespace headgate;
using namespace std::chrono_literals;
using engine::OrderInputs;
using engine::SpendBudget;
using engine::TargetOrder;
using policy::ModelIndex;

namespace {

constexpr std::array<ModelIndex, 3> kGroup{7, 3, 5};

std::vector<ModelIndex> ordered(TargetOrder order, const OrderInputs &inputs)
{
    return engine::orderedTargets(kGroup, order, inputs);
}

Money cents(qint64 count)
{
    return Money::fromNanos(count * 10'000'000);
}

} // namespace

class TestTargetOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inOrderIsAsListed();
    void theFastestGoesFirstAndTheUnmeasuredBeforeIt();
    void theCheapestGoesFirstAndTheUnknownLast();
    void weightsGiveShares();
    void theSameSeedGivesTheSameDraw();
    void everyModelIsDrawnOnce();
    void aBudgetNeverPromisesTheSameMoneyTwice();
    void anUnknownCostFitsNoBudget();
};

void TestTargetOrder::inOrderIsAsListed()
{
    QCOMPARE(ordered(TargetOrder::InOrder, {}), (std::vector<ModelIndex>{7, 3, 5}));
}

void TestTargetOrder::theFastestGoesFirstAndTheUnmeasuredBeforeIt()
{
    OrderInputs inputs;
    inputs.latency = [](ModelIndex model) -> std::optional<std::chrono::nanoseconds> {
        return model == 7 ? 900ms : 200ms;
    };
    QCOMPARE(ordered(TargetOrder::Fastest, inputs), (std::vector<ModelIndex>{3, 5, 7}));
    inputs.latency = [](ModelIndex model) -> std::optional<std::chrono::nanoseconds> {
        if (model == 5)
            return std::nullopt;
        return model == 7 ? 100ms : 200ms;
    };
    QCOMPARE(ordered(TargetOrder::Fastest, inputs), (std::vector<ModelIndex>{5, 7, 3}));
}

void TestTargetOrder::theCheapestGoesFirstAndTheUnknownLast()
{
    OrderInputs inputs;
    inputs.cost = [](ModelIndex model) -> std::optional<Money> {
        if (model == 7)
            return std::nullopt;
        return model == 3 ? cents(4) : cents(2);
    };
    QCOMPARE(ordered(TargetOrder::Cheapest, inputs), (std::vector<ModelIndex>{5, 3, 7}));
}

void TestTargetOrder::weightsGiveShares()
{
    const std::array weights{1.0, 3.0, 6.0};
    OrderInputs inputs;
    inputs.weights = weights;
    QHash<ModelIndex, int> first;
    constexpr int kDraws = 10'000;
    for (quint64 seed = 0; seed < kDraws; ++seed) {
        inputs.seed = seed * 7919;
        ++first[ordered(TargetOrder::Weighted, inputs).front()];
    }
    QVERIFY(std::abs(first[7] - 1000) < 150);
    QVERIFY(std::abs(first[3] - 3000) < 200);
    QVERIFY(std::abs(first[5] - 6000) < 200);
}

void TestTargetOrder::theSameSeedGivesTheSameDraw()
{
    OrderInputs inputs;
    inputs.seed = 99;
    QCOMPARE(ordered(TargetOrder::Weighted, inputs), ordered(TargetOrder::Weighted, inputs));
}

void TestTargetOrder::everyModelIsDrawnOnce()
{
    OrderInputs inputs;
    for (quint64 seed = 0; seed < 200; ++seed) {
        inputs.seed = seed;
        auto models = ordered(TargetOrder::Weighted, inputs);
        std::sort(models.begin(), models.end());
        QCOMPARE(models, (std::vector<ModelIndex>{3, 5, 7}));
    }
}

void TestTargetOrder::aBudgetNeverPromisesTheSameMoneyTwice()
{
    SpendBudget budget;
    budget.setAmount(cents(10));
    QVERIFY(budget.reserve(cents(4)));
    QVERIFY(budget.reserve(cents(4)));
    QVERIFY(!budget.reserve(cents(4)));
    budget.settle(cents(4), cents(1));
    QVERIFY(budget.reserve(cents(4)));
    QCOMPARE(budget.spent(), cents(1));
    QCOMPARE(budget.reserved(), cents(8));
    budget.settle(cents(4), cents(5)); // an estimate may be wrong; what was spent counts
    budget.settle(cents(4), cents(4));
    QCOMPARE(budget.spent(), cents(10));
    QVERIFY(!budget.reserve(Money::fromNanos(1)));
}

void TestTargetOrder::anUnknownCostFitsNoBudget()
{
    SpendBudget budget;
    QVERIFY(budget.reserve(std::nullopt)); // no amount, no limit
    budget.settle(std::nullopt, cents(3));
    budget.setAmount(cents(1000));
    QVERIFY(!budget.reserve(std::nullopt));
    QCOMPARE(budget.spent(), cents(3));
}

QTEST_GUILESS_MAIN(TestTargetOrder)
#include "tst_target_order.moc"
