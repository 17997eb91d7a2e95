#include "core/ledger/ledger_schema.h"
#include "core/ledger/ledger_thread.h"
#include "core/sqlite/database.h"
#include "core/sqlite/transaction.h"
#include "sample_traces.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <thread>

#include <sqlite3.h>

#include <qcoro/qcorofuture.h>
#include <qcoro/qcorotask.h>

using namespace headgate;
using namespace headgate::ledger;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr LedgerOptions kHasty{.busyTimeout = 10ms, .retryInterval = 20ms};

template<typename T>
T waitFor(QFuture<T> future)
{
    return QCoro::waitFor([](QFuture<T> pending) -> QCoro::Task<T> {
        co_return co_await pending;
    }(std::move(future)));
}

// While it stands, every write of SQLite's fails as it does on a broken disk.
class FailingDisk
{
public:
    FailingDisk() { set(reinterpret_cast<sqlite3_syscall_ptr>(&fail)); }
    ~FailingDisk() { set(nullptr); } // the usual ones again
    FailingDisk(const FailingDisk &) = delete;
    FailingDisk &operator=(const FailingDisk &) = delete;

private:
    static ssize_t fail(int, const void *, size_t, off_t)
    {
        errno = EIO;
        return -1;
    }
    static void set(sqlite3_syscall_ptr call)
    {
        sqlite3_vfs *vfs = sqlite3_vfs_find(nullptr);
        for (const char *name : {"pwrite", "pwrite64"})
            vfs->xSetSystemCall(vfs, name, call);
    }
};

const auto kTotals = [](const Ledger &ledger) { return ledger.totals(); };

} // namespace

