#include "core/ledger/deployment_calls.h"

#include "core/sqlite/database.h"
#include "core/sqlite/transaction.h"

#include <algorithm>

namespace headgate::ledger {

using namespace Qt::StringLiterals;
using engine::CallSample;

namespace {

CallSample sampleFrom(const QSqlQuery &row)
{
    const auto start = std::chrono::nanoseconds(row.value(1).toLongLong());
    CallSample sample;
    sample.ok = row.value(0).toString().isEmpty();
    if (!row.value(2).isNull())
        sample.firstToken = std::chrono::nanoseconds(row.value(2).toLongLong()) - start;
    sample.duration = std::chrono::nanoseconds(row.value(3).toLongLong()) - start;
    sample.outputTokens = row.value(4).toLongLong();
    return sample;
}

} // namespace

QString deploymentCallsSql()
{
    return u"SELECT failure_class, start_ns, first_token_ns, end_ns, output"
           " FROM hops INDEXED BY hops_by_deployment"
           " WHERE attempt > 0 AND provider = ? AND chosen_model = ? AND run >= ?"
           " AND failure_class NOT IN ('not_configured', 'resting', 'key_limit', 'cancelled')"
           " ORDER BY run DESC LIMIT ?"_s;
}

Result<QList<DeploymentCalls>> readDeployments(sqlite::Database &database, const QDateTime &since,
                                               int mostEach)
{
    auto snapshot = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Read);
    if (!snapshot)
        return tl::unexpected(std::move(snapshot.error()));
    const auto first = database.value(
        u"SELECT MIN(seq) FROM runs INDEXED BY runs_by_time WHERE started_ms >= ?"_s,
        {since.isValid() ? since.toMSecsSinceEpoch() : std::numeric_limits<qint64>::min()});
    if (!first)
        return tl::unexpected(first.error());
    QList<DeploymentCalls> deployments;
    if (first->isNull())
        return deployments;
    Result<> read = database.forEach(
        u"SELECT DISTINCT provider, chosen_model FROM hops INDEXED BY hops_by_deployment"
        " WHERE attempt > 0"_s,
        {}, [&deployments](const QSqlQuery &row) {
            DeploymentCalls found;
            found.deployment = {row.value(0).toString(), row.value(1).toString()};
            deployments.append(std::move(found));
        });
    for (DeploymentCalls &each : deployments) {
        if (!read)
            break;
        read = database.forEach(
            deploymentCallsSql(),
            {sqlite::textValue(each.deployment.provider), sqlite::textValue(each.deployment.model),
             *first, mostEach},
            [&each](const QSqlQuery &row) { each.samples.push_back(sampleFrom(row)); });
        std::reverse(each.samples.begin(), each.samples.end());
        each.figures = engine::figuresOf(each.samples);
    }
    if (!read)
        return tl::unexpected(std::move(read.error()));
    deployments.removeIf([](const DeploymentCalls &each) { return each.samples.empty(); });
    return deployments;
}

} // namespace headgate::ledger
