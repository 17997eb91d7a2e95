#include "app/cli/batch.h"

#include <QCoreApplication>

namespace headgate::cli {

Batch::Batch(engine::QueryRunner &runner, std::shared_ptr<const engine::PreparedPolicy> policy,
             QStringList prompts, Done done)
    : m_runner(runner)
    , m_policy(std::move(policy))
    , m_prompts(std::move(prompts))
    , m_done(std::move(done))
{
}

QCoro::Task<> Batch::run(int concurrency, std::stop_token stop)
{
    std::vector<QCoro::Task<>> workers;
    for (int i = 0; i < concurrency; ++i)
        workers.push_back(work(stop));
    for (QCoro::Task<> &worker : workers)
        co_await worker;
}

QCoro::Task<> Batch::work(std::stop_token stop)
{
    while (m_next < m_prompts.size() && !stop.stop_requested()) {
        const qsizetype place = m_next++;
        policy::Query query;
        query.messages = {Message{.role = Message::Role::User, .text = m_prompts.at(place)}};
        query.seed = quint64(place) + 1;
        auto task =
            m_runner.run(m_policy, std::move(query), stop, [this](const engine::RunEvent &event) {
                if (m_begun && event.kind == engine::RunEvent::Kind::Begun)
                    m_begun(*event.run);
            });
        const engine::RunTrace trace = co_await task;
        m_done(place, trace);
    }
}

namespace {

QCoro::Task<> store(QCoro::Task<int> task, std::optional<int> &code)
{
    code = co_await task;
    QCoreApplication::quit();
}

} // namespace

int finish(QCoro::Task<int> task)
{
    std::optional<int> code;
    const auto stored = store(std::move(task), code);
    if (!code)
        QCoreApplication::exec();
    return code.value_or(0);
}

} // namespace headgate::cli
