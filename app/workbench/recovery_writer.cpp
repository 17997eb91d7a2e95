#include "app/workbench/recovery_writer.h"

#include <QFile>
#include <QSaveFile>

#include <system_error>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

RecoveryWriter::RecoveryWriter(QObject *parent)
    : QObject(parent)
{
    try {
        m_thread = std::thread([this] { work(); });
    } catch (const std::system_error &) {
        // The system gives none: put() writes then.
    }
}

RecoveryWriter::~RecoveryWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void RecoveryWriter::write(const QString &file, RecoveryRecord record, const QString &thenRemove)
{
    Job job{file, std::move(record), {}};
    if (!thenRemove.isEmpty())
        job.thenRemove.append(thenRemove);
    put(std::move(job));
}

void RecoveryWriter::remove(const QString &file)
{
    put({file, std::nullopt, {}});
}

void RecoveryWriter::put(Job job)
{
    if (!m_thread.joinable()) {
        carryOut(job);
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        const auto waiting = std::find_if(m_jobs.begin(), m_jobs.end(), [&job](const Job &each) {
            return each.file == job.file;
        });
        if (waiting == m_jobs.end()) {
            m_jobs.append(std::move(job));
        } else {
            job.thenRemove += waiting->thenRemove;
            *waiting = std::move(job);
        }
    }
    m_changed.notify_all();
}

void RecoveryWriter::finish()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_jobs.isEmpty() && !m_busy; });
}

void RecoveryWriter::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_ending || !m_jobs.isEmpty(); });
        if (m_jobs.isEmpty())
            return;
        const Job job = m_jobs.takeFirst();
        m_busy = true;
        lock.unlock();
        carryOut(job);
        lock.lock();
        m_busy = false;
        m_changed.notify_all();
    }
}

void RecoveryWriter::carryOut(const Job &job)
{
    if (!job.record) {
        QFile::remove(job.file);
    } else {
        const QByteArray text = formatRecovery(*job.record);
        QSaveFile file(job.file);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
            Q_EMIT failed(tr("Unsaved edits of “%1” cannot be kept for recovery: %2. Save soon.")
                              .arg(job.record->name, file.errorString()));
            return;
        }
    }
    for (const QString &old : job.thenRemove)
        QFile::remove(old);
}

} // namespace headgate::workbench
