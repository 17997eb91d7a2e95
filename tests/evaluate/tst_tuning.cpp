#include "tests/support/scarcity.h"
#include "tests/support/telling_outcomes.h"
#include "ui/evaluate/tuning_job.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

TuningJob::Load reading(const QString &path)
{
    return [path](const evaluation::ReadProgress &progress, std::stop_token stop) {
        return loadOutcomes(path, progress, std::move(stop));
    };
}

} // namespace

class TestTuning final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAThreadItSaysSoAndGoesOnLater()
    {
        TuningJob job;
        QSignalSpy failed(&job, &TuningJob::failed);
        QSignalSpy ended(&job, &TuningJob::ended);
        {
            const test::NoThreads none;
            job.load(reading(u"none.jsonl"_s));
            QVERIFY(job.isRunning());
            QTRY_COMPARE(ended.size(), 1);
        }
        QVERIFY(!job.isRunning());
        QVERIFY(failed.at(0).at(0).toString().contains(u"no further thread"_s));
        job.load(reading(u"none.jsonl"_s));
        QTRY_COMPARE(ended.size(), 2);
        QVERIFY(failed.at(1).at(0).toString().contains(u"none.jsonl"_s));
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
        job.load(reading(path));
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
        job.search(outcomes, {.models = {}, .search = {}, .wish = {.matchBestSingle = true}});
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
        job.load(reading(path));
        job.cancel();
        QCOMPARE(ended.size(), 1);
        job.load(reading(folder.filePath(u"none.jsonl"_s))); // waits for the thread, then fails
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(u"none.jsonl"));
        QVERIFY(loaded.isEmpty());
        QCOMPARE(ended.size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestTuning)
#include "tst_tuning.moc"
