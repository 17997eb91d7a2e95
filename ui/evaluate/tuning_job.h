#pragma once

#include "ui/evaluate/routed_search.h"
#include "ui/evaluate/tune_request.h"
#include "ui/evaluate/tuning.h"

#include <QObject>

#include <thread>

namespace headgate::ui {

// Reads and searches on a thread of its own, one thing at a time: what is asked for takes the place
// of what runs. Signals come on the thread of the job.
class TuningJob final : public QObject
{
    Q_OBJECT
public:
    explicit TuningJob(QObject *parent = nullptr);
    ~TuningJob() override; // stops, and waits for the thread to see it

    using Load = std::function<Result<std::shared_ptr<const LoadedOutcomes>>(
        const evaluation::ReadProgress &progress, std::stop_token stop)>;
    void load(Load work); // on the job's thread; owns what it captures
    // The same outcomes with other models; they come as loaded().
    void reload(std::shared_ptr<const LoadedOutcomes> outcomes,
                const evaluation::CascadeColumnsOptions &models);
    void search(std::shared_ptr<const LoadedOutcomes> outcomes, const TuneRequest &request);
    // Where trained routers are found.
    void setArtifacts(const learning::ArtifactShelf &artifacts) { m_artifacts = artifacts; }
    // Behind each branch of the router that the document begins with.
    void searchBranches(std::shared_ptr<const LoadedOutcomes> outcomes, const TuneRequest &request,
                        const policy::PolicyDocument &document);
    void cancel();
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void progressed(double share); // in [0, 1]
    void loaded(std::shared_ptr<const headgate::ui::LoadedOutcomes> outcomes);
    void searched(const headgate::evaluation::CascadeChoice &choice);
    void branchesSearched(std::shared_ptr<const headgate::ui::RoutedResult> result);
    void branchesRefused(const QString &sentence);
    void failed(const QString &sentence);
    void ended(); // after any of the last three, and where it was cancelled

private:
    // Runs `work` there; what it returns runs here, unless something else was asked for since.
    using Then = std::function<void()>;
    void start(std::function<Then(std::stop_token)> work);
    void finish(quint64 run, Then then);
    // Hands a share over, seldom enough for the eye.
    void report(quint64 run, double share);

    std::jthread m_thread;
    quint64 m_run = 0;
    learning::ArtifactShelf m_artifacts;
    bool m_running = false;
    std::atomic<int> m_shown{-1}; // percent
};

} // namespace headgate::ui
