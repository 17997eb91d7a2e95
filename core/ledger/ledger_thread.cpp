#include "core/ledger/ledger_thread.h"

#include "core/ledger/texts.h"

namespace headgate::ledger {

namespace {

Error notOpen()
{
    return {ErrorCode::NotFound, Texts::tr("No ledger is open."), {}};
}

} // namespace

LedgerThread::LedgerThread(QObject *parent)
    : QObject(parent)
    , m_closed(notOpen())
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(LedgerOptions().retryInterval);
    connect(&m_retry, &QTimer::timeout, this,
            [this] { (void)m_worker.submit([this] { return writePending(); }); });
}

LedgerThread::~LedgerThread()
{
    (void)close();
    m_worker.wait();
}

QFuture<Result<>> LedgerThread::open(const QString &path, const LedgerOptions &options)
{
    m_retry.setInterval(options.retryInterval);
    return m_worker.submit([this, path, options] { return openNow(path, options); });
}

QFuture<Result<>> LedgerThread::close()
{
    return m_worker.submit([this] { return closeNow(); });
}

QFuture<Result<>> LedgerThread::begin(const engine::RunTrace &trace)
{
    return m_worker.submit([this, trace]() -> Result<> {
        return m_ledger ? m_ledger->begin(trace) : Result<>(tl::unexpect, m_closed);
    });
}

QFuture<Result<>> LedgerThread::record(const engine::RunTrace &trace, bool keepTexts)
{
    return m_worker.submit([this, trace, keepTexts] { return recordNow(trace, keepTexts); });
}

QFuture<Result<CorrectionEffect>> LedgerThread::correctPrice(const PriceCorrection &correction)
{
    return m_worker.submit([this, correction]() -> Result<CorrectionEffect> {
        return m_ledger ? m_ledger->correctPrice(correction)
                        : Result<CorrectionEffect>(tl::unexpect, m_closed);
    });
}

QFuture<Result<>> LedgerThread::deleteTexts()
{
    return m_worker.submit([this]() -> Result<> {
        // What is still to be written was allowed under the former choice only.
        for (PendingRun &run : m_queue)
            run.keepTexts = false;
        return m_ledger ? m_ledger->deleteTexts() : Result<>(tl::unexpect, m_closed);
    });
}

Result<> LedgerThread::openNow(const QString &path, const LedgerOptions &options)
{
    m_ledger.reset();
    auto opened = Ledger::open(path, options);
    if (!opened) {
        m_closed = opened.error();
        return tl::unexpected(std::move(opened.error()));
    }
    m_ledger = *std::move(opened);
    (void)writePending(); // tells of its trouble itself
    return {};
}

Result<> LedgerThread::closeNow()
{
    if (m_ledger)
        (void)writePending();
    m_ledger.reset();
    m_closed = notOpen();
    if (m_queue.empty())
        return {};
    const int lost = int(m_queue.size());
    m_queue.clear();
    m_pending = 0;
    m_trouble.reset();
    return fail(ErrorCode::Io,
                Texts::tr("The ledger could not be written; runs lost: %1.").arg(lost));
}

Result<> LedgerThread::recordNow(const engine::RunTrace &trace, bool keepTexts)
{
    if (qsizetype(m_queue.size()) >= kMostPending)
        return fail(ErrorCode::LimitReached,
                    Texts::tr("%1 runs wait to be written to the ledger; this one is not kept.")
                        .arg(m_queue.size()));
    m_queue.push_back({trace, keepTexts});
    m_pending = qsizetype(m_queue.size());
    // While there is trouble, attempts come from the timer alone: each may take its time to fail.
    if (m_trouble)
        return tl::unexpected(*m_trouble);
    return writePending();
}

Result<> LedgerThread::writePending()
{
    while (!m_queue.empty()) {
        const PendingRun &run = m_queue.front();
        auto written = m_ledger ? m_ledger->record(run.trace, run.keepTexts)
                                : Result<>(tl::unexpect, m_closed);
        if (!written)
            return troubled(std::move(written.error()));
        const QString id = run.trace.id;
        m_queue.pop_front();
        m_pending = qsizetype(m_queue.size());
        Q_EMIT recorded(id);
    }
    if (m_trouble) {
        m_trouble.reset();
        Q_EMIT recovered();
    }
    return {};
}

Result<> LedgerThread::troubled(Error error)
{
    const bool isNew = !m_trouble;
    m_trouble = error;
    if (isNew)
        Q_EMIT problem(
            Texts::tr("%1 Runs are kept in memory until they can be written.").arg(error.message));
    QMetaObject::invokeMethod(
        this, [this] { m_retry.start(); }, Qt::QueuedConnection);
    return tl::unexpected(std::move(error));
}

} // namespace headgate::ledger
