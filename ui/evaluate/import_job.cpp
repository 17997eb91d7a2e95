#include "ui/evaluate/import_job.h"

#include "core/common/when_ready.h"
#include "core/ledger/ledger.h"

using namespace std::chrono_literals;

namespace headgate::ui {

using evaluation::DatasetStore;
using evaluation::ImportPreview;
using evaluation::ImportReport;
using evaluation::RunImportReport;

ImportJob::ImportJob(QObject *parent)
    : QObject(parent)
{
    m_look.setInterval(50ms);
    connect(&m_look, &QTimer::timeout, this, [this] { Q_EMIT progressed(m_progress->share); });
}

ImportJob::~ImportJob()
{
    if (m_progress)
        m_progress->stop.request_stop();
}

std::shared_ptr<ImportJob::Progress> ImportJob::begin()
{
    cancel();
    m_progress = std::make_shared<Progress>();
    m_running = true;
    m_look.start();
    return m_progress;
}

void ImportJob::cancel()
{
    if (!m_running)
        return;
    m_progress->stop.request_stop();
    ++m_run;
    m_running = false;
    m_look.stop();
    Q_EMIT ended();
}

template<typename Value>
void ImportJob::await(const QFuture<Result<Value>> &future, void (ImportJob::*done)(const Value &))
{
    whenReady(future, this, [this, run = ++m_run, done](const Result<Value> &result) {
        if (run != m_run)
            return;
        m_running = false;
        m_look.stop();
        if (result)
            Q_EMIT(this->*done)(*result);
        else
            Q_EMIT failed(result.error());
        Q_EMIT ended();
    });
}

void ImportJob::preview(const QString &path)
{
    begin();
    await(m_reader.submit([path] { return evaluation::previewImport(path); }),
          &ImportJob::previewed);
}

void ImportJob::importFile(evaluation::DatasetThread &datasets,
                           const evaluation::ImportRequest &request)
{
    await(datasets.ask([progress = begin(), request](DatasetStore &store) {
        const auto report = [progress](qint64 bytes, qint64 size) {
            progress->share = size > 0 ? double(bytes) / double(size) : 0;
        };
        return evaluation::importDataset(request, store, report, progress->stop.get_token());
    }),
          &ImportJob::imported);
}

void ImportJob::importRuns(evaluation::DatasetThread &datasets, const QString &ledgerPath,
                           const evaluation::RunImportRequest &request, qint64 runs)
{
    await(datasets.ask([progress = begin(), ledgerPath, request,
                        runs](DatasetStore &store) -> Result<RunImportReport> {
        const auto ledger = ledger::Ledger::open(ledgerPath);
        if (!ledger)
            return tl::unexpected(ledger.error());
        const auto report = [progress, runs](qint64 done) {
            progress->share = runs > 0 ? qMin(1.0, double(done) / double(runs)) : 0;
        };
        return evaluation::importRuns(request, **ledger, store, report, progress->stop.get_token());
    }),
          &ImportJob::runsImported);
}

} // namespace headgate::ui
