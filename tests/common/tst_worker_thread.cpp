#include "core/common/worker_thread.h"

#include <QList>
#include <QTest>

#include <thread>
#include <vector>

using namespace headgate;

class TestWorkerThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesAllInOrderBeforeItEnds();
    void isOneThreadAndAnother();
    void takesTasksFromSeveralThreads();
    void isWaitedForAndGoesOn();
};

void TestWorkerThread::doesAllInOrderBeforeItEnds()
{
    QList<int> done;
    {
        WorkerThread thread;
        for (int i = 0; i < 1000; ++i)
            (void)thread.submit([&done, i] { return done.append(i), i; });
    }
    QCOMPARE(done.size(), 1000);
    QVERIFY(std::is_sorted(done.begin(), done.end()));
}

void TestWorkerThread::isOneThreadAndAnother()
{
    QList<std::thread::id> seen;
    {
        WorkerThread thread;
        for (int i = 0; i < 3; ++i)
            (void)thread.submit([&seen] {
                seen.append(std::this_thread::get_id());
                return true;
            });
    }
    QCOMPARE(seen.size(), 3);
    QVERIFY(seen[0] == seen[1] && seen[1] == seen[2]);
    QVERIFY(seen[0] != std::this_thread::get_id());
}

void TestWorkerThread::takesTasksFromSeveralThreads()
{
    int sum = 0; // of the worker alone
    {
        WorkerThread thread;
        std::vector<std::thread> askers;
        for (int asker = 0; asker < 4; ++asker) {
            askers.emplace_back([&thread, &sum] {
                for (int i = 0; i < 500; ++i)
                    (void)thread.submit([&sum] { return ++sum; });
            });
        }
        for (std::thread &asker : askers)
            asker.join();
    }
    QCOMPARE(sum, 2000);
}

void TestWorkerThread::isWaitedForAndGoesOn()
{
    WorkerThread thread;
    int done = 0;
    for (int round = 1; round <= 3; ++round) {
        const QFuture<int> last = thread.submit([&done] { return ++done; });
        thread.wait();
        QCOMPARE(done, round);
        QVERIFY(last.isFinished());
        QCOMPARE(last.result(), round);
    }
}

QTEST_GUILESS_MAIN(TestWorkerThread)
#include "tst_worker_thread.moc"
