#include "core/engine/query_runner.h"

#include "core/engine/query_run.h"

namespace headgate::engine {

QueryRunner::QueryRunner(ProviderDirectory &providers, const catalog::ModelCatalog &catalog,
                         Clock &clock)
    : m_providers(providers)
    , m_catalog(catalog)
    , m_clock(clock)
    , m_traffic(clock)
{
    // Another address or key: what the former one did says nothing of it.
    m_providers.onReplaced = [this](const QString &name) { m_traffic.deployments.release(name); };
}

QueryRunner::~QueryRunner()
{
    m_providers.onReplaced = {};
}

QCoro::Task<RunTrace> QueryRunner::run(std::shared_ptr<const PreparedPolicy> policy,
                                       policy::Query query, std::stop_token stop,
                                       std::function<void(const RunEvent &)> onEvent,
                                       RunOrigin origin)
{
    QueryRun run(*policy, std::move(query), origin, m_providers, m_embedder, m_references,
                 m_catalog, m_clock, m_traffic, std::move(onEvent));
    auto task = run.drive(std::move(stop));
    co_await task;
    co_return run.takeTrace();
}

} // namespace headgate::engine
