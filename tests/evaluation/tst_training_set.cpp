#include "core/evaluation/outcome_builder.h"
#include "core/evaluation/training/training_set_from_outcomes.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;
using learning::TargetKind;

namespace {

constexpr double kNone = -1; // stands for an outcome that is missing

struct Row
{
    double small = kNone;
    double medium = kNone;
    double large = kNone;
    QByteArray label{};
};

// Three models that cost 1, 2 and 4 thousandths of a dollar.
OutcomeTable tableOf(const QList<Row> &rows, bool withAnswers = false)
{
    OutcomeBuilder builder({.prompts = true, .answers = true});
    int number = 0;
    for (const Row &row : rows) {
        const QByteArray name = "p" + QByteArray::number(number++);
        if (!builder.addRow(name, "prompt " + name, "task", row.label))
            qFatal("no row");
        const std::pair<QByteArray, double> outcomes[] = {
            {"small", row.small}, {"medium", row.medium}, {"large", row.large}};
        int thousandths = 1;
        for (const auto &[model, quality] : outcomes) {
            Outcome outcome{.quality = quality};
            outcome.cost = Money::fromUsd(thousandths * 0.001).value();
            const QByteArray answer = model + " says " + name;
            if (withAnswers)
                outcome.answer = answer;
            if (quality != kNone && !builder.add(model, outcome))
                qFatal("no outcome");
            thousandths *= 2;
        }
    }
    return builder.take();
}

QStringList labelsOf(const OutcomeTable &table, const TargetRequest &request)
{
    const auto target = settleTarget(table, table.allRows(), request);
    if (!target)
        return {target.error().message};
    const TrainingRows rows = trainingSetFromOutcomes(table, table.allRows(), *target);
    QStringList labels;
    for (qsizetype row = 0; row < rows.set.rows(); ++row) {
        const auto targets = rows.set.targets.row(row);
        for (size_t at = 0; at < targets.size(); ++at) {
            if (targets[at] == 1)
                labels.append(target->outputs[qsizetype(at)]);
        }
    }
    return labels;
}

TargetRequest labels(NoneRight noneRight = NoneRight::Cheapest, QStringList names = {})
{
    TargetRequest request{.kind = TargetKind::Labels};
    request.difficulty = {.labels = std::move(names), .noneRight = noneRight};
    return request;
}

} // namespace

