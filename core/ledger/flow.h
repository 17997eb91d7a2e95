#pragma once

#include "core/engine/run_trace.h"
#include "core/ledger/spend_filter.h"

#include <QHash>

namespace headgate::sqlite {
class Database;
}

namespace headgate::ledger {

struct FlowAmount
{
    qint64 runs = 0;
    Money cost;
    std::chrono::nanoseconds time{};

    FlowAmount &operator+=(const FlowAmount &other);
    bool operator==(const FlowAmount &) const = default;
};

// Where the runs of one policy went. Every run counts with its whole cost and its whole time on
// each wire that it took, so that what flows into a node flows out of it again.
struct Flow
{
    using Port = std::pair<policy::NodeId, QString>;

    FlowAmount total;
    qint64 unpriced = 0; // runs with a call whose price is not known: their cost is too low
    QHash<Port, FlowAmount> wires;       // by the port that they left a node by
    QHash<policy::NodeId, qint64> nodes; // runs that went through it

    void add(const engine::RunTrace &trace);
    bool operator==(const Flow &) const = default;
};

// Reads the indexes runs_by_policy and hops_by_run alone.
Result<Flow> readFlow(sqlite::Database &database, const SpendFilter &filter);
// Its statement, for a look at the query plan.
QString wireFlowSql(const SpendFilter &filter);

} // namespace headgate::ledger
