#include "core/evaluation/datasets/dataset_thread.h"

namespace headgate::evaluation {

DatasetThread::DatasetThread(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
}

DatasetThread::~DatasetThread()
{
    (void)m_worker.submit([this] { return m_store.reset(), Result<>(); });
    m_worker.wait();
}

Result<DatasetStore *> DatasetThread::opened()
{
    if (!m_store) {
        auto store = DatasetStore::open(m_path);
        if (!store)
            return tl::unexpected(std::move(store.error()));
        m_store = std::move(*store);
    }
    return m_store.get();
}

QFuture<Result<QString>> DatasetThread::setAside()
{
    return m_worker.submit([this] {
        m_store.reset();
        return DatasetStore::setAside(m_path);
    });
}

} // namespace headgate::evaluation
