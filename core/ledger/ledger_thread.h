#pragma once

#include "core/common/worker_thread.h"
#include "core/ledger/ledger.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>

namespace headgate::ledger {

// A ledger on a thread of its own, so that nobody waits for a disk. What is asked is done in the
// order of asking. Create, call and destroy it on one thread, which needs an event loop for the
// signals and for later attempts. `co_await` takes the futures as they are.
//
// A run that cannot be written is kept in memory, at most kMostPending of them, and written in the
// same order as soon as that works.
class LedgerThread final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMostPending = 10'000;

    explicit LedgerThread(QObject *parent = nullptr);
    // As close(); waits for it.
    ~LedgerThread() override;

    // Opens a ledger in place of the one that is open. On failure none is open, and runs are kept
    // in memory until an open() succeeds.
    QFuture<Result<>> open(const QString &path, const LedgerOptions &options = {});
    // Makes a last attempt to write what is pending. An error says how many runs are lost by it.
    QFuture<Result<>> close();

    // See Ledger. An error from record() means: not durable yet, but kept in memory; LimitReached:
    // not even that.
    QFuture<Result<>> begin(const engine::RunTrace &trace);
    QFuture<Result<>> record(const engine::RunTrace &trace, bool keepTexts);
    QFuture<Result<>> deleteTexts();
    QFuture<Result<CorrectionEffect>> correctPrice(const PriceCorrection &correction);

    // `question` takes a const Ledger & and returns a Result; it runs on the ledger's thread and
    // owns what it captures.
    template<typename Question>
    QFuture<std::invoke_result_t<Question, const Ledger &>> query(Question question)
    {
        using Answer = std::invoke_result_t<Question, const Ledger &>;
        return m_worker.submit([this, question = std::move(question)]() -> Answer {
            return m_ledger ? question(*m_ledger) : Answer(tl::unexpect, m_closed);
        });
    }

    // Runs that wait in memory. Any thread.
    qsizetype pending() const { return m_pending; }

Q_SIGNALS:
    // A run is durable.
    void recorded(const QString &runId);
    // Runs cannot be written; a sentence for the user. Once, until recovered().
    void problem(const QString &sentence);
    // Everything that was pending is written.
    void recovered();

private:
    struct PendingRun
    {
        engine::RunTrace trace;
        bool keepTexts = false;
    };

    // All of these, and the members below, belong to the ledger's thread.
    Result<> openNow(const QString &path, const LedgerOptions &options);
    Result<> closeNow();
    Result<> recordNow(const engine::RunTrace &trace, bool keepTexts);
    Result<> writePending();
    Result<> troubled(Error error);

    std::unique_ptr<Ledger> m_ledger;
    Error m_closed; // why none is open
    std::deque<PendingRun> m_queue;
    std::optional<Error> m_trouble; // of the last attempt, while there is any

    std::atomic<qsizetype> m_pending{0};
    QTimer m_retry; // of the owner's thread
    WorkerThread m_worker; // the last member: what it still does reads the others
};

} // namespace headgate::ledger