class TestLedgerThread final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LedgerThread> m_thread;

    QString path() const { return m_folder->filePath(u"ledger.sqlite"_s); }
    void open() { QVERIFY(waitFor(m_thread->open(path(), kHasty))); }
    // Keeps every other connection from writing while it lives.
    struct Lock
    {
        std::unique_ptr<sqlite::Database> database;
        std::optional<sqlite::Transaction> transaction;
    };
    Lock lock() const
    {
        Lock lock{sqlite::Database::open(path(), ledgerFormat()).value(), {}};
        lock.transaction.emplace(
            sqlite::Transaction::begin(*lock.database, sqlite::Transaction::Kind::Write).value());
        return lock;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_thread = std::make_unique<LedgerThread>();
    }
    void aQuestionIsAnsweredBeforeTheThreadGoes()
    {
        open();
        QSemaphore asked;
        auto answer = m_thread->query([&asked](const Ledger &ledger) -> Result<int> {
            asked.release();
            QThread::msleep(100); // the thread is told to go meanwhile
            const auto totals = ledger.totals();
            if (!totals)
                return tl::unexpected(totals.error());
            return 7;
        });
        asked.acquire();
        m_thread.reset();
        QVERIFY(answer.isFinished());
        QVERIFY(answer.result());
        QCOMPARE(*answer.result(), 7);
    }

    void cleanup() { m_thread.reset(); }

    void recordsAndAnswers()
    {
        open();
        QSignalSpy recorded(m_thread.get(), &LedgerThread::recorded);
        const auto trace = sampleTrace(u"run"_s, 1);
        QVERIFY(waitFor(m_thread->begin(trace)));
        QVERIFY(waitFor(m_thread->record(trace, true)));
        QVERIFY(recorded.size() == 1 || recorded.wait());
        QCOMPARE(recorded.first().first().toString(), u"run"_s);
        const auto read =
            waitFor(m_thread->query([](const Ledger &ledger) { return ledger.run(u"run"_s); }));
        QVERIFY(read);
        QVERIFY(*read == trace);
        QVERIFY(waitFor(m_thread->deleteTexts()));
        QVERIFY(waitFor(m_thread->query([](const Ledger &ledger) {
                    return ledger.run(u"run"_s);
                }))->answer.isEmpty());
    }

    void whoWaitsDoesNoWorkOfTheLedgersThread()
    {
        open();
        QSemaphore hold;
        const auto thread = [](const Ledger &) -> Result<quintptr> {
            return quintptr(QThread::currentThreadId());
        };
        auto first = m_thread->query([&hold, thread](const Ledger &ledger) {
            hold.acquire();
            return thread(ledger);
        });
        auto second = m_thread->query(thread);
        std::thread release([&hold] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            hold.release();
        });
        second.waitForFinished(); // begins while the first still holds the thread
        release.join();
        QVERIFY(first.isFinished());
        QCOMPARE(*second.result(), *first.result());
        QVERIFY(*second.result() != quintptr(QThread::currentThreadId()));
    }

    void keepsTheOrderOfAsking()
    {
        open();
        QList<QFuture<Result<>>> writes;
        for (int i = 0; i < 50; ++i)
            writes.append(m_thread->record(sampleTrace(QString::number(i), quint32(i)), false));
        const auto runs =
            waitFor(m_thread->query([](const Ledger &ledger) { return ledger.runs({}, 100); }));
        QCOMPARE(runs->size(), 50);
        for (int i = 0; i < 50; ++i) {
            QVERIFY(writes[i].result());
            QCOMPARE((*runs)[49 - i].id, QString::number(i));
        }
    }

    void saysThatNoneIsOpen()
    {
        QCOMPARE(waitFor(m_thread->query(kTotals)).error().code, ErrorCode::NotFound);
        QCOMPARE(waitFor(m_thread->begin(sampleTrace(u"a"_s, 1))).error().code,
                 ErrorCode::NotFound);
        QVERIFY(waitFor(m_thread->close()));
    }

    void keepsRunsWhileTheyCannotBeWritten()
    {
        open();
        QSignalSpy problem(m_thread.get(), &LedgerThread::problem);
        QSignalSpy recovered(m_thread.get(), &LedgerThread::recovered);
        {
            const Lock held = lock();
            for (int i = 0; i < 20; ++i) {
                const auto done =
                    waitFor(m_thread->record(sampleTrace(QString::number(i), quint32(i)), true));
                QVERIFY(!done);
                QCOMPARE(done.error().code, ErrorCode::Busy);
            }
            QCOMPARE(m_thread->pending(), 20);
            QVERIFY(problem.size() == 1 || problem.wait());
            QVERIFY(problem.first().first().toString().contains(path()));
            QCOMPARE(waitFor(m_thread->query(kTotals))->runs, 0); // reading goes on
        }
        QVERIFY(recovered.wait());
        QCOMPARE(problem.size(), 1);
        QCOMPARE(m_thread->pending(), 0);
        const auto runs =
            waitFor(m_thread->query([](const Ledger &ledger) { return ledger.runs({}, 100); }));
        QCOMPARE(runs->size(), 20);
        QCOMPARE(runs->first().id, u"19"_s);
    }

    // The disk itself fails, not its room.
    void keepsRunsWhileTheDiskFails()
    {
        open();
        QSignalSpy problem(m_thread.get(), &LedgerThread::problem);
        QSignalSpy recovered(m_thread.get(), &LedgerThread::recovered);
        QVERIFY(waitFor(m_thread->record(sampleTrace(u"before"_s, 1), true)));
        {
            const FailingDisk failing;
            for (int i = 0; i < 5; ++i)
                QVERIFY(!waitFor(m_thread->record(sampleTrace(QString::number(i), 2), true)));
            QCOMPARE(m_thread->pending(), 5);
            QVERIFY(problem.size() == 1 || problem.wait());
            QVERIFY2(problem.first().first().toString().contains(path()),
                     qPrintable(problem.first().first().toString()));
        }
        QVERIFY(!recovered.isEmpty() || recovered.wait());
        QCOMPARE(m_thread->pending(), 0);
        const auto runs =
            waitFor(m_thread->query([](const Ledger &ledger) { return ledger.runs({}, 100); }));
        QCOMPARE(runs->size(), 6);
        m_thread.reset();
        QCOMPARE(Ledger::open(path()).value()->totals()->runs, 6);
    }

    void keepsNoMoreThanItsLimit()
    {
        open();
        const Lock held = lock();
        const auto trace = plainTrace(u"run"_s, QDateTime::currentDateTimeUtc(), 1);
        QList<QFuture<Result<>>> writes;
        for (qsizetype i = 0; i <= LedgerThread::kMostPending; ++i)
            writes.append(m_thread->record(trace, false));
        QCOMPARE(waitFor(writes[LedgerThread::kMostPending - 1]).error().code, ErrorCode::Busy);
        QCOMPARE(waitFor(writes.last()).error().code, ErrorCode::LimitReached);
        QCOMPARE(m_thread->pending(), LedgerThread::kMostPending);
        const auto lost = waitFor(m_thread->close());
        QVERIFY(!lost);
        QVERIFY(lost.error().message.contains(u"10000"_s));
        QCOMPARE(m_thread->pending(), 0);
    }

    void keepsRunsUntilADamagedLedgerIsSetAside()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no ledger at all");
        file.close();
        QCOMPARE(waitFor(m_thread->open(path(), kHasty)).error().code, ErrorCode::Damaged);
        QCOMPARE(waitFor(m_thread->record(sampleTrace(u"a"_s, 1), true)).error().code,
                 ErrorCode::Damaged);
        QVERIFY(Ledger::setAside(path()));
        open();
        QCOMPARE(m_thread->pending(), 0);
        QCOMPARE(waitFor(m_thread->query(kTotals))->runs, 1);
    }

    void nobodyWaitsForAWrite()
    {
        QVERIFY(waitFor(m_thread->open(path(), {.busyTimeout = 60s, .retryInterval = 1s})));
        QFuture<Result<>> write;
        {
            const Lock held = lock();
            write = m_thread->record(sampleTrace(u"a"_s, 1), true);
            QVERIFY(!write.isFinished()); // it can only end when the lock goes
        }
        QVERIFY(waitFor(write));
    }

    void writesWhatIsPendingBeforeItGoes()
    {
        open();
        {
            const Lock held = lock();
            (void)waitFor(m_thread->record(sampleTrace(u"a"_s, 1), true));
        }
        (void)m_thread->record(sampleTrace(u"b"_s, 2), true);
        m_thread.reset();
        QCOMPARE(Ledger::open(path()).value()->totals()->runs, 2);
    }
};

QTEST_GUILESS_MAIN(TestLedgerThread)
#include "tst_ledger_thread.moc"
