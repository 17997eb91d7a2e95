#include "core/ledger/ledger.h"
#include "core/ledger/ledger_schema.h"
#include "core/sqlite/database.h"
#include "core/sqlite/transaction.h"
#include "sample_traces.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace headgate;
using namespace headgate::ledger;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRuns = 10'000;

template<typename Work>
double secondsOf(Work &&work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e9;
}

// The middle one of several, for what ends within the noise of the machine.
template<typename Work>
double typicalSecondsOf(Work &&work)
{
    QList<double> times;
    for (int i = 0; i < 9; ++i)
        times.append(secondsOf(work));
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void report(const char *what, double seconds, const char *reference, double referenceSeconds)
{
    qInfo("%-34s %9.3f ms; %.2f times %s (%.3f ms)", what, seconds * 1e3,
          seconds / referenceSeconds, reference, referenceSeconds * 1e3);
}

} // namespace

class BenchLedger final : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QList<engine::RunTrace> m_traces;
    std::unique_ptr<Ledger> m_ledger;

    // As many bytes as a run takes, made durable one after the other in a file that has its size:
    // what no ledger can beat.
    double bareCommits(qsizetype bytes)
    {
        constexpr off_t kFileSize = 4 << 20; // as SQLite's log before it starts over
        const QByteArray block(bytes, 'x');
        const QByteArray whole(kFileSize, '0');
        const int file = ::open(qPrintable(m_folder.filePath(u"bare"_s)), O_CREAT | O_WRONLY, 0600);
        bool good =
            ::write(file, whole.constData(), size_t(kFileSize)) == kFileSize && fsync(file) == 0;
        const double seconds = secondsOf([&] {
            for (off_t i = 0; i < kRuns; ++i)
                good = good &&
                       ::pwrite(file, block.constData(), size_t(bytes), i * bytes % kFileSize) ==
                           bytes &&
                       fdatasync(file) == 0;
        });
        ::close(file);
        if (!good)
            qFatal("The reference cannot be written.");
        return seconds;
    }

    // The same number of runs and hops as short rows, in one transaction, without an index.
    double plainInserts()
    {
        const auto database =
            sqlite::Database::open(m_folder.filePath(u"plain.sqlite"_s), ledgerFormat()).value();
        const auto create = [&database](const QString &sql) {
            return database->execute(sql).has_value();
        };
        if (!create(u"CREATE TABLE a (seq INTEGER PRIMARY KEY, id TEXT, cost INTEGER)"_s) ||
            !create(u"CREATE TABLE b (run INTEGER, position INTEGER, cost INTEGER)"_s))
            qFatal("The reference cannot be made.");
        return secondsOf([&] {
            auto transaction =
                sqlite::Transaction::begin(*database, sqlite::Transaction::Kind::Write).value();
            for (const engine::RunTrace &trace : std::as_const(m_traces)) {
                (void)database->run(u"INSERT INTO a (id, cost) VALUES (?, ?)"_s,
                                    {trace.id, trace.cost.nanos()});
                for (const engine::Hop &hop : trace.hops)
                    (void)database->run(u"INSERT INTO b VALUES (?, ?, ?)"_s,
                                        {0, hop.attempt, hop.cost.nanos()});
            }
            (void)transaction.commit();
        });
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < kRuns; ++i)
            m_traces.append(sampleTrace(u"run-%1"_s.arg(i), quint32(i)));
        m_ledger = Ledger::open(m_folder.filePath(u"ledger.sqlite"_s)).value();
    }

    void insert()
    {
        qsizetype hops = 0;
        const double seconds = secondsOf([&] {
            for (const engine::RunTrace &trace : std::as_const(m_traces)) {
                hops += trace.hops.size();
                QVERIFY(m_ledger->record(trace, true));
            }
        });
        qInfo("%d runs with %lld hops and their texts, one durable commit each: %.1f us a run",
              kRuns, qlonglong(hops), seconds / kRuns * 1e6);
        report("insert, durable run by run", seconds, "bare durable writes", bareCommits(8192));
        report("insert, durable run by run", seconds, "short rows in one transaction",
               plainInserts());
    }

    void query()
    {
        const auto database =
            sqlite::Database::open(m_folder.filePath(u"ledger.sqlite"_s), ledgerFormat()).value();
        const double scan = typicalSecondsOf(
            [&] { QVERIFY(database->value(u"SELECT SUM(cost) FROM runs NOT INDEXED"_s)); });
        const auto compare = [scan](const char *what, double seconds) {
            report(what, seconds, "one sum over the table", scan);
        };
        compare("cumulative, 2,000 points",
                typicalSecondsOf([this] { QVERIFY(m_ledger->cumulative()); }));
        compare("cumulative, every run",
                typicalSecondsOf([this] { QVERIFY(m_ledger->cumulative({}, kRuns)); }));
        compare("by day", typicalSecondsOf([this] {
                    QVERIFY(m_ledger->byDay({}, QTimeZone("Europe/Berlin")));
                }));
        compare("totals", typicalSecondsOf([this] { QVERIFY(m_ledger->totals()); }));
        compare("by model", typicalSecondsOf([this] { QVERIFY(m_ledger->byModel()); }));
        compare("newest 100 runs", typicalSecondsOf([this] { QVERIFY(m_ledger->runs({}, 100)); }));
        compare("one run with its hops",
                typicalSecondsOf([this] { QVERIFY(m_ledger->run(u"run-5000"_s)); }));
        SpendFilter policy;
        policy.policyName = u"Cascade 1"_s;
        policy.simulated = true;
        compare("flow of one policy", typicalSecondsOf([&] { QVERIFY(m_ledger->flow(policy)); }));
        const GateFilter gate{.runs = policy, .gate = {u"n3"_s}, .scorers = {}};
        compare("scores of one gate",
                typicalSecondsOf([&] { QVERIFY(m_ledger->gateScores(gate)); }));
        Money cost;
        for (const engine::RunTrace &trace : std::as_const(m_traces))
            cost += trace.cost;
        QCOMPARE(m_ledger->cumulative()->last().cost, cost);
    }
};

QTEST_GUILESS_MAIN(BenchLedger)
#include "bench_ledger.moc"