class TestTrainingSet final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void difficultyIsTheCheapestModelThatIsRight()
    {
        const OutcomeTable table = tableOf({{1, 0, 1}, {0, 1, 1}, {0, 0, 1}, {1, 1, 0}});
        QCOMPARE(labelsOf(table, labels()),
                 (QStringList{u"easy"_s, u"medium"_s, u"hard"_s, u"easy"_s}));
    }

    void whereNobodyIsRightTheRuleSaysWhatCounts()
    {
        const OutcomeTable table = tableOf({{1, 1, 1}, {0, 0, 0}, {0, 0, 1}});
        QCOMPARE(labelsOf(table, labels(NoneRight::Cheapest)),
                 (QStringList{u"easy"_s, u"easy"_s, u"hard"_s}));
        QCOMPARE(labelsOf(table, labels(NoneRight::Dearest)),
                 (QStringList{u"easy"_s, u"hard"_s, u"hard"_s}));
        QCOMPARE(labelsOf(table, labels(NoneRight::LeftOut)), (QStringList{u"easy"_s, u"hard"_s}));
        const auto target = settleTarget(table, table.allRows(), labels());
        QCOMPARE(trainingSetFromOutcomes(table, table.allRows(), *target).counts.noneRight, 1);
    }

    void aMissingOutcomeThatDecidesLeavesTheRowOutAndIsCounted()
    {
        // The first: small may have been right. The second: small was, whatever large did.
        const OutcomeTable table =
            tableOf({{kNone, 1, 1}, {1, kNone, kNone}, {0, 0, kNone}, {0, 0, 1}});
        const auto target = settleTarget(table, table.allRows(), labels());
        QVERIFY(target);
        const TrainingRows rows = trainingSetFromOutcomes(table, table.allRows(), *target);
        QCOMPARE(rows.row, (std::vector<qint32>{1, 3}));
        QCOMPARE(rows.counts.undecided, 2);
        QCOMPARE(rows.counts.missingOutcomes, 4);
        QCOMPARE(rows.counts.used, 2);
        QCOMPARE(rows.counts.byOutput, (std::vector<qsizetype>{1, 0, 1}));
    }

    void modelsOfTheSameCostAreOneStep()
    {
        OutcomeTable table = tableOf({{0, 1, 1}, {0, 0, 1}, {1, 0, 1}});
        table.models[1].cost = table.models[0].cost;
        const auto steps = costSteps(table, table.allRows(), std::vector<qsizetype>{0, 1, 2});
        QVERIFY(steps);
        QCOMPARE(*steps, (CostSteps{{0, 1}, {2}}));
        QCOMPARE(labelsOf(table, labels()), (QStringList{u"easy"_s, u"hard"_s, u"easy"_s}));
        table.models[2].cost = table.models[0].cost;
        QVERIFY(labelsOf(table, labels()).front().contains("cost the same"_L1));
    }

    void costsAreComparedOnThePromptsThatHaveThemAll()
    {
        // By its own mean "small" would be the dearest: it alone answered the dear prompt.
        OutcomeTable table = tableOf({{1, 1, 1}, {1, kNone, kNone}});
        table.models[0].cost[1] = 900'000'000;
        const auto steps = costSteps(table, table.allRows(), std::vector<qsizetype>{0, 1, 2});
        QVERIFY(steps);
        QCOMPARE(*steps, (CostSteps{{0}, {1}, {2}}));
    }

    void withoutCostsDifficultyIsRefusedUnlessTheOrderIsSaid()
    {
        OutcomeTable table = tableOf({{1, 0, 1}, {0, 1, 1}, {0, 0, 1}});
        for (ModelColumns &model : table.models)
            model.cost.clear();
        QVERIFY(labelsOf(table, labels()).front().contains("hold no cost of: small"_L1));
        TargetRequest request = labels();
        request.steps = {{0}, {2}};
        QCOMPARE(labelsOf(table, request), (QStringList{u"easy"_s, u"hard"_s, u"hard"_s}));
    }

    void labelsAreSharedOutOverTheSteps_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QStringList>("expected");
        QTest::addRow("two") << QStringList{u"a"_s, u"b"_s} << QStringList{u"a"_s, u"b"_s, u"b"_s};
        QTest::addRow("three") << QStringList{u"a"_s, u"b"_s, u"c"_s}
                               << QStringList{u"a"_s, u"b"_s, u"c"_s};
    }
    void labelsAreSharedOutOverTheSteps()
    {
        QFETCH(const QStringList, names);
        QFETCH(const QStringList, expected);
        const OutcomeTable table = tableOf({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        QCOMPARE(labelsOf(table, labels(NoneRight::Cheapest, names)), expected);
    }

    void labelsThatCannotBeAreRefusedWithASentence_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addRow("one") << QStringList{u"a"_s};
        QTest::addRow("twice") << QStringList{u"a"_s, u"a"_s};
        QTest::addRow("empty") << QStringList{u"a"_s, QString()};
        QTest::addRow("more than prices") << QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s};
    }
    void labelsThatCannotBeAreRefusedWithASentence()
    {
        QFETCH(const QStringList, names);
        const OutcomeTable table = tableOf({{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        const auto target =
            settleTarget(table, table.allRows(), labels(NoneRight::Cheapest, names));
        QVERIFY(!target);
        QCOMPARE(target.error().code, ErrorCode::InvalidInput);
        QVERIFY(target.error().message.endsWith(u'.'));
    }

    void labelsOfTheFileComeByFallingCount()
    {
        const OutcomeTable table =
            tableOf({{1, 1, 1, "rare"}, {1, 1, 1, "often"}, {1, 1, 1, "often"}, {1, 1, 1}});
        TargetRequest request{.kind = TargetKind::Labels, .labels = LabelSource::Label};
        const auto target = settleTarget(table, table.allRows(), request);
        QVERIFY(target);
        QCOMPARE(target->outputs, (QStringList{u"often"_s, u"rare"_s}));
        const TrainingRows rows = trainingSetFromOutcomes(table, table.allRows(), *target);
        QCOMPARE(rows.counts.withoutLabel, 1);
        QCOMPARE(rows.set.prompts.size(), 3);
        request.labels = LabelSource::Subset;
        const auto one = settleTarget(table, table.allRows(), request);
        QVERIFY(!one);
        QVERIFY(one.error().message.contains("task"_L1));
    }

    void aLabelThatTrainingDoesNotKnowIsLeftOutAndCounted()
    {
        const OutcomeTable table =
            tableOf({{1, 1, 1, "a"}, {1, 1, 1, "b"}, {1, 1, 1, "never seen"}});
        const std::vector<qint32> train{0, 1};
        const auto target =
            settleTarget(table, train, {.kind = TargetKind::Labels, .labels = LabelSource::Label});
        QVERIFY(target);
        const TrainingRows rows = trainingSetFromOutcomes(table, table.allRows(), *target);
        QCOMPARE(rows.set.rows(), 2);
        QCOMPARE(rows.counts.withoutLabel, 1);
    }

    void qualitiesThatAreMissingAreNotZero()
    {
        const OutcomeTable table = tableOf({{1, 1, 1}, {0.5, kNone, 0}, {kNone, kNone, kNone}});
        const auto target = settleTarget(table, table.allRows(), {.models = {0, 1}});
        QVERIFY(target);
        QCOMPARE(target->outputs, (QStringList{u"small"_s, u"medium"_s}));
        const TrainingRows rows = trainingSetFromOutcomes(table, table.allRows(), *target);
        QCOMPARE(rows.row, (std::vector<qint32>{0, 1}));
        QCOMPARE(rows.set.targets.values[2], 0.5F);
        QVERIFY(std::isnan(rows.set.targets.values[3]));
        QCOMPARE(rows.counts.missingOutcomes, 3);
        QCOMPARE(rows.counts.byOutput, (std::vector<qsizetype>{2, 1}));
    }

    void everyAnswerIsARowOfItsModel()
    {
        OutcomeTable table = tableOf({{1, 0, kNone}, {0.25, kNone, 1}}, true);
        const auto target = settleTarget(table, table.allRows(), {.kind = TargetKind::Rightness});
        QVERIFY(target);
        const TrainingRows rows = trainingSetFromOutcomes(table, table.allRows(), *target);
        QCOMPARE(rows.set.answering,
                 (QStringList{u"small"_s, u"medium"_s, u"small"_s, u"large"_s}));
        QCOMPARE(rows.set.answers.front(), u"small says p0"_s);
        QCOMPARE(rows.set.targets.values, (std::vector<float>{1, 0, 0.25F, 1}));
        QCOMPARE(rows.model, (std::vector<qsizetype>{0, 1, 0, 2}));
        const OutcomeTable silent = tableOf({{1, 0, 1}});
        const TrainingRows none = trainingSetFromOutcomes(silent, silent.allRows(), *target);
        QCOMPARE(none.set.rows(), 0);
        QCOMPARE(none.counts.withoutAnswer, 3);
    }

    void aSmallerDrawIsPartOfALargerOne()
    {
        std::vector<qint32> rows(100);
        for (qint32 row = 0; row < 100; ++row)
            rows[size_t(row)] = 3 * row;
        const auto some = drawnRows(rows, 10, 7);
        const auto more = drawnRows(rows, 40, 7);
        QCOMPARE(some.size(), 10u);
        QVERIFY(std::is_sorted(more.begin(), more.end()));
        QVERIFY(std::includes(more.begin(), more.end(), some.begin(), some.end()));
        QCOMPARE(drawnRows(rows, 10, 7), some);
        QVERIFY(drawnRows(rows, 10, 8) != some);
        QCOMPARE(drawnRows(rows, 0, 7), rows);
    }

    void shuffledTargetsAreTheSameTargetsElsewhere()
    {
        learning::TrainingSet set;
        set.targets.columns = 2;
        for (int row = 0; row < 50; ++row) {
            set.prompts.append(QString::number(row));
            set.targets.values.insert(set.targets.values.end(), {float(row), -float(row)});
        }
        const learning::TrainingSet shuffled = withShuffledTargets(set, 1);
        QCOMPARE(shuffled.prompts, set.prompts);
        QVERIFY(shuffled.targets.values != set.targets.values);
        std::vector<float> firsts;
        for (qsizetype row = 0; row < 50; ++row) {
            const auto targets = shuffled.targets.row(row);
            QCOMPARE(targets[1], -targets[0]); // rows stay whole
            firsts.push_back(targets[0]);
        }
        std::sort(firsts.begin(), firsts.end());
        for (int row = 0; row < 50; ++row)
            QCOMPARE(firsts[size_t(row)], float(row));
    }
};

QTEST_GUILESS_MAIN(TestTrainingSet)
#include "tst_training_set.moc"
