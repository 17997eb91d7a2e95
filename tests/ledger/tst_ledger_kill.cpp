#include "core/ledger/ledger.h"
#include "sample_traces.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace headgate;
using namespace headgate::ledger;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kKills = 200;
constexpr int kKillsPerFile = 20;

// Starts a process that records runs, kills it at a random moment and returns the runs that it
// said were recorded; nothing where the process ended by itself.
std::optional<QStringList> recordUntilKilled(const QString &path, const QString &prefix,
                                             QRandomGenerator &random)
{
    QProcess child;
    child.start(QStringLiteral(LEDGER_CHILD), {u"record"_s, path, prefix});
    if (!child.waitForStarted())
        return std::nullopt;
    QByteArray said;
    if (random.bounded(4) == 0) {
        // While the file is opened or made.
        QTest::qSleep(int(random.bounded(40)));
    } else {
        const qsizetype wanted = 1 + qsizetype(random.bounded(40));
        while (said.count('\n') < wanted && child.waitForReadyRead(10'000))
            said += child.readAll();
        QElapsedTimer timer;
        timer.start();
        const qint64 wait = random.bounded(3'000'000);
        while (timer.nsecsElapsed() < wait) {
        }
    }
    ::kill(pid_t(child.processId()), SIGKILL);
    child.waitForFinished();
    if (child.exitStatus() != QProcess::CrashExit)
        return std::nullopt;
    said += child.readAll();
    said.truncate(said.lastIndexOf('\n') + 1); // half a line is no word
    return QString::fromUtf8(said).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class TestLedgerKill final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedSurvivesAKillAtAnyMoment()
    {
        const QTemporaryDir folder;
        QRandomGenerator random(20260801);
        qsizetype acknowledged = 0;
        qsizetype acknowledgedHere = 0;
        for (int kill = 0; kill < kKills; ++kill) {
            const QString path = folder.filePath(u"ledger-%1.sqlite"_s.arg(kill / kKillsPerFile));
            acknowledgedHere = kill % kKillsPerFile == 0 ? 0 : acknowledgedHere;
            const auto said = recordUntilKilled(path, QString::number(kill), random);
            QVERIFY(said);
            const QStringList &ids = *said;
            acknowledged += ids.size();
            acknowledgedHere += ids.size();

            const auto ledger = Ledger::open(path);
            QVERIFY2(ledger, ledger ? "" : qPrintable(ledger.error().message));
            QVERIFY((*ledger)->checkIntegrity());
            for (qsizetype i = 0; i < ids.size(); ++i) {
                const auto run = (*ledger)->run(ids[i]);
                QVERIFY2(run, qPrintable(ids[i]));
                QVERIFY2(*run == sampleTrace(ids[i], quint32(i)), qPrintable(ids[i]));
            }
            // Each kill may have come between a commit and its word, no more than that.
            const qint64 runs = (*ledger)->totals()->runs;
            QVERIFY2(runs >= acknowledgedHere, qPrintable(QString::number(runs)));
            QVERIFY2(runs <= acknowledgedHere + kill % kKillsPerFile + 1,
                     qPrintable(QString::number(runs)));
        }
        QVERIFY(acknowledged > kKills);
        qInfo("%d kills, %lld runs acknowledged", kKills, qlonglong(acknowledged));
    }
};

QTEST_GUILESS_MAIN(TestLedgerKill)
#include "tst_ledger_kill.moc"
