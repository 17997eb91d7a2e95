#pragma once

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>

namespace headgate {

// Whether the system gives another thread at this moment. To be asked before Qt is made to start
// one: where it cannot, Qt's pools end the program.
bool canStartThread();

// A thread that does what it is given in the order of giving, so that what must stay on one thread
// (a connection to SQLite) has one. Any thread may give it tasks. It has no event loop.
//
// The thread starts with the first task. Where the system has none left to give then, whoever gives
// a task does it, one at a time and still in order, for as long as this lives: slower, but done.
//
// Made of the standard library's parts: a thread sanitizer sees how they hand tasks over, and sees
// nothing of what happens inside Qt's library.
class WorkerThread
{
public:
    WorkerThread() = default;
    // Does what it was given before it ends.
    ~WorkerThread();
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
        auto future = promise->future();
        give([promise, task = std::move(task)]() mutable {
            promise->addResult(task());
            promise->finish();
        });
        return future;
    }

    // Until everything is done. Not on the thread itself.
    void wait();

private:
    void give(std::function<void()> task);
    void run();
    bool start();
    void doNext(std::unique_lock<std::mutex> &lock);

    std::mutex m_mutex; // of all below
    std::deque<std::function<void()>> m_tasks;
    bool m_busy = false;
    bool m_ending = false;
    bool m_hasNoThread = false;
    std::condition_variable m_changed;
    std::thread m_thread;
};

} // namespace headgate
