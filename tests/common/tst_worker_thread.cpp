#include "core/common/worker_thread.h"
#include "tests/support/scarcity.h"

#include <QList>
#include <QTest>

#include <atomic>
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
    void withoutAThreadWhoGivesATaskDoesIt();
    void withoutAThreadTasksStayInOrderAndOneAtATime();
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

void TestWorkerThread::withoutAThreadWhoGivesATaskDoesIt()
{
    WorkerThread thread;
    const auto where = [] { return std::this_thread::get_id(); };
    {
        const test::NoThreads none;
        const QFuture<std::thread::id> done = thread.submit(where);
        QVERIFY(done.isFinished());
        QCOMPARE(done.result(), std::this_thread::get_id());
        // A task that gives another does not wait for it.
        QList<int> order;
        (void)thread.submit([&] {
            (void)thread.submit([&] { return order.append(2), true; });
            return order.append(1), true;
        });
        QCOMPARE(order, QList<int>({1, 2}));
        thread.wait();
    }
    // What began here stays here; others get a thread again.
    QCOMPARE(thread.submit(where).result(), std::this_thread::get_id());
    WorkerThread another;
    QVERIFY(another.submit(where).result() != std::this_thread::get_id());
}

void TestWorkerThread::withoutAThreadTasksStayInOrderAndOneAtATime()
{
    WorkerThread thread;
    std::atomic<int> within = 0;
    int most = 0;
    QList<int> last(4, -1);
    bool inOrder = true;
    std::atomic<bool> begin = false;
    std::vector<std::thread> askers;
    for (int asker = 0; asker < 4; ++asker) {
        askers.emplace_back([&, asker] {
            while (!begin)
                std::this_thread::yield();
            for (int i = 0; i < 500; ++i)
                (void)thread.submit([&, asker, i] {
                    most = std::max(most, ++within);
                    inOrder = inOrder && last[asker] == i - 1;
                    last[asker] = i;
                    --within;
                    return true;
                });
        });
    }
    {
        const test::NoThreads none;
        (void)thread.submit([] { return true; });
    }
    begin = true;
    for (std::thread &asker : askers)
        asker.join();
    thread.wait();
    QCOMPARE(most, 1);
    QVERIFY(inOrder);
    QCOMPARE(last, QList<int>(4, 499));
}

QTEST_GUILESS_MAIN(TestWorkerThread)
#include "tst_worker_thread.moc"
