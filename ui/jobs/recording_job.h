#pragma once

#include "core/evaluation/recording/recording.h"
#include "core/evaluation/recording/recording_estimate.h"
#include "ui/jobs/job.h"

#include <QElapsedTimer>

namespace headgate::ui {

class QueryService;

// A recording through the workbench's engine and into its ledger.
class RecordingJob final : public Job
{
    Q_OBJECT
public:
    struct Order
    {
        QString storePath{};
        QString dataset{}; // name
        evaluation::RecordingPlan plan{};
        qint64 items = 0; // that the estimate counted
    };

    // The service outlives the job. It runs at once.
    RecordingJob(Order order, QueryService &queries, QObject *parent = nullptr);

    QString title() const override;
    State state() const override { return m_state; }
    std::optional<double> share() const override;
    QString figures() const override;
    QStringList troubles() const override;
    QString goingOn() const override;

    void setPaused(bool paused) override;
    void stop() override;
    // With what is left of the cap; after a cap that was reached it asks for another one instead.
    void goOn() override;

    const Order &order() const { return m_order; }

Q_SIGNALS:
    void kept(); // outcomes are in the data set
    void anotherCapWanted();

private:
    void begin();
    void take(const evaluation::RecordingReport &report);
    QString runningFigures() const;
    QString endSentence() const;
    std::optional<std::chrono::milliseconds> timeLeft() const;
    qint64 finished() const; // items of this run that are over, kept or failed

    Order m_order;
    QueryService &m_queries;
    std::unique_ptr<evaluation::Recording> m_recording;
    std::optional<evaluation::RecordingReport> m_report; // of the last run
    State m_state = State::Running;
    QElapsedTimer m_running; // invalid while it is paused
    qint64 m_activeMs = 0;   // of this run, before the last pause
    Money m_spentBefore;     // by the runs before this one
    qint64 m_keptBefore = 0;
};

} // namespace headgate::ui
