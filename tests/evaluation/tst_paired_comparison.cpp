#include "core/evaluation/paired_comparison.h"
#include "core/evaluation/regret.h"

#include <QTest>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

// Two models on four rows: "a" is right on the first two, "b" on the first three.
CascadeColumns fourRows()
{
    CascadeColumns columns;
    columns.rows = {0, 1, 2, 3};
    const auto model = [](const QString &name, qint32 place, const std::vector<float> &qualities,
                          qint64 cost) {
        CascadeColumn column;
        column.name = name;
        column.place = place;
        for (const float quality : qualities)
            column.quality.push_back(qualityUnits(quality));
        column.cost.assign(qualities.size(), cost);
        column.checkCost.assign(qualities.size(), 0);
        column.score = {0.9, 0.8, 0.3, 0.2};
        return column;
    };
    columns.models = {model(u"a"_s, 0, {1, 1, 0, 0}, 1'000),
                      model(u"b"_s, 1, {1, 1, 1, 0}, 10'000)};
    return columns;
}

// The same four rows again and again.
CascadeColumns repeated(int times)
{
    const CascadeColumns few = fourRows();
    CascadeColumns many = few;
    const auto repeat = [](auto &to, const auto &from) {
        to.insert(to.end(), from.begin(), from.end());
    };
    for (int copy = 1; copy < times; ++copy) {
        for (size_t model = 0; model < 2; ++model) {
            repeat(many.models[model].quality, few.models[model].quality);
            repeat(many.models[model].cost, few.models[model].cost);
            repeat(many.models[model].checkCost, few.models[model].checkCost);
            repeat(many.models[model].score, few.models[model].score);
        }
        repeat(many.rows, few.rows);
    }
    return many;
}

const Cascade kA{.stages = 1, .model = {0, -1, -1}};
const Cascade kB{.stages = 1, .model = {1, -1, -1}};
const Cascade kBoth{.stages = 2, .model = {0, 1, -1}, .threshold = {0.5, 0}};

PairedComparison compare(const CascadeColumns &columns, const Cascade &cascade,
                         const Cascade &other, ReadingDepth depth)
{
    return comparePaired(routedRows(columns, cascade), routedRows(columns, other), {}, depth);
}

} // namespace

class TestPairedComparison final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSavingStandsBesideTheDifferenceInQuality()
    {
        for (const ReadingDepth depth : {ReadingDepth::Whole, ReadingDepth::AtAGlance}) {
            const PairedComparison comparison = compare(fourRows(), kA, kB, depth);
            QCOMPARE(comparison.n, 4);
            QCOMPARE(comparison.quality.value, 0.5);
            QCOMPARE(comparison.otherQuality.value, 0.75);
            QCOMPARE(comparison.costPer1k->value, 0.001);
            QCOMPARE(comparison.otherCostPer1k->value, 0.01);
            QCOMPARE(comparison.saving->share.value, 0.9);
            QCOMPARE(comparison.saving->usdPer1k.value, 0.009);
            QCOMPARE(comparison.qualityDifference.value, -0.25);
            QVERIFY(comparison.qualityDifference.low < -0.25);
            QVERIFY(comparison.qualityDifference.high <= 0);
            // Differences 0, 0, -1, 0, so s = 0.5: (1.96 * 0.5 / 0.25)^2 = 15.37 rows, of which 4
            // are there.
            QCOMPARE(comparison.casesNeeded.value_or(-1), 12);
            QCOMPARE(comparison.quality.hasInterval(), depth == ReadingDepth::Whole);
        }
    }

    void manyRowsHaveTheIntervalThatTheBootstrapComesTo()
    {
        const CascadeColumns many = repeated(2'000);
        const PairedComparison glance = compare(many, kA, kB, ReadingDepth::AtAGlance);
        QCOMPARE(glance.n, 8'000);
        QCOMPARE(glance.qualityDifference.value, -0.25);
        // s = sqrt(3/16) = 0.433: 1.96 * 0.433 / sqrt(8000) = 0.0095.
        QVERIFY(qAbs(glance.qualityDifference.high + 0.25 - 0.0095) < 1e-4);
        QVERIFY(glance.qualityDifference.excludesZero());
        QVERIFY(!glance.casesNeeded);
        const PairedComparison whole = compare(many, kA, kB, ReadingDepth::Whole);
        QVERIFY(qAbs(whole.qualityDifference.high - glance.qualityDifference.high) < 1e-3);
    }

    void aCascadeAnswersWhereItIsSure()
    {
        const PairedComparison comparison = compare(fourRows(), kBoth, kB, ReadingDepth::AtAGlance);
        QCOMPARE(comparison.quality.value, 0.75);
        QCOMPARE(comparison.qualityDifference.value, 0.0);
        QVERIFY(!comparison.casesNeeded); // no number of cases makes a difference of nothing
        // Four calls of "a" and two of "b" against four of "b".
        QCOMPARE(comparison.saving->share.value, 1 - 24'000.0 / 40'000.0);
        QCOMPARE(routedRows(fourRows(), kBoth).model, (std::vector<qint32>{0, 0, 1, 1}));
    }

    void whatIsMissingOnEitherSideIsLeftOutAndCounted()
    {
        RoutedRows routed = routedRows(fourRows(), kA);
        RoutedRows other = routedRows(fourRows(), kB);
        routed.end[0] = ReplayEnd::Missing;
        routed.quality[0] = kNotMeasured;
        routed.cost[0] = kNoCost;
        other.end[3] = ReplayEnd::Missing;
        other.quality[3] = kNotMeasured;
        other.cost[3] = kNoCost;
        PairedComparison comparison = comparePaired(routed, other);
        QCOMPARE(comparison.n, 2);
        QCOMPARE(comparison.qualityDifference.value, -0.5);
        QVERIFY(comparison.saving);
        // A cost that was not measured on a row that counts: no saving is made up.
        other.cost[1] = kNoCost;
        comparison = comparePaired(routed, other);
        QCOMPARE(comparison.n, 2);
        QVERIFY(comparison.costPer1k && !comparison.otherCostPer1k && !comparison.saving);
        QCOMPARE(comparison.qualityDifference.value, -0.5);
        for (ReplayEnd &end : routed.end)
            end = ReplayEnd::Missing;
        QCOMPARE(comparePaired(routed, other).n, 0);
    }

    void hindsightAddsUpMoneyAndQuality()
    {
        OutcomeTable table;
        table.rows = 4;
        table.models.resize(2);
        table.models[0].quality = {1, 1, 0, kNotMeasured};
        table.models[0].cost = {1'000, 1'000, 1'000, kNoCost};
        table.models[1].quality = {1, 1, 0.75F, 0};
        table.models[1].cost = {10'000, 10'000, 10'000, 10'000};
        const std::vector<qint32> rows{0, 1, 2, 3};
        RegretLens lens = regretOf(table, routedRows(table, rows, 1));
        QCOMPARE(lens.n, 4);
        QCOMPARE(lens.overpaid.value_or(-1), 2);
        QCOMPARE(lens.overpaidCost, Money::fromNanos(18'000));
        QCOMPARE(lens.overpaidUsdPer1k(), 0.0045);
        QCOMPARE(lens.underserved, 0);
        QCOMPARE(lens.beyond, 1);
        lens = regretOf(table, routedRows(table, rows, 0));
        QCOMPARE(lens.n, 3); // the fourth is missing: it is not taken for wrong
        QCOMPARE(lens.overpaid.value_or(-1), 0);
        QCOMPARE(lens.underserved, 1);
        QCOMPARE(lens.qualityLost(), 0.25);
        table.models[0].cost[1] = kNoCost;
        QVERIFY(!regretOf(table, routedRows(table, rows, 0)).overpaid);
    }
};

QTEST_GUILESS_MAIN(TestPairedComparison)
#include "tst_paired_comparison.moc"
