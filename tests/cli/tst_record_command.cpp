#include "core/evaluation/datasets/dataset_store.h"
#include "core/ledger/ledger.h"
#include "core/simulation/practice_prompts.h"
#include "tests/cli/ctl_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace headgate;
using namespace headgate::evaluation;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPrompts = 60;

QByteArray promptLines()
{
    QByteArray lines;
    for (const auto &prompt : simulation::practicePrompts().first(kPrompts))
        lines += compactJson({{"id", toStdString(prompt.id)},
                              {"prompt", toStdString(prompt.prompt)},
                              {"expected", toStdString(prompt.answer)}}) +
                 '\n';
    return lines;
}

} // namespace

// The real binary against the simulated fleet, as people and scripts use it.
class TestRecordCommand final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(m_folder->filePath(u"prompts.jsonl"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(promptLines());
    }

    void withoutACapItOnlySaysWhatItWouldTake()
    {
        const CtlEnded printed =
            record({u"--import"_s, u"prompts.jsonl"_s, u"--grader"_s, u"contains"_s, u"--json"_s});
        QCOMPARE(printed.code, 0);
        const Json estimate = printed.json().at("estimate");
        QCOMPARE(estimate.at("calls").get<int>(), 4 * kPrompts);
        QVERIFY(estimate.at("least_cost_usd") < estimate.at("most_cost_usd"));
        QVERIFY(estimate.at("likely_cost_usd").is_null());
        QVERIFY(!printed.json().contains("recording"));
        QVERIFY(printed.err.contains("Nothing was asked. Add --cap-usd AMOUNT to record."));
        QCOMPARE(outcomes(), 0);
    }

    void whatIsRecordedIsWhatEvaluateReads()
    {
        QCOMPARE(record({u"--import"_s, u"prompts.jsonl"_s, u"--grader"_s, u"contains"_s}).code, 0);
        const CtlEnded printed = record({u"--cap-usd"_s, u"5"_s, u"--concurrency"_s, u"64"_s,
                                         u"--out"_s, u"o.jsonl"_s, u"--json"_s});
        QCOMPARE(printed.code, 0);
        const Json recording = printed.json().at("recording");
        QCOMPARE(recording.at("end"), "done");
        QCOMPARE(recording.at("kept").get<int>(), 4 * kPrompts);
        const CtlEnded evaluated = run({u"evaluate"_s, u"example:frugal-cascade"_s, u"--outcomes"_s,
                                        u"o.jsonl"_s, u"--json"_s});
        QCOMPARE(evaluated.code, 0);
        QCOMPARE(evaluated.json().at("n").get<int>(), kPrompts);
        // Every call is in the ledger, as recorded.
        const auto ledger = ledger::Ledger::open(m_folder->filePath(u"l.sqlite"_s)).value();
        ledger::SpendFilter recorded;
        recorded.origin = engine::RunOrigin::Recorded;
        QCOMPARE(ledger->totals(recorded)->runs, 4 * kPrompts);
        QCOMPARE(ledger->totals()->runs, 4 * kPrompts);
        QCOMPARE(ledger->totals()->cost.toUsd(), recording.at("cost_usd").get<double>());
        const Json summary =
            run({u"ledger"_s, u"summary"_s, u"--ledger"_s, u"l.sqlite"_s, u"--json"_s}).json();
        QCOMPARE(summary.at("recorded_runs").get<int>(), 4 * kPrompts);
        QCOMPARE(summary.at("recorded_cost_nanousd"), summary.at("cost_nanousd"));
        // The file holds what the database holds, to the nano-dollar.
        const CtlEnded again = record({u"--cap-usd"_s, u"5"_s, u"--json"_s});
        QCOMPARE(again.json().at("recording").at("kept").get<int>(), 0);
        QCOMPARE(again.json().at("recording").at("cost_usd").get<double>(), 0.0);
    }

    void aKilledRecordingGoesOnWithoutPayingTwice()
    {
        QCOMPARE(record({u"--import"_s, u"prompts.jsonl"_s, u"--grader"_s, u"contains"_s}).code, 0);
        QProcess process;
        begin(process, {u"--cap-usd"_s, u"5"_s, u"--concurrency"_s, u"4"_s});
        QVERIFY(QTest::qWaitFor([&] { return outcomes() >= 20; }, 30'000));
        ::kill(pid_t(process.processId()), SIGKILL);
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        const int kept = outcomes();
        QVERIFY(kept >= 20 && kept < 4 * kPrompts);
        const CtlEnded rest =
            record({u"--cap-usd"_s, u"5"_s, u"--concurrency"_s, u"64"_s, u"--json"_s});
        QCOMPARE(rest.code, 0);
        QCOMPARE(rest.json().at("estimate").at("calls").get<int>(), 4 * kPrompts - kept);
        QCOMPARE(rest.json().at("recording").at("kept").get<int>(), 4 * kPrompts - kept);
        QCOMPARE(outcomes(), 4 * kPrompts);
    }

    void ctrlCKeepsWhatIsThere()
    {
        QCOMPARE(record({u"--import"_s, u"prompts.jsonl"_s}).code, 0);
        QProcess process;
        begin(process, {u"--cap-usd"_s, u"5"_s, u"--concurrency"_s, u"4"_s});
        QVERIFY(QTest::qWaitFor([&] { return outcomes() >= 8; }, 30'000));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardOutput().contains(
            "Stopped. The same command goes on with the rest."));
        QVERIFY(outcomes() >= 8 && outcomes() < 4 * kPrompts);
    }

    void aCapThatIsTooSmallSaysWhatACallCanCost()
    {
        QCOMPARE(record({u"--import"_s, u"prompts.jsonl"_s}).code, 0);
        const CtlEnded printed = record({u"--cap-usd"_s, u"0.001"_s, u"--model"_s, u"Albatross"_s});
        QVERIFY(printed.out.contains("Of the cap, $0.001 is left, and a call of"));
        QCOMPARE(outcomes(), 0);
    }

    void wrongInputIsASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("no data set") << QStringList{u"--dataset"_s, u"nix"_s} << 1
                                     << QByteArray("There are no data sets yet.");
        QTest::newRow("cap") << QStringList{u"--cap-usd"_s, u"-1"_s} << 2
                             << QByteArray("--cap-usd is an amount in USD above 0");
        QTest::newRow("grader") << QStringList{u"--grader"_s,
                                               u"{\"kind\":\"regex\",\"pattern\":\"(\"}"_s}
                                << 2 << QByteArray("--grader: ");
        QTest::newRow("model") << QStringList{u"--import"_s, u"prompts.jsonl"_s, u"--model"_s,
                                              u"x"_s}
                               << 1 << QByteArray("no model “x” to be recorded");
        QTest::newRow("no such file")
            << QStringList{u"--import"_s, u"none.csv"_s} << 1 << QByteArray("none.csv");
    }

    void wrongInputIsASentence()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, code);
        QFETCH(const QByteArray, sentence);
        const CtlEnded printed = record(arguments);
        QCOMPARE(printed.code, code);
        QVERIFY2(printed.err.contains(sentence), printed.err.constData());
    }

