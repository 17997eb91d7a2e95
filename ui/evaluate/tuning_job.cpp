#include "ui/evaluate/tuning_job.h"

#include <QMetaObject>

#include <system_error>

namespace headgate::ui {

TuningJob::TuningJob(QObject *parent)
    : QObject(parent)
{
}

TuningJob::~TuningJob() = default; // the thread is asked to stop, and is joined

void TuningJob::load(Load work)
{
    const quint64 run = m_run + 1;
    start([this, run, work = std::move(work)](std::stop_token stop) -> Then {
        const auto progress = [this, run](qint64 bytes, qint64 size) {
            report(run, size > 0 ? double(bytes) / double(size) : 0);
        };
        auto outcomes = work(progress, std::move(stop));
        return [this, outcomes = std::move(outcomes)] {
            if (outcomes)
                Q_EMIT loaded(*outcomes);
            else
                Q_EMIT failed(outcomes.error().message);
        };
    });
}

void TuningJob::reload(std::shared_ptr<const LoadedOutcomes> outcomes,
                       const evaluation::CascadeColumnsOptions &models)
{
    start([this, outcomes = std::move(outcomes), models](const std::stop_token &) -> Then {
        return [this, again = withModels(*outcomes, models)] { Q_EMIT loaded(again); };
    });
}

void TuningJob::search(std::shared_ptr<const LoadedOutcomes> outcomes, const TuneRequest &request)
{
    const quint64 run = m_run + 1;
    start([this, run, outcomes = std::move(outcomes), request](std::stop_token stop) -> Then {
        const auto progress = [this, run](qsizetype done, qsizetype all) {
            report(run, all > 0 ? double(done) / double(all) : 0);
        };
        auto choice = evaluation::chooseCascade(outcomes->train, outcomes->validation, request.wish,
                                                request.search, progress, std::move(stop));
        return [this, choice = std::move(choice)] {
            if (choice)
                Q_EMIT searched(*choice);
            else
                Q_EMIT failed(choice.error().message);
        };
    });
}

void TuningJob::searchBranches(std::shared_ptr<const LoadedOutcomes> outcomes,
                               const TuneRequest &request, const policy::PolicyDocument &document)
{
    const quint64 run = m_run + 1;
    start([this, run, outcomes = std::move(outcomes), request, document,
           artifacts = m_artifacts](std::stop_token stop) -> Then {
        const auto progress = [this, run](qsizetype done, qsizetype all) {
            report(run, all > 0 ? double(done) / double(all) : 0);
        };
        auto result = searchRouted(document, *outcomes, request, artifacts, progress,
                                   std::move(stop));
        return [this, result = std::move(result)] {
            if (result)
                Q_EMIT branchesSearched(*result);
            else
                Q_EMIT branchesRefused(result.error().message);
        };
    });
}

void TuningJob::start(std::function<Then(std::stop_token)> work)
{
    ++m_run;
    m_running = true;
    m_shown = -1;
    try {
        m_thread = std::jthread([this, run = m_run, work = std::move(work)](std::stop_token stop) {
            finish(run, work(stop));
        });
    } catch (const std::system_error &) {
        finish(m_run, [this] {
            Q_EMIT failed(tr("The system gives no further thread. Close other programs and try "
                             "again."));
        });
    }
}

// From any thread.
void TuningJob::finish(quint64 run, Then then)
{
    QMetaObject::invokeMethod(
        this,
        [this, run, then = std::move(then)] {
            if (run != m_run)
                return;
            m_running = false;
            then();
            Q_EMIT ended();
        },
        Qt::QueuedConnection);
}

void TuningJob::cancel()
{
    if (!m_running)
        return;
    ++m_run;
    m_running = false;
    m_thread.request_stop();
    Q_EMIT ended();
}

void TuningJob::report(quint64 run, double share)
{
    const int percent = int(share * 100);
    if (m_shown.exchange(percent) == percent)
        return;
    QMetaObject::invokeMethod(this, [this, run, share] {
        if (run == m_run)
            Q_EMIT progressed(share);
    });
}

} // namespace headgate::ui
