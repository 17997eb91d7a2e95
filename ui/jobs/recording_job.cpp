#include "ui/jobs/recording_job.h"

#include "ui/common/number_format.h"
#include "ui/common/query_service.h"

#include <QDateTime>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace headgate::ui {

using evaluation::RecordingReport;
using End = RecordingReport::End;

namespace {

constexpr qint64 kLeastMeasuredMs = 2000; // before the time that is left can be told

} // namespace

RecordingJob::RecordingJob(Order order, QueryService &queries, QObject *parent)
    : Job(parent)
    , m_order(std::move(order))
    , m_queries(queries)
{
    begin();
}

void RecordingJob::begin()
{
    m_state = State::Running;
    m_report.reset();
    m_activeMs = 0;
    m_running.start();
    m_recording = std::make_unique<evaluation::Recording>(
        m_order.storePath, m_order.plan, m_queries.catalog(),
        QDateTime::currentDateTimeUtc().date(), [this](evaluation::Asking asking) {
            m_queries.runForRecording(std::move(asking.policy), std::move(asking.query),
                                      asking.stop, std::move(asking.done));
        });
    connect(m_recording.get(), &evaluation::Recording::progressed, this, &Job::changed);
    connect(m_recording.get(), &evaluation::Recording::ended, this, &RecordingJob::take);
    m_recording->start();
    Q_EMIT changed();
}

QString RecordingJob::title() const
{
    return tr("Recording of %1").arg(m_order.dataset);
}

qint64 RecordingJob::finished() const
{
    const auto &progress = m_recording->progress();
    return progress.kept + progress.failed;
}

std::optional<double> RecordingJob::share() const
{
    if (m_order.items <= 0)
        return std::nullopt;
    return std::min(1.0, double(finished()) / double(m_order.items));
}

std::optional<std::chrono::milliseconds> RecordingJob::timeLeft() const
{
    const qint64 active = m_activeMs + (m_running.isValid() ? m_running.elapsed() : 0);
    if (active < kLeastMeasuredMs || finished() == 0)
        return std::nullopt;
    const double each = double(active) / double(finished());
    // To the second: more would be more than is known.
    return std::chrono::seconds(qint64(each * double(m_order.items - finished()) / 1000) + 1);
}

QString RecordingJob::runningFigures() const
{
    const auto &progress = m_recording->progress();
    QStringList parts{
        tr("%1 of %2 answers").arg(formatCount(progress.kept), formatCount(m_order.items))};
    if (m_order.plan.cap)
        parts.append(
            tr("%1 of %2 spent").arg(formatMoney(progress.spent), formatMoney(*m_order.plan.cap)));
    if (progress.unknownCosts > 0)
        parts.append(tr("%1 without a known price").arg(formatCount(progress.unknownCosts)));
    if (progress.failed > 0)
        parts.append(tr("%1 failed").arg(formatCount(progress.failed)));
    if (progress.waited > 0ms) // what was asked before Stop is still to be written
        parts.append(tr("waiting until the import that is under way is done (%1)")
                         .arg(formatDuration(progress.waited)));
    if (m_state == State::Paused)
        parts.append(progress.inFlight > 0 ? tr("pausing") : tr("paused"));
    else if (m_state == State::Stopping)
        parts.append(tr("stopping"));
    else if (const auto left = timeLeft(); left && progress.waited == 0ms)
        parts.append(tr("about %1 left").arg(formatDuration(*left)));
    return parts.join(u" · "_s);
}

QString RecordingJob::endSentence() const
{
    switch (m_report->end) {
    case End::Done:
        return tr("Done.");
    case End::Stopped:
        return tr("Stopped; what was answered is kept.");
    case End::CapReached:
        return tr("The cap is reached. %1").arg(m_report->error);
    case End::Failed:
        break;
    }
    return m_report->error;
}

QString RecordingJob::figures() const
{
    if (!m_report)
        return runningFigures();
    const auto &progress = m_report->progress;
    QStringList parts{tr("%1 answers kept").arg(formatCount(m_keptBefore + progress.kept)),
                      tr("%1 spent").arg(formatMoney(m_spentBefore + progress.spent))};
    if (progress.ungraded > 0)
        parts.append(tr("%1 not graded").arg(formatCount(progress.ungraded)));
    if (progress.failed > 0)
        parts.append(tr("%1 failed").arg(formatCount(progress.failed)));
    return tr("%1 %2", "how it ended, figures").arg(endSentence(), parts.join(u" · "_s));
}

QStringList RecordingJob::troubles() const
{
    if (!m_report)
        return {};
    QStringList lines = m_report->leftOut;
    for (const auto &trouble : m_report->troubles)
        lines.append(tr("Row %1, %2: %3").arg(trouble.row).arg(trouble.model, trouble.sentence));
    return lines;
}

QString RecordingJob::goingOn() const
{
    if (!m_report)
        return {};
    if (m_report->end == End::Stopped || m_report->end == End::Failed)
        return tr("Resume");
    if (m_report->end == End::CapReached)
        return tr("Resume…");
    return m_report->progress.failed + m_report->progress.ungraded > 0 ? tr("Retry failed")
                                                                       : QString();
}

void RecordingJob::setPaused(bool paused)
{
    if (m_report || m_state == State::Stopping || paused == (m_state == State::Paused))
        return;
    if (paused) {
        m_activeMs += m_running.elapsed();
        m_running.invalidate();
    } else {
        m_running.start();
    }
    m_state = paused ? State::Paused : State::Running;
    m_recording->setPaused(paused);
}

void RecordingJob::stop()
{
    if (m_report)
        return;
    m_state = State::Stopping;
    m_recording->stop();
    Q_EMIT changed();
}

void RecordingJob::goOn()
{
    if (!m_report)
        return;
    if (m_report->end == End::CapReached) {
        Q_EMIT anotherCapWanted();
        return;
    }
    const auto &progress = m_report->progress;
    m_keptBefore += progress.kept;
    m_spentBefore += progress.spent;
    m_order.items = std::max<qint64>(0, m_order.items - progress.kept + progress.ungraded);
    if (m_order.plan.cap)
        *m_order.plan.cap -= progress.spent;
    begin();
}

void RecordingJob::take(const RecordingReport &report)
{
    m_report = report;
    m_state = State::Ended;
    Q_EMIT kept();
    Q_EMIT changed();
    Q_EMIT ended();
}

} // namespace headgate::ui