private:
    QStringList recordArguments(const QStringList &more) const
    {
        QStringList arguments{u"record"_s,     u"example:frugal-cascade"_s,
                              u"--datasets"_s, u"d.sqlite"_s,
                              u"--ledger"_s,   u"l.sqlite"_s};
        if (!more.contains(u"--dataset"_s))
            arguments += {u"--dataset"_s, u"practice"_s};
        return arguments + more;
    }

    CtlPlace place() const { return {.home = m_folder->path(), .folder = m_folder->path()}; }
    void begin(QProcess &process, const QStringList &more) const
    {
        startCtl(process, recordArguments(more), place());
        QVERIFY(process.waitForStarted());
    }
    CtlEnded run(const QStringList &arguments) const { return runCtl(arguments, place()); }
    CtlEnded record(const QStringList &more) const { return run(recordArguments(more)); }

    // Kept in the first data set so far.
    int outcomes() const
    {
        const auto store = DatasetStore::open(m_folder->filePath(u"d.sqlite"_s));
        const auto all = store ? (*store)->datasets() : Result<QList<DatasetSummary>>();
        if (!all || all->isEmpty())
            return 0;
        return int((*store)->outcomesOf(all->constFirst().id, 1, kPrompts)->size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestRecordCommand)
#include "tst_record_command.moc"
