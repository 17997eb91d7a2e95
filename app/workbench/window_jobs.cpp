#include "app/workbench/document_session.h"
#include "app/workbench/main_window.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/status_strip.h"
#include "app/workbench/unsaved_guard.h"
#include "core/evaluation/datasets/dataset_thread.h"
#include "ui/evaluate/evaluate_page.h"
#include "ui/jobs/jobs_dock.h"
#include "ui/jobs/record_dialog.h"
#include "ui/jobs/recording_job.h"

#include <QApplication>

// Work that runs on: recordings, and what becomes of them when the window goes.

namespace headgate::workbench {

namespace {

// By what the deployments took in this session and the ledger's last day.
evaluation::UsualTime usualTimes(const QList<engine::DeploymentHealth> &health)
{
    return [health](const policy::Model &model) -> std::optional<std::chrono::milliseconds> {
        for (const engine::DeploymentHealth &each : health) {
            if (each.deployment == engine::Deployment{model.provider, model.model} &&
                each.figures.median)
                return std::chrono::ceil<std::chrono::milliseconds>(*each.figures.median);
        }
        return std::nullopt;
    };
}

} // namespace

void MainWindow::askToRecord(std::optional<qint64> mostPrompts)
{
    const auto &dataset = m_evaluate->dataset();
    if (!dataset || !m_datasets)
        return;
    m_queries->open();
    const policy::PolicyDocument &document = m_session->editor().document();
    auto *dialog =
        new ui::RecordDialog({.storePath = m_datasets->path(),
                              .dataset = *dataset,
                              .document = document,
                              .catalog = m_queries->catalog(),
                              .usualTime = usualTimes(m_queries->health()),
                              .mostPrompts = mostPrompts,
                              .isSimulated = m_queries->origin(document) == ui::Origin::Simulated},
                             this);
    connect(dialog, &ui::RecordDialog::recordRequested, this,
            [this, name = dataset->name](const evaluation::RecordingPlan &plan, qint64 items) {
                beginRecording({m_datasets->path(), name, plan, items});
            });
    dialog->open();
}

void MainWindow::beginRecording(const ui::RecordingJob::Order &order)
{
    auto job = std::make_unique<ui::RecordingJob>(order, *m_queries);
    connect(job.get(), &ui::RecordingJob::kept, this, [this, id = order.plan.dataset] {
        m_datasets->tellChanged();
        m_evaluate->reloadDataset(id);
    });
    connect(job.get(), &ui::RecordingJob::anotherCapWanted, this, [this] { askToRecord({}); });
    connect(job.get(), &ui::Job::ended, this, [this, job = job.get()] {
        m_status->say(tr("%1: %2", "job, how it ended").arg(job->title(), job->figures()));
        QApplication::alert(this); // where it is not in front
    });
    m_jobs->add(std::move(job));
}

void MainWindow::quit()
{
    StillRunning running;
    if (m_queries->isRunning()) {
        running.names.append(tr("A query", "what runs"));
        running.consequence = tr("It is stopped when the window closes.");
    }
    for (const ui::Job *job : m_jobs->jobs()) {
        if (!job->isActive())
            continue;
        running.names.append(job->title());
        running.consequence =
            tr("What runs is stopped when the window closes. What was recorded is kept, and a "
               "recording can be gone on with later.");
    }
    m_guard->whenAllSafe(m_documents->edited(), running, [this] {
        m_mayClose = true;
        // What was stopped ends, and is recorded, before the window goes.
        connect(m_queries, &ui::QueryService::finished, this, &MainWindow::closeWhenIdle,
                Qt::QueuedConnection);
        connect(m_jobs, &ui::JobsDock::activeChanged, this, &MainWindow::closeWhenIdle,
                Qt::QueuedConnection);
        m_queries->stop();
        m_jobs->stopAll();
        // Not from within this very event.
        QMetaObject::invokeMethod(this, &MainWindow::closeWhenIdle, Qt::QueuedConnection);
    });
}

void MainWindow::closeWhenIdle()
{
    if (!m_queries->isRunning() && m_jobs->active() == 0)
        close();
}

} // namespace headgate::workbench
