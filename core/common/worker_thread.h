#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>

namespace headgate {

// A thread that does what it is given in the order of giving, so that what must stay on one thread
// (a connection to SQLite) has one. Any thread may give it tasks.
class WorkerThread
{
public:
    WorkerThread()
    {
        m_pool.setMaxThreadCount(1);
        m_pool.setExpiryTimeout(-1);
    }
    // Does what it was given before it ends.
    ~WorkerThread() { wait(); }
    WorkerThread(const WorkerThread &) = delete;
    WorkerThread &operator=(const WorkerThread &) = delete;

    // The task owns what it captures. Not QtConcurrent::run(): a wait for one of its futures takes
    // a task that has not begun out of the queue and does it on the waiting thread, beside the one
    // that runs.
    template<typename Task>
    QFuture<std::invoke_result_t<Task>> submit(Task task)
    {
        const auto promise = std::make_shared<QPromise<std::invoke_result_t<Task>>>();
        promise->start();
        m_pool.start([promise, task = std::move(task)]() mutable {
            promise->addResult(task());
            promise->finish();
        });
        return promise->future();
    }

    // Until everything is done.
    void wait() { m_pool.waitForDone(); }

private:
    QThreadPool m_pool;
};

} // namespace headgate
