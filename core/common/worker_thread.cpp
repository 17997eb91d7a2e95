#include "core/common/worker_thread.h"

#include <system_error>

namespace headgate {

bool canStartThread()
{
    try {
        std::thread([] {}).join();
        return true;
    } catch (const std::system_error &) {
        return false;
    }
}

WorkerThread::~WorkerThread()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void WorkerThread::give(std::function<void()> task)
{
    std::unique_lock lock(m_mutex);
    m_tasks.push_back(std::move(task));
    if (start()) {
        lock.unlock();
        m_changed.notify_all();
        return;
    }
    // Where somebody is at it, this one is done after theirs.
    while (!m_busy && !m_tasks.empty())
        doNext(lock);
}

// True where the thread runs.
bool WorkerThread::start()
{
    if (m_thread.joinable() || m_hasNoThread)
        return !m_hasNoThread;
    try {
        m_thread = std::thread([this] { run(); });
    } catch (const std::system_error &) {
        m_hasNoThread = true; // later ones, too: what the first began would not stay where it is
    }
    return !m_hasNoThread;
}

void WorkerThread::wait()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_tasks.empty() && !m_busy; });
}

void WorkerThread::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return !m_busy && (m_ending || !m_tasks.empty()); });
        if (m_tasks.empty())
            return;
        doNext(lock);
    }
}

void WorkerThread::doNext(std::unique_lock<std::mutex> &lock)
{
    std::function<void()> task = std::move(m_tasks.front());
    m_tasks.pop_front();
    m_busy = true;
    lock.unlock();
    task();
    task = nullptr; // what it held goes here, not under the lock
    lock.lock();
    m_busy = false;
    m_changed.notify_all();
}

} // namespace headgate
