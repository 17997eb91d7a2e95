#include "core/ledger/ledger.h"
#include "sample_traces.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <thread>
#include <vector>

using namespace headgate;
using namespace headgate::ledger;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kKills = 504; // in all
constexpr int kKillsPerFile = 21;
constexpr int kLanes = 6; // at a time: most of a child's life is waiting for the disk
static_assert(kKills % (kLanes * kKillsPerFile) == 0);

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

// What one lane came to; a sentence where something was lost or counted twice.
struct Lane
{
    qsizetype acknowledged = 0;
    QString wrong;
};

// Why a ledger is not what its process said before it was killed; empty: it is.
QString wrongWith(const QString &path, const QStringList &said, qsizetype fewest, qsizetype most)
{
    const auto ledger = Ledger::open(path);
    if (!ledger)
        return ledger.error().message;
    if (!(*ledger)->checkIntegrity())
        return u"The file is damaged."_s;
    for (qsizetype i = 0; i < said.size(); ++i) {
        const auto run = (*ledger)->run(said[i]);
        if (!run || *run != sampleTrace(said[i], quint32(i)))
            return u"%1 is %2"_s.arg(said[i], run ? u"not what it was"_s : u"lost"_s);
    }
    const qint64 runs = (*ledger)->totals()->runs;
    return runs >= fewest && runs <= most ? QString()
                                          : u"%1 runs, said were %2"_s.arg(runs).arg(fewest);
}

Lane killAgainAndAgain(const QString &folder, int lane)
{
    QRandomGenerator random(20260801 + quint32(lane));
    Lane result;
    qsizetype here = 0; // acknowledged in this file
    for (int kill = 0; kill < kKills / kLanes && result.wrong.isEmpty(); ++kill) {
        const int inFile = kill % kKillsPerFile;
        const QString path =
            u"%1/ledger-%2-%3.sqlite"_s.arg(folder).arg(lane).arg(kill / kKillsPerFile);
        const auto said = recordUntilKilled(path, QString::number(kill), random);
        if (!said) {
            result.wrong = u"A process was not killed."_s;
            break;
        }
        here = (inFile == 0 ? 0 : here) + said->size();
        result.acknowledged += said->size();
        // Each kill may have come between a commit and its word, no more than that.
        result.wrong = wrongWith(path, *said, here, here + inFile + 1);
    }
    return result;
}

} // namespace

class TestLedgerKill final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedSurvivesAKillAtAnyMoment()
    {
        const QTemporaryDir folder;
        std::array<Lane, kLanes> lanes;
        {
            std::vector<std::jthread> threads;
            for (int lane = 0; lane < kLanes; ++lane)
                threads.emplace_back(
                    [&, lane] { lanes[size_t(lane)] = killAgainAndAgain(folder.path(), lane); });
        }
        qsizetype acknowledged = 0;
        for (const Lane &lane : lanes) {
            QCOMPARE(lane.wrong, QString());
            acknowledged += lane.acknowledged;
        }
        QVERIFY(acknowledged > kKills);
        qInfo("%d kills, %lld runs acknowledged", kKills, qlonglong(acknowledged));
    }
};

QTEST_GUILESS_MAIN(TestLedgerKill)
#include "tst_ledger_kill.moc"
