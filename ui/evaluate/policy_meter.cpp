#include "ui/evaluate/policy_meter.h"

#include <QMetaObject>

#include <algorithm>
#include <system_error>

namespace headgate::ui {

PolicyMeter::PolicyMeter(QObject *parent)
    : QObject(parent)
{
}

// Where the system gives no thread, the next measurement tries again.
void PolicyMeter::start()
{
    if (m_thread.joinable())
        return;
    try {
        m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    } catch (const std::system_error &error) {
        qWarning("Policies are not measured for now: %s", error.what());
    }
}

PolicyMeter::~PolicyMeter()
{
    const std::scoped_lock lock(m_mutex);
    m_queue.clear();
    m_current.request_stop();
}

void PolicyMeter::setOutcomes(std::shared_ptr<const LoadedOutcomes> outcomes)
{
    const std::scoped_lock lock(m_mutex);
    m_queue.clear();
    m_current.request_stop();
    m_current = {};
    m_outcomes = std::move(outcomes);
    ++m_generation;
}

void PolicyMeter::setArtifacts(const learning::ArtifactShelf &artifacts)
{
    const std::scoped_lock lock(m_mutex);
    m_artifacts = artifacts;
}

void PolicyMeter::measure(const QString &name, const policy::PolicyDocument &document, bool first)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_outcomes)
            return;
        std::erase_if(m_queue, [&name](const Work &work) { return work.name == name; });
        if (first)
            m_queue.push_front({name, document});
        else
            m_queue.push_back({name, document});
    }
    start();
    m_wake.notify_one();
}

void PolicyMeter::run(const std::stop_token &stop)
{
    MeasuredPolicies known;
    quint64 generation = 0;
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_queue.empty(); })) {
        const Work work = std::move(m_queue.front());
        m_queue.pop_front();
        if (generation != m_generation)
            known.clear();
        generation = m_generation;
        const auto outcomes = m_outcomes;
        const learning::ArtifactShelf artifacts = m_artifacts;
        const std::stop_token current = m_current.get_token();
        lock.unlock();
        MeasuredPolicyPtr result =
            measurePolicy(work.document, *outcomes, artifacts, known, current);
        QMetaObject::invokeMethod(this,
                                  [this, generation, name = work.name, result = std::move(result)] {
                                      bool isCurrent = false;
                                      {
                                          const std::scoped_lock guard(m_mutex);
                                          isCurrent = generation == m_generation;
                                      }
                                      if (isCurrent)
                                          Q_EMIT measured(name, result);
                                  });
        lock.lock();
    }
}

} // namespace headgate::ui
