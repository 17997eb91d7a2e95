#include "core/ledger/flow.h"

#include "core/ledger/spend_query.h"
#include "core/sqlite/database.h"
#include "core/sqlite/transaction.h"

namespace headgate::ledger {

using namespace Qt::StringLiterals;

namespace {

FlowAmount amountAt(const QSqlQuery &row, int column)
{
    return {row.value(column).toLongLong(), Money::fromNanos(row.value(column + 1).toLongLong()),
            std::chrono::nanoseconds(row.value(column + 2).toLongLong())};
}

// Each run's hops by its key: the order of the two tables is the reader's to choose, not SQLite's.
QString hopsOfRuns(const SpendFilter &filter)
{
    return u" FROM runs INDEXED BY runs_by_policy CROSS JOIN hops INDEXED BY hops_by_run"
           " ON hops.run = runs.seq WHERE "_s +
           Condition(filter).sql;
}

} // namespace

FlowAmount &FlowAmount::operator+=(const FlowAmount &other)
{
    runs += other.runs;
    cost += other.cost;
    time += other.time;
    return *this;
}

void Flow::add(const engine::RunTrace &trace)
{
    const FlowAmount run{1, trace.cost, trace.latency};
    total += run;
    unpriced += trace.unknownPrices > 0 ? 1 : 0;
    QSet<policy::NodeId> visited;
    for (const engine::Hop &hop : trace.hops) {
        visited.insert(hop.node);
        if (!hop.port.isEmpty())
            wires[{hop.node, hop.port}] += run;
    }
    for (const policy::NodeId &node : std::as_const(visited))
        ++nodes[node];
}

QString wireFlowSql(const SpendFilter &filter)
{
    return u"SELECT node, port, COUNT(*), SUM(runs.cost), SUM(runs.latency_ns)"_s +
           hopsOfRuns(filter) + u" AND port <> '' GROUP BY node, port"_s;
}

Result<Flow> readFlow(sqlite::Database &database, const SpendFilter &filter)
{
    auto snapshot = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Read);
    if (!snapshot)
        return tl::unexpected(std::move(snapshot.error()));
    const Condition condition(filter);
    Flow flow;
    Result<> read =
        database.forEach(u"SELECT COUNT(*), SUM(cost), SUM(latency_ns), SUM(unknown_prices > 0)"
                         " FROM runs INDEXED BY runs_by_policy WHERE "_s +
                             condition.sql,
                         condition.values, [&flow](const QSqlQuery &row) {
                             flow.total = amountAt(row, 0);
                             flow.unpriced = row.value(3).toLongLong();
                         });
    if (read)
        read = database.forEach(wireFlowSql(filter), condition.values, [&](const QSqlQuery &row) {
            flow.wires.insert({{row.value(0).toString()}, row.value(1).toString()},
                              amountAt(row, 2));
        });
    if (read)
        read = database.forEach(
            u"SELECT node, COUNT(DISTINCT run)"_s + hopsOfRuns(filter) + u" GROUP BY node"_s,
            condition.values, [&flow](const QSqlQuery &row) {
                flow.nodes.insert({row.value(0).toString()}, row.value(1).toLongLong());
            });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return flow;
}

} // namespace headgate::ledger
