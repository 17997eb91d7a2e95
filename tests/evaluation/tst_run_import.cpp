#include "core/evaluation/datasets/run_import.h"
#include "core/ledger/ledger.h"
#include "sample_traces.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::evaluation;
using namespace headgate::test;
using namespace Qt::StringLiterals;

class TestRunImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = DatasetStore::open(m_folder->filePath(u"workspace.sqlite"_s)).value();
        m_ledger = ledger::Ledger::open(m_folder->filePath(u"ledger.sqlite"_s)).value();
    }
    void cleanup()
    {
        m_store.reset();
        m_ledger.reset();
    }

    void theConversationsOfRunsBecomeADataSet()
    {
        const engine::RunTrace first = sampleTrace(u"r1"_s, 1);
        engine::RunTrace second = sampleTrace(u"r2"_s, 2);
        second.query.messages = {{Message::Role::User, u"Just this."_s, Json::object()}};
        record(first);
        record(second);
        const auto report = importRuns({.filter = {}, .name = u"traffic"_s}, *m_ledger, *m_store);
        QVERIFY2(report, report ? "" : qPrintable(report.error().message));
        const QList<DatasetPrompt> prompts = promptsOf(report->dataset.id);
        QCOMPARE(prompts.size(), 2);
        QCOMPARE(prompts[0].id, u"r2"_s); // the newest first
        QCOMPARE(prompts[0].prompt, u"Just this."_s);
        QVERIFY(prompts[0].messages.isEmpty());
        QCOMPARE(prompts[1].prompt, first.query.prompt());
        QVERIFY(prompts[1].messages == first.query.messages);
        QCOMPARE(prompts[1].subset, first.policyName);
        QCOMPARE(prompts[1].metadata, first.query.metadata);
        QVERIFY(prompts[1].expected.isEmpty());
    }

    void runsWithoutTextsAreCounted()
    {
        record(sampleTrace(u"kept"_s, 1));
        record(sampleTrace(u"private"_s, 2), false);
        const auto report = importRuns({.filter = {}, .name = u"traffic"_s}, *m_ledger, *m_store);
        QVERIFY(report);
        QCOMPARE(report->dataset.prompts(), 1);
        QCOMPARE(report->withoutTexts, 1);
    }

    void onlyRunsOfTheFilterAreTaken()
    {
        engine::RunTrace mine = sampleTrace(u"mine"_s, 1);
        mine.policyName = u"mine"_s;
        record(mine);
        engine::RunTrace other = sampleTrace(u"other"_s, 2);
        other.policyName = u"other"_s;
        record(other);
        ledger::SpendFilter filter;
        filter.policyName = u"mine"_s;
        const auto report = importRuns({.filter = filter, .name = u"d"_s}, *m_ledger, *m_store);
        QVERIFY(report);
        QCOMPARE(promptsOf(report->dataset.id).size(), 1);
        QCOMPARE(promptsOf(report->dataset.id)[0].id, u"mine"_s);
    }

    void aLedgerWithoutTextsMakesNoDataSet()
    {
        record(sampleTrace(u"private"_s, 2), false);
        const auto report = importRuns({.filter = {}, .name = u"d"_s}, *m_ledger, *m_store);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::NotFound);
        QVERIFY(m_store->datasets()->isEmpty());
    }

    void manyRunsAreReadPageByPageAndCanBeStopped()
    {
        for (int i = 0; i < 520; ++i)
            record(sampleTrace(QString::number(i), quint32(i)));
        std::stop_source stop;
        const auto stopped = importRuns(
            {.filter = {}, .name = u"d"_s}, *m_ledger, *m_store,
            [&stop](qint64) { stop.request_stop(); }, stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QVERIFY(m_store->datasets()->isEmpty());
        QList<qint64> reports;
        const auto report = importRuns({.filter = {}, .name = u"d"_s}, *m_ledger, *m_store,
                                       [&reports](qint64 runs) { reports.append(runs); });
        QVERIFY(report);
        QCOMPARE(report->dataset.prompts(), 520);
        QCOMPARE(reports, (QList<qint64>{500, 520}));
    }

private:
    void record(const engine::RunTrace &trace, bool keepTexts = true)
    {
        if (!m_ledger->record(trace, keepTexts))
            qFatal("a run was not recorded");
    }

    QList<DatasetPrompt> promptsOf(DatasetId id) const
    {
        QList<DatasetPrompt> list;
        (void)m_store->readPrompts(id, [&list](const StoredPrompt &each) {
            list.append(each.prompt);
            return true;
        });
        return list;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DatasetStore> m_store;
    std::unique_ptr<ledger::Ledger> m_ledger;
};

QTEST_GUILESS_MAIN(TestRunImport)
#include "tst_run_import.moc"
