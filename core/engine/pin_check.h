#pragma once

#include "core/engine/call_cost.h"
#include "core/engine/run_trace.h"
#include "core/policy/policy_run.h"
#include "core/routers/router_registry.h"

namespace headgate::engine {

// Makes a route assertion of an answered run: its path, and what its calls and scores came to.
// Scores of gates that the document no longer has, or that are judged otherwise by now, are left
// out. InvalidInput where the run has no answer or its query was not kept.
Result<policy::RoutePin> makePin(const RunTrace &trace, const policy::PolicyDocument &document,
                                 const QString &id, const QString &name);

// What became of one pin.
struct PinOutcome
{
    enum class State {
        Holds,
        Broken,  // the query takes another path
        Unknown, // a result that was not recorded is needed to tell
    };

    QString pin{}; // its id
    State state = State::Unknown;
    // Broken: where the path leaves. Unknown: whose result is missing; empty: of the whole policy.
    policy::NodeId node{};
    QString sentence{}; // empty where it holds
    // Broken: the path that is taken now, as far as recorded results tell it to its end.
    std::optional<QList<policy::PinnedStep>> newPath{};

    bool operator==(const PinOutcome &) const = default;
};

// Follows pinned queries through a policy without calling a model: routers decide anew, calls and
// scores are those that were recorded. A pure function of policy and pin; may be used from any one
// thread at a time.
class PinCheck
{
public:
    // Fails where the policy does not compile. The catalog gives the prices that a cost limit
    // and routers need; it is copied.
    static Result<PinCheck> prepare(const policy::PolicyDocument &document,
                                    const routers::RouterRegistry &routers,
                                    const catalog::ModelCatalog &catalog, QDate today);

    PinOutcome check(const policy::RoutePin &pin) const;

private:
    PinCheck() = default;

    std::shared_ptr<const policy::CompiledPolicy> m_policy;
    std::vector<std::unique_ptr<routers::Router>> m_routers; // by node; null for other kinds
    std::shared_ptr<const catalog::ModelCatalog> m_catalog;  // what m_costs reads
    std::optional<CallCost> m_costs;                         // none only until it is prepared
};

// All pins of a document, in their order.
QList<PinOutcome> checkPins(const policy::PolicyDocument &document,
                            const routers::RouterRegistry &routers,
                            const catalog::ModelCatalog &catalog, QDate today);

} // namespace headgate::engine
