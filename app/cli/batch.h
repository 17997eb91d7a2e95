#pragma once

#include "core/engine/query_runner.h"

namespace headgate::cli {

// Sends prompts through a policy, several at a time. A prompt's place is its seed, so that the same
// file gives the same run.
class Batch
{
public:
    using Done = std::function<void(qsizetype place, const engine::RunTrace &trace)>;

    // The runner outlives the batch. `done` is called once a query, in the order of their ends.
    Batch(engine::QueryRunner &runner, std::shared_ptr<const engine::PreparedPolicy> policy,
          QStringList prompts, Done done);

    // Called when a query has begun and nothing was sent yet.
    void onBegun(std::function<void(const engine::RunTrace &)> begun)
    {
        m_begun = std::move(begun);
    }

    // Ends when all queries have; after `stop` no further one is begun. The batch outlives the
    // task.
    QCoro::Task<> run(int concurrency, std::stop_token stop);

private:
    QCoro::Task<> work(std::stop_token stop);

    engine::QueryRunner &m_runner;
    std::shared_ptr<const engine::PreparedPolicy> m_policy;
    QStringList m_prompts;
    Done m_done;
    std::function<void(const engine::RunTrace &)> m_begun;
    qsizetype m_next = 0;
};

// Runs the event loop until the task has ended.
int finish(QCoro::Task<int> task);

} // namespace headgate::cli
