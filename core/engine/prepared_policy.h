#pragma once

#include "core/engine/target_order.h"
#include "core/routers/router_registry.h"
#include "core/scorers/scorer.h"

namespace headgate::engine {

// How one model node calls its model.
struct CallSettings
{
    QString systemPrompt; // goes before the query's messages; empty: none
    int retries = 2;      // after the first attempt
    std::optional<std::chrono::milliseconds> timeout; // of each attempt
    TargetOrder order = TargetOrder::InOrder;
    std::vector<double> weights;      // by place in the node's group
    std::optional<double> hedgeAfter; // share of the latest answers, in (0, 1); none: no hedge
};

// A compiled policy with its routers and scorers made. Immutable, shared between queries.
class PreparedPolicy
{
public:
    static Result<std::shared_ptr<const PreparedPolicy>>
    prepare(const policy::PolicyDocument &document, const routers::RouterRegistry &routers,
            const scorers::ScorerRegistry &scorers);

    const policy::CompiledPolicy &compiled() const { return *m_compiled; }
    // As RunTrace::policyVersion: changes with every change of how queries are routed.
    const QString &version() const { return m_version; }
    // nullptr for nodes of other kinds.
    const routers::Router *router(policy::NodeIndex node) const
    {
        return m_routers[size_t(node)].get();
    }
    const scorers::Scorer *scorer(policy::NodeIndex node) const
    {
        return m_scorers[size_t(node)].get();
    }
    // As Hop::scorers; empty for nodes of other kinds.
    const QString &scorersMark(policy::NodeIndex node) const
    {
        return m_scorersMarks[size_t(node)];
    }
    const CallSettings &call(policy::NodeIndex node) const { return m_calls[size_t(node)]; }
    // Whether any gate judges by log-probabilities, so that calls must ask for them.
    bool needsLogProbabilities() const { return m_needsLogProbabilities; }

private:
    PreparedPolicy() = default;

    std::shared_ptr<const policy::CompiledPolicy> m_compiled;
    QString m_version;
    bool m_needsLogProbabilities = false;
    std::vector<std::unique_ptr<routers::Router>> m_routers; // all four by node
    std::vector<std::unique_ptr<scorers::Scorer>> m_scorers;
    std::vector<QString> m_scorersMarks;
    std::vector<CallSettings> m_calls;
};

} // namespace headgate::engine
