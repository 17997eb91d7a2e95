#include "core/evaluation/routed_rows.h"

#include <QRandomGenerator>
#include <QTest>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

CascadeColumns randomColumns(quint32 seed, int models, qsizetype rows)
{
    QRandomGenerator random(seed);
    CascadeColumns columns;
    for (qint32 row = 0; row < rows; ++row)
        columns.rows.push_back(row);
    for (int model = 0; model < models; ++model) {
        CascadeColumn column;
        column.name = u"m%1"_s.arg(model);
        column.place = model;
        for (qsizetype row = 0; row < rows; ++row) {
            column.quality.push_back(qualityUnits(float(random.bounded(4)) / 3));
            column.cost.push_back(1 + random.bounded(50) * (model + 1));
            column.checkCost.push_back(random.bounded(3));
            column.latency.push_back(random.bounded(1'000));
            column.score.push_back(double(random.bounded(6)) / 6);
        }
        columns.models.push_back(std::move(column));
    }
    return columns;
}

// A router of so many ports that decides by chance, and fails on some rows.
std::vector<qint32> randomPorts(quint32 seed, int ports, qsizetype rows)
{
    QRandomGenerator random(seed + 1'000);
    std::vector<qint32> portOf;
    for (qsizetype row = 0; row < rows; ++row)
        portOf.push_back(qint32(random.bounded(ports + 1)) - 1);
    return portOf;
}

QStringList portNames(int ports)
{
    QStringList names;
    for (int port = 0; port < ports; ++port)
        names.append(u"p%1"_s.arg(port));
    return names;
}

// Every cascade of one branch, looked at one by one.
std::vector<CascadeSums> everySums(const CascadeColumns &columns)
{
    std::vector<CascadeSums> all;
    SearchOptions options{.grid = 0};
    options.everyPoint = [&all](const CascadePoint &point) { all.push_back(point.sums); };
    if (!searchCascades(columns, options))
        qFatal("not searched");
    return all;
}

// All sums that one choice a branch can come to.
std::vector<BranchedSums> everyCombination(const BranchedColumns &columns)
{
    std::vector<BranchedSums> sums{{}};
    for (const CascadeColumns &branch : columns.branches) {
        std::vector<BranchedSums> next;
        for (const BranchedSums &before : sums) {
            for (const CascadeSums &each : everySums(branch))
                next.push_back({before.quality + each.quality, before.cost + each.cost});
        }
        sums = std::move(next);
    }
    return sums;
}

const Wish kMatch{.budgetPer1k = {}, .matchBestSingle = true};

} // namespace

class TestBranchedSearch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsInItsBranchOrUndecided()
    {
        const CascadeColumns columns = randomColumns(1, 2, 40);
        const std::vector<qint32> ports = randomPorts(1, 3, 40);
        const BranchedColumns divided = divideColumns(columns, portNames(3), ports);
        QCOMPARE(divided.count(), 40);
        QCOMPARE(divided.undecided, std::count(ports.begin(), ports.end(), -1));
        QVERIFY(divided.undecided > 0);
        for (size_t port = 0; port < 3; ++port) {
            const CascadeColumns &branch = divided.branches[port];
            for (size_t place = 0; place < branch.rows.size(); ++place) {
                const auto row = size_t(branch.rows[place]);
                QCOMPARE(ports[row], qint32(port));
                QCOMPARE(branch.models[1].cost[place], columns.models[1].cost[row]);
                QCOMPARE(branch.models[1].score[place], columns.models[1].score[row]);
            }
        }
    }

    void noPriceOfQualityHasABetterCombination_data()
    {
        QTest::addColumn<int>("ports");
        QTest::addColumn<int>("models");
        QTest::newRow("two branches, three models") << 2 << 3;
        QTest::newRow("three branches, two models") << 3 << 2;
        QTest::newRow("one branch") << 1 << 3;
    }

    // Against brute force: on random tables every combination of every cascade is added up, and for
    // every price (of the lines between what was found, and of many between) none is better.
    void noPriceOfQualityHasABetterCombination()
    {
        QFETCH(int, ports);
        QFETCH(int, models);
        for (quint32 seed = 1; seed <= 10; ++seed) {
            const BranchedColumns columns = divideColumns(
                randomColumns(seed, models, 24), portNames(ports), randomPorts(seed, ports, 24));
            const auto choice = chooseBranches(columns, columns, {}, {.grid = 0});
            QVERIFY2(choice, choice ? "" : qPrintable(choice.error().message));
            const auto &front = choice->front;
            for (const BranchedCandidate &each : front)
                QVERIFY(evaluateBranches(columns, each.cascade) == each.train);
            const std::vector<BranchedSums> all = everyCombination(columns);
            // The two ends.
            for (const BranchedSums &other : all) {
                QVERIFY(front.front().train.cost <= other.cost);
                QVERIFY(front.back().train.quality >= other.quality);
            }
            // Every corner of the hull of all combinations was found: none lies above the line
            // between two neighbours.
            for (size_t place = 1; place < front.size(); ++place) {
                const BranchedSums &from = front[place - 1].train;
                const BranchedSums &to = front[place].train;
                QVERIFY(from.cost < to.cost && from.quality < to.quality);
                for (const BranchedSums &other : all) {
                    const qint64 above = (other.quality - from.quality) * (to.cost - from.cost) -
                                         (to.quality - from.quality) * (other.cost - from.cost);
                    QVERIFY(above <= 0);
                }
            }
        }
    }

    void routedRowsAddUpToTheSumsOfTheBranches()
    {
        const qsizetype rows = 200;
        const CascadeColumns columns = randomColumns(7, 3, rows);
        const std::vector<qint32> portOf = randomPorts(7, 2, rows);
        const BranchedColumns divided = divideColumns(columns, portNames(2), portOf);
        const BranchedCascade cascade{{{.stages = 2, .model = {0, 2, -1}, .threshold = {0.5, 0}},
                                       {.stages = 1, .model = {1, -1, -1}}}};
        const RoutedRows routed = routedRows(columns, portOf, cascade);
        QCOMPARE(routed.rows, columns.rows);
        double quality = 0;
        qint64 cost = 0;
        for (size_t place = 0; place < routed.size(); ++place) {
            quality += double(routed.quality[place]);
            cost += routed.cost[place];
            QCOMPARE(routed.end[place] == ReplayEnd::Failed, portOf[place] < 0);
            QVERIFY(portOf[place] != 1 || routed.model[place] == 1);
        }
        const BranchedSums sums = evaluateBranches(divided, cascade);
        QCOMPARE(cost, sums.cost);
        QVERIFY(qAbs(quality - double(sums.quality) / kQualityUnits) < 1e-3);
        QCOMPARE(routed.count(ReplayEnd::Failed), qint64(divided.undecided));
    }

    void branchesAreBetterThanOneCascadeForAll()
    {
        // "a" is right behind the first port and "b" behind the second, at the same price.
        CascadeColumns columns = randomColumns(3, 2, 40);
        std::vector<qint32> portOf;
        for (size_t row = 0; row < 40; ++row) {
            portOf.push_back(qint32(row % 2));
            for (size_t model = 0; model < 2; ++model) {
                columns.models[model].quality[row] = qualityUnits(row % 2 == model);
                columns.models[model].cost[row] = 100;
                columns.models[model].score[row] = 0.5; // says nothing
            }
        }
        const BranchedColumns divided = divideColumns(columns, portNames(2), portOf);
        const auto choice = chooseBranches(divided, divided, kMatch, {.grid = 0});
        QVERIFY(choice && choice->chosen);
        QCOMPARE(choice->chosen->validation.quality, 40 * qualityUnits(1));
        QCOMPARE(choice->chosen->validation.cost, 40 * 100);
        QCOMPARE(choice->singles[choice->bestSingle].validation.quality, 20 * qualityUnits(1));
        QCOMPARE(choice->chosen->cascade.branches[0].model[0], 0);
        QCOMPARE(choice->chosen->cascade.branches[1].model[0], 1);
    }

    void oneBranchIsChosenFromAsOneCascadeIs()
    {
        for (quint32 seed = 1; seed <= 10; ++seed) {
            const CascadeColumns train = randomColumns(seed, 3, 80);
            const CascadeColumns validation = randomColumns(seed + 50, 3, 80);
            const std::vector<qint32> all(80, 0);
            const auto branched =
                chooseBranches(divideColumns(train, portNames(1), all),
                               divideColumns(validation, portNames(1), all), kMatch, {.grid = 0});
            const auto plain = chooseCascade(train, validation, kMatch, {.grid = 0});
            QVERIFY(branched && branched->chosen && plain && plain->chosen);
            QCOMPARE(branched->chosen->validation.cost, plain->chosen->validation.cost);
            QCOMPARE(branched->chosen->validation.quality, plain->chosen->validation.quality);
        }
    }

    void wishesAndLimitsAreKept()
    {
        for (quint32 seed = 1; seed <= 6; ++seed) {
            const CascadeColumns columns = randomColumns(seed, 3, 200);
            const BranchedColumns divided =
                divideColumns(columns, portNames(2), randomPorts(seed, 2, 200));
            const auto match = chooseBranches(divided, divided, kMatch, {});
            QVERIFY(match && match->chosen);
            QVERIFY(match->chosen->validation.quality >=
                    match->singles[match->bestSingle].validation.quality);
            const double cheapest = costPer1k({.cost = match->front.front().validation.cost}, 200);
            const double dearest = costPer1k({.cost = match->front.back().validation.cost}, 200);
            const double budget = (cheapest + dearest) / 2;
            const auto within = chooseBranches(divided, divided, {.budgetPer1k = budget}, {});
            QVERIFY(within && within->chosen);
            QVERIFY(costPer1k({.cost = within->chosen->validation.cost}, 200) <= budget);
            for (const BranchedCandidate &each : within->front) {
                QVERIFY(costPer1k({.cost = each.validation.cost}, 200) > budget ||
                        each.validation.quality <= within->chosen->validation.quality);
            }
            SearchOptions options;
            options.latencyP95 = std::chrono::nanoseconds(1'500);
            const auto quick = chooseBranches(divided, divided, {}, options);
            QVERIFY(quick && quick->chosen);
            qint64 late = 0;
            for (size_t branch = 0; branch < 2; ++branch)
                late += evaluateCascade(divided.branches[branch],
                                        quick->chosen->cascade.branches[branch], 1'500)
                            .late;
            QVERIFY(late * 20 <= divided.count());
        }
    }

    void aBranchWithoutRowsGetsTheModelThatIsBestOverAll()
    {
        CascadeColumns columns = randomColumns(5, 2, 30);
        for (qint64 &quality : columns.models[1].quality)
            quality = qualityUnits(1);
        for (qint64 &quality : columns.models[0].quality)
            quality = 0;
        const BranchedColumns divided =
            divideColumns(columns, portNames(2), std::vector<qint32>(30, 0));
        const auto choice = chooseBranches(divided, divided, {}, {});
        QVERIFY(choice && choice->chosen);
        QCOMPARE(choice->chosen->cascade.branches[1].model[0], 1);
        QCOMPARE(choice->chosen->cascade.branches[1].stages, 1);
    }
};

QTEST_GUILESS_MAIN(TestBranchedSearch)
#include "tst_branched_search.moc"
