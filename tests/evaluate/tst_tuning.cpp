#include "tests/support/telling_outcomes.h"
#include "ui/evaluate/tuning_job.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using evaluation::Cascade;
using evaluation::CascadeColumn;
using evaluation::CascadeColumns;

namespace {

// Two models on four rows: "a" is right on the first two, "b" on the first three.
CascadeColumns fourRows()
{
    CascadeColumns columns;
    columns.rows = {0, 1, 2, 3};
    const auto model = [](const QString &name, const std::vector<float> &qualities, qint64 cost) {
        CascadeColumn column;
        column.name = name;
        for (const float quality : qualities)
            column.quality.push_back(evaluation::qualityUnits(quality));
        column.cost.assign(qualities.size(), cost);
        column.checkCost.assign(qualities.size(), 0);
        column.score = {0.9, 0.8, 0.3, 0.2};
        return column;
    };
    columns.models = {model(u"a"_s, {1, 1, 0, 0}, 1'000), model(u"b"_s, {1, 1, 1, 0}, 10'000)};
    return columns;
}

const Cascade kA{.stages = 1, .model = {0, -1, -1}};
const Cascade kB{.stages = 1, .model = {1, -1, -1}};
const Cascade kBoth{.stages = 2, .model = {0, 1, -1}, .threshold = {0.5, 0}};

} // namespace

class TestTuning final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSavingStandsBesideTheDifferenceInQuality()
    {
        const CascadeComparison comparison = compareCascades(fourRows(), kA, kB);
        QCOMPARE(comparison.rows, 4);
        QCOMPARE(comparison.quality, 0.5);
        QCOMPARE(comparison.costPer1k, 0.001);
        QCOMPARE(comparison.saving, 0.9);
        QCOMPARE(comparison.difference.value, -0.25);
        QCOMPARE(comparison.difference.n, 4);
        QVERIFY(comparison.difference.low < -0.25 && comparison.difference.high <= 0);
        // Differences 0, 0, -1, 0, so s = 0.5: (1.96 * 0.5 / 0.25)^2 = 15.37 rows, of which 4 are
        // there.
        QCOMPARE(comparison.rowsNeeded.value_or(-1), 12);
    }

    void manyRowsHaveTheIntervalThatTheBootstrapComesTo()
    {
        CascadeColumns few = fourRows();
        CascadeColumns many = few;
        for (int copy = 1; copy < 2'000; ++copy) {
            for (size_t model = 0; model < 2; ++model) {
                const auto repeat = [](auto &to, const auto &from) {
                    to.insert(to.end(), from.begin(), from.end());
                };
                repeat(many.models[model].quality, few.models[model].quality);
                repeat(many.models[model].cost, few.models[model].cost);
                repeat(many.models[model].checkCost, few.models[model].checkCost);
                repeat(many.models[model].score, few.models[model].score);
            }
            many.rows.insert(many.rows.end(), few.rows.begin(), few.rows.end());
        }
        const CascadeComparison comparison = compareCascades(many, kA, kB);
        QCOMPARE(comparison.rows, 8'000);
        QCOMPARE(comparison.difference.value, -0.25);
        // s = sqrt(3/16) = 0.433: 1.96 * 0.433 / sqrt(8000) = 0.0095.
        QVERIFY(qAbs(comparison.difference.high + 0.25 - 0.0095) < 1e-4);
        QVERIFY(comparison.difference.excludesZero());
        QVERIFY(!comparison.rowsNeeded);
    }

    void theCascadeAnswersWhereItIsSure()
    {
        const CascadeComparison comparison = compareCascades(fourRows(), kBoth, kB);
        QCOMPARE(comparison.quality, 0.75);
        QCOMPARE(comparison.difference.value, 0.0);
        QCOMPARE(comparison.shares, (std::vector<double>{0.5, 0.5}));
        QVERIFY(!comparison.rowsNeeded);
        // Four calls of "a" and two of "b" against four of "b".
        QCOMPARE(comparison.saving, 1 - 24'000.0 / 40'000.0);
        QCOMPARE(cascadeName(fourRows(), kBoth), u"a → b"_s);
    }

    void aFileIsReadAndSearchedOffTheCallersThread()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"outcomes.jsonl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(test::tellingOutcomes(2'500));
        file.close();
        TuningJob job;
        QSignalSpy loaded(&job, &TuningJob::loaded);
        QSignalSpy ended(&job, &TuningJob::ended);
        QSignalSpy progressed(&job, &TuningJob::progressed);
        job.load(path);
        QVERIFY(job.isRunning());
        QVERIFY(loaded.isEmpty());
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(loaded.size(), 1);
        QVERIFY(!progressed.isEmpty());
        const auto outcomes = loaded[0][0].value<std::shared_ptr<const LoadedOutcomes>>();
        QCOMPARE(outcomes->table->rows, 2'500);
        QCOMPARE(outcomes->name, u"outcomes.jsonl"_s);
        QCOMPARE(outcomes->commonPrefix, 7); // "Prompt "
        QCOMPARE(outcomes->train.count() + outcomes->validation.count() + outcomes->test.count(),
                 2'500);

        QSignalSpy searched(&job, &TuningJob::searched);
        job.search(outcomes, {});
        QTRY_COMPARE(searched.size(), 1);
        QVERIFY(!job.isRunning());
        const auto choice = searched[0][0].value<evaluation::CascadeChoice>();
        QVERIFY(choice.searched > 1'000);
        QVERIFY(choice.chosen.has_value());
    }

    void whatIsCancelledSaysNothingMore()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"outcomes.jsonl"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(test::tellingOutcomes(20'000));
        file.close();
        TuningJob job;
        QSignalSpy loaded(&job, &TuningJob::loaded);
        QSignalSpy failed(&job, &TuningJob::failed);
        QSignalSpy ended(&job, &TuningJob::ended);
        job.load(path);
        job.cancel();
        QCOMPARE(ended.size(), 1);
        job.load(folder.filePath(u"none.jsonl"_s)); // waits for the thread, then fails
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(u"none.jsonl"));
        QVERIFY(loaded.isEmpty());
        QCOMPARE(ended.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestTuning)
#include "tst_tuning.moc"
