#pragma once

#include "ui/evaluate/measured_policy.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace headgate::ui {

// Measures policies on a thread of its own, one after the other. Policies that route alike are
// replayed once. Signals come on the thread of the meter.
class PolicyMeter final : public QObject
{
    Q_OBJECT
public:
    explicit PolicyMeter(QObject *parent = nullptr);
    ~PolicyMeter() override;

    // What is measured on from now on; what was asked for before is forgotten.
    void setOutcomes(std::shared_ptr<const LoadedOutcomes> outcomes);
    // Where trained routers and scorers are found, from the next policy on.
    void setArtifacts(const learning::ArtifactShelf &artifacts);
    // Asks under a name of the caller's. What was asked for under the same name and has not begun
    // is dropped; `first`: before all others. Does nothing without outcomes.
    void measure(const QString &name, const policy::PolicyDocument &document, bool first = false);

Q_SIGNALS:
    void measured(const QString &name, const headgate::ui::MeasuredPolicyPtr &result);

private:
    struct Work
    {
        QString name;
        policy::PolicyDocument document;
    };
    void start();
    void run(const std::stop_token &stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    // Guarded by the mutex.
    std::deque<Work> m_queue;
    std::shared_ptr<const LoadedOutcomes> m_outcomes;
    learning::ArtifactShelf m_artifacts;
    std::stop_source m_current; // of what is being measured
    quint64 m_generation = 0;   // counts outcomes
    std::jthread m_thread;      // last: it uses the others
};

} // namespace headgate::ui
