#include "core/evaluation/optimizer/cascade_choice.h"
#include "core/evaluation/optimizer/cascade_policy.h"
#include "core/evaluation/outcome_builder.h"
#include "core/evaluation/replay.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <numeric>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

// "small" is cheap, right on half of the prompts and knows when; "large" is right on nine of ten.
OutcomeTable tellingTable(qsizetype rows, quint32 seed = 1)
{
    QRandomGenerator random(seed);
    OutcomeBuilder builder;
    for (qsizetype row = 0; row < rows; ++row) {
        const bool easy = random.bounded(2) == 0;
        Outcome small;
        small.quality = easy;
        small.cost = Money::fromNanos(1'000);
        small.checkCost = Money::fromNanos(10);
        small.confidence =
            std::log(easy ? 0.8 + random.bounded(20) / 100.0 : 0.2 + random.bounded(50) / 100.0);
        small.latencyMs = 20;
        Outcome large;
        large.quality = random.bounded(10) > 0;
        large.cost = Money::fromNanos(20'000);
        large.latencyMs = 200;
        const QByteArray name = "prompt " + QByteArray::number(row);
        if (!builder.addRow(name, name, {}) || !builder.add("small", small) ||
            !builder.add("large", large))
            qFatal("refused");
    }
    return builder.take();
}

CascadeColumns columnsOf(const OutcomeTable &table, Part part,
                         const CascadeColumnsOptions &options = {})
{
    auto columns = cascadeColumns(table, table.rowsOf(part), options);
    if (!columns)
        qFatal("%s", qPrintable(columns.error().message));
    return *columns;
}

policy::Model deployment(const QString &name)
{
    policy::Model model;
    model.provider = u"local"_s;
    model.model = name;
    return model;
}

} // namespace

class TestCascadeChoice final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCheapestThatMatchesTheBestSingleModelIsACascade()
    {
        const OutcomeTable table = tellingTable(2'000);
        const CascadeColumns train = columnsOf(table, Part::Train);
        const CascadeColumns validation = columnsOf(table, Part::Validation);
        const auto choice =
            chooseCascade(train, validation, {.budgetPer1k = {}, .matchBestSingle = true}, {});
        QVERIFY(choice && choice->chosen);
        QCOMPARE(train.models[choice->bestSingle].name, u"large"_s);
        const Candidate &chosen = *choice->chosen;
        const CascadeSums &single = choice->singles[choice->bestSingle].validation;
        QCOMPARE(chosen.cascade.stages, 2);
        QVERIFY(chosen.validation.quality >= single.quality);
        QVERIFY(chosen.validation.cost < single.cost * 6 / 10);
        for (const Candidate &other : choice->front) {
            QVERIFY(other.validation.quality < single.quality ||
                    other.validation.cost >= chosen.validation.cost);
        }
    }

    void theBudgetIsKeptOnTheRowsThatChoose()
    {
        const OutcomeTable table = tellingTable(2'000);
        const CascadeColumns validation = columnsOf(table, Part::Validation);
        const double budget = 0.008; // "small" alone costs 0.001, "large" 0.02
        const auto choice =
            chooseCascade(columnsOf(table, Part::Train), validation, {.budgetPer1k = budget}, {});
        QVERIFY(choice && choice->chosen);
        QVERIFY(costPer1k(choice->chosen->validation, validation.count()) <= budget);
        for (const Candidate &other : choice->front) {
            QVERIFY(costPer1k(other.validation, validation.count()) > budget ||
                    other.validation.quality <= choice->chosen->validation.quality);
        }
        const auto none =
            chooseCascade(columnsOf(table, Part::Train), validation, {.budgetPer1k = 0.0001}, {});
        QVERIFY(none);
        QVERIFY(!none->chosen);
    }

    void theLatencyLimitIsKeptOnTheRowsThatChoose()
    {
        OutcomeTable table = tellingTable(1'000);
        for (const qint32 row : table.rowsOf(Part::Validation))
            table.models[1].latencyMs[size_t(row)] = 500; // elsewhere 200
        const CascadeColumns train = columnsOf(table, Part::Train);
        const CascadeColumns validation = columnsOf(table, Part::Validation);
        SearchOptions options;
        options.latencyP95 = std::chrono::milliseconds(300);
        const auto choice = chooseCascade(train, validation, {}, options);
        QVERIFY(choice && choice->chosen);
        QVERIFY(keepsLatency(train, choice->chosen->cascade, options.latencyP95));
        QVERIFY(keepsLatency(validation, choice->chosen->cascade, options.latencyP95));
        options.latencyP95 = std::chrono::milliseconds(600);
        const auto slower = chooseCascade(train, validation, {}, options);
        QVERIFY(slower && slower->chosen);
        QVERIFY(slower->chosen->validation.quality > choice->chosen->validation.quality);
        table.models[1].latencyMs[size_t(table.rowsOf(Part::Validation).front())] = kNotMeasured;
        const auto unknown = chooseCascade(train, columnsOf(table, Part::Validation), {}, options);
        QVERIFY(!unknown);
        QVERIFY2(unknown.error().message.contains(u"latency of “large” was not measured"),
                 qPrintable(unknown.error().message));
    }

    void theDrawnPolicyDoesWhatTheSearchSaid()
    {
        const OutcomeTable table = tellingTable(600);
        const CascadeColumns columns = columnsOf(table, Part::Train);
        const auto front = searchCascades(columns);
        QVERIFY(front);
        int drawn = 0;
        for (const CascadePoint &point : front->points) {
            const auto document = cascadePolicy(columns, point.cascade, u"large"_s, deployment);
            const auto policy = engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                                                scorers::builtinScorers());
            QVERIFY2(policy, policy ? "" : qPrintable(policy.error().message));
            const auto inputs = bindReplay(**policy, table);
            QVERIFY2(inputs, inputs ? "" : qPrintable(inputs.error().message));
            const ReplayResult result = replay((*policy)->compiled(), *inputs, columns.rows);
            CascadeSums sums;
            for (size_t row = 0; row < columns.rows.size(); ++row) {
                sums.quality += qualityUnits(result.quality[row]);
                sums.cost += result.cost[row];
            }
            QCOMPARE(sums.quality, point.sums.quality);
            QCOMPARE(sums.cost, point.sums.cost);
            ++drawn;
            // And what was drawn is read back.
            QVERIFY(cascadeIn(document, columns) == point.cascade);
            if (point.cascade.stages < 2)
                continue;
            Cascade moved = point.cascade;
            moved.threshold[0] = 0.125;
            QVERIFY(cascadeIn(withThresholds(document, columns, moved), columns) == moved);
        }
        QVERIFY(drawn > 5);
    }

    void anotherDrawingIsNoCascade()
    {
        const OutcomeTable table = tellingTable(50);
        const CascadeColumns columns = columnsOf(table, Part::Train);
        const Cascade cascade{.stages = 2, .model = {0, 1, -1}, .threshold = {0.5, 0}};
        const auto drawn = cascadePolicy(columns, cascade, {}, deployment);
        auto other = drawn;
        other.models[0].name = other.models[0].model = u"unknown"_s;
        QVERIFY(!cascadeIn(other, columns));
        other = drawn;
        for (policy::Node &node : other.nodes) {
            if (node.kind == "gate"_L1)
                node.config["scorers"] = Json::array({{{"kind", "refusal"}}});
        }
        QVERIFY(!cascadeIn(other, columns));
        other = drawn;
        other.wires.removeLast();
        QVERIFY(!cascadeIn(other, columns));
        QVERIFY(!cascadeIn({}, columns));
    }

    void rowsAddUpToTheSums()
    {
        const OutcomeTable table = tellingTable(300);
        const CascadeColumns columns = columnsOf(table, Part::Train);
        const Cascade cascade{.stages = 2, .model = {0, 1, -1}, .threshold = {0.5, 0}};
        const CascadeSums sums = evaluateCascade(columns, cascade);
        const CascadeRows rows = walkCascade(columns, cascade);
        QCOMPARE(std::accumulate(rows.quality.begin(), rows.quality.end(), qint64(0)),
                 sums.quality);
        QCOMPARE(std::accumulate(rows.cost.begin(), rows.cost.end(), qint64(0)), sums.cost);
        QCOMPARE(std::count(rows.stage.begin(), rows.stage.end(), 1), sums.answered[1]);
    }

    void rowsThatAModelDidNotAnswerAreLeftOutAndCounted()
    {
        OutcomeTable table = tellingTable(50);
        table.models[0].quality[3] = kNotMeasured;
        table.models[1].cost[4] = kNoCost;
        const auto columns = cascadeColumns(table, table.allRows());
        QVERIFY(columns);
        QCOMPARE(columns->count(), 48);
        QCOMPARE(columns->incomplete, 2);
        // What one check cost is not known, and is not taken for nothing.
        OutcomeTable unchecked = table;
        unchecked.models[0].checkCost[5] = kNoCost;
        QCOMPARE(cascadeColumns(unchecked, unchecked.allRows())->incomplete, 3);
        unchecked.models[0].checkCost.clear();
        QCOMPARE(cascadeColumns(unchecked, unchecked.allRows())->incomplete, 2);
        const auto large =
            cascadeColumns(table, table.allRows(), {.leaveOut = {u"small"_s}, .costPerCall = {}});
        QVERIFY(large);
        QCOMPARE(large->count(), 49);
    }

    void aModelWithoutCostsIsNamedUnlessItsCostIsSaid()
    {
        OutcomeTable table = tellingTable(20);
        table.models[1].cost.clear();
        auto columns = cascadeColumns(table, table.allRows());
        QVERIFY(!columns);
        QVERIFY2(columns.error().message.contains(u"no cost of: large"),
                 qPrintable(columns.error().message));
        columns =
            cascadeColumns(table, table.allRows(),
                           {.leaveOut = {}, .costPerCall = {{u"large"_s, Money::fromNanos(77)}}});
        QVERIFY(columns);
        QCOMPARE(columns->models[1].cost[0], 77);
        columns =
            cascadeColumns(table, table.allRows(), {.leaveOut = {u"huge"_s}, .costPerCall = {}});
        QVERIFY(!columns);
        QVERIFY(columns.error().message.contains(u"no model “huge”"));
    }
};

QTEST_GUILESS_MAIN(TestCascadeChoice)
#include "tst_cascade_choice.moc"
