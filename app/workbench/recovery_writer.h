#pragma once

#include "app/workbench/recovery_record.h"

#include <QObject>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace headgate::workbench {

// Writes and removes recovery files on a thread of its own, in the order in which it was told. Of
// what is told about one file while it waits only the latest counts. All calls from one thread.
class RecoveryWriter final : public QObject
{
    Q_OBJECT
public:
    explicit RecoveryWriter(QObject *parent = nullptr);
    ~RecoveryWriter() override; // does what is left to do

    // `thenRemove` goes once the record is safely on disk; it stays where that fails.
    void write(const QString &file, RecoveryRecord record, const QString &thenRemove = {});
    void remove(const QString &file);
    void finish(); // waits until nothing is left to do

Q_SIGNALS:
    void failed(const QString &sentence); // from the writer's thread: connect with a context

private:
    struct Job
    {
        QString file;
        std::optional<RecoveryRecord> record; // none: remove the file
        QStringList thenRemove;
    };
    void put(Job job);
    void work();
    void carryOut(const Job &job);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    QList<Job> m_jobs; // guarded, as the flags
    bool m_busy = false;
    bool m_ending = false;
    std::thread m_thread;
};

} // namespace headgate::workbench
