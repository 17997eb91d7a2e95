#pragma once

#include "core/common/worker_thread.h"
#include "core/evaluation/datasets/dataset_import.h"
#include "core/evaluation/datasets/dataset_thread.h"
#include "core/evaluation/datasets/run_import.h"

#include <QTimer>

#include <atomic>

namespace headgate::ui {

// Reads and imports off the GUI thread, one thing at a time. Goes silent once it is destroyed or
// cancelled; nothing half imported is left.
class ImportJob final : public QObject
{
    Q_OBJECT
public:
    explicit ImportJob(QObject *parent = nullptr);
    ~ImportJob() override;

    void preview(const QString &path);
    // The thread outlives the job.
    void importFile(evaluation::DatasetThread &datasets, const evaluation::ImportRequest &request);
    // Out of the ledger at that place, with a connection of its own.
    void importRuns(evaluation::DatasetThread &datasets, const QString &ledgerPath,
                    const evaluation::RunImportRequest &request, qint64 runs);
    void cancel();
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void progressed(double share); // in [0, 1]
    void previewed(const headgate::evaluation::ImportPreview &preview);
    void imported(const headgate::evaluation::ImportReport &report);
    void runsImported(const headgate::evaluation::RunImportReport &report);
    void failed(const headgate::Error &error);
    void ended(); // after any of the last three, and where it was cancelled

private:
    // Shared with the thread that works, which may outlive the job.
    struct Progress
    {
        std::atomic<double> share{0};
        std::stop_source stop;
    };
    std::shared_ptr<Progress> begin();
    template<typename Value>
    void await(const QFuture<Result<Value>> &future, void (ImportJob::*done)(const Value &));

    std::shared_ptr<Progress> m_progress;
    quint64 m_run = 0;
    bool m_running = false;
    QTimer m_look; // at the progress
    WorkerThread m_reader;
};

} // namespace headgate::ui
