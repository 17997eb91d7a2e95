#pragma once

#include "core/common/worker_thread.h"
#include "core/evaluation/datasets/dataset_store.h"

#include <QObject>

namespace headgate::evaluation {

// The workspace's data sets on a thread of their own, so that nobody waits for a disk. What is
// asked is done in the order of asking: whoever writes through it never meets the lock of another
// of its writers. Create, call and destroy it on one thread, which needs an event loop for the
// signal.
class DatasetThread final : public QObject
{
    Q_OBJECT
public:
    // The file is made, or opened, when something is first asked.
    explicit DatasetThread(QString path, QObject *parent = nullptr);
    ~DatasetThread() override; // waits for what was asked

    const QString &path() const { return m_path; } // for a process or thread with its own store

    // `question` takes a DatasetStore & and returns a Result; it runs there and owns what it
    // captures. Where the store cannot be opened, the answer says why, and the next question tries
    // again: the file may have been mended.
    template<typename Question>
    QFuture<std::invoke_result_t<Question, DatasetStore &>> ask(Question question)
    {
        using Answer = std::invoke_result_t<Question, DatasetStore &>;
        return m_worker.submit([this, question = std::move(question)]() mutable -> Answer {
            const Result<DatasetStore *> store = opened();
            return store ? question(**store) : Answer(tl::unexpect, store.error());
        });
    }
    // Renames a damaged file, so that the next question begins a new one; the new name.
    QFuture<Result<QString>> setAside();

public Q_SLOTS:
    // To be called by whoever changed something: data sets, or outcomes of one.
    void tellChanged() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();

private:
    Result<DatasetStore *> opened(); // on the thread of the worker, to which the store belongs

    QString m_path;
    std::unique_ptr<DatasetStore> m_store;
    WorkerThread m_worker; // the last member: what it still does reads the others
};

} // namespace headgate::evaluation
