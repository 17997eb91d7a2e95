#pragma once

#include "core/catalog/model_catalog.h"
#include "core/common/clock.h"
#include "core/engine/provider_directory.h"
#include "core/engine/run_trace.h"
#include "core/policy/compiled_policy.h"
#include "core/routers/router_registry.h"
#include "core/scorers/scorer.h"

#include <qcoro/qcorotask.h>

namespace headgate::engine {

// What the view sees while a query runs.
struct RunEvent
{
    enum class Kind {
        NodeStarted, // node
        Text,        // node, text: a piece of an answer, provisional until the run ends
        HopEnded,    // node, hop: an attempt, decision or score is over
        Waiting,     // node, wait: backing off before the next attempt
    };

    Kind kind = Kind::NodeStarted;
    policy::NodeId node;
    QString text;
    Hop hop;
    std::chrono::milliseconds wait{};
};

// A compiled policy with its routers and scorers made.
class PreparedPolicy
{
public:
    static Result<std::shared_ptr<const PreparedPolicy>> prepare(
        const policy::PolicyDocument &document, const routers::RouterRegistry &routers,
        const scorers::ScorerRegistry &scorers);

    const policy::CompiledPolicy &compiled() const { return *m_compiled; }
    const QString &version() const { return m_version; } // as RunTrace::policyVersion
    const routers::Router *router(policy::NodeIndex node) const { return m_routers[size_t(node)].get(); }
    const scorers::Scorer *scorer(policy::NodeIndex node) const { return m_scorers[size_t(node)].get(); }

private:
    PreparedPolicy() = default;
    std::shared_ptr<const policy::CompiledPolicy> m_compiled;
    QString m_version;
    std::vector<std::unique_ptr<routers::Router>> m_routers; // by node; null where it has none
    std::vector<std::unique_ptr<scorers::Scorer>> m_scorers;
};

// Drives a policy's machine against providers, one coroutine a query. Lives on one thread (the
// providers'); queries overlap freely there.
class QueryRunner
{
public:
    // All three outlive the runner and its tasks.
    QueryRunner(ProviderDirectory &providers, const catalog::ModelCatalog &catalog, Clock &clock);

    // Always ends with a whole trace: answer, partial or one clear error. `onEvent` is called on
    // this thread and may be empty.
    QCoro::Task<RunTrace> run(std::shared_ptr<const PreparedPolicy> policy, policy::Query query,
                              std::stop_token stop,
                              std::function<void(const RunEvent &)> onEvent);

private:
    ProviderDirectory &m_providers;
    const catalog::ModelCatalog &m_catalog;
    Clock &m_clock;
};

} // namespace headgate::engine
