#include "ui/common/service_run_records.h"

#include "core/ledger/ledger_thread.h"
#include "ui/common/query_service.h"

namespace headgate::ui {

namespace {

// Asks the ledger's thread; an empty answer where there is no ledger.
template<typename Question>
auto ask(QueryService &queries, Question question)
{
    using Answer = std::invoke_result_t<Question, const ledger::Ledger &>;
    ledger::LedgerThread *ledger = queries.ledger();
    return ledger ? ledger->query(std::move(question))
                  : QtFuture::makeReadyFuture(Answer(typename Answer::value_type()));
}

} // namespace

ServiceRunRecords::ServiceRunRecords(QueryService &queries, QObject *parent)
    : RunRecords(parent)
    , m_queries(queries)
{
    connect(&queries, &QueryService::opened, this, &RunRecords::changed);
    connect(&queries, &QueryService::finished, this, &RunRecords::changed);
    connect(&queries, &QueryService::recorded, this, &RunRecords::changed);
}

QList<engine::RunTrace> ServiceRunRecords::sessionRuns(const QString &policyName) const
{
    QList<engine::RunTrace> runs;
    const QList<engine::RunTrace> &all = m_queries.sessionRuns();
    for (auto run = all.crbegin(); run != all.crend(); ++run) {
        if (run->policyName == policyName)
            runs.append(*run);
    }
    return runs;
}

QFuture<Result<ledger::Flow>> ServiceRunRecords::flow(const ledger::SpendFilter &filter)
{
    return ask(m_queries, [filter](const ledger::Ledger &ledger) { return ledger.flow(filter); });
}

QFuture<Result<ledger::GateScores>> ServiceRunRecords::gateScores(const ledger::GateFilter &filter)
{
    return ask(m_queries,
               [filter](const ledger::Ledger &ledger) { return ledger.gateScores(filter); });
}

QFuture<Result<QList<ledger::RunSummary>>>
ServiceRunRecords::runs(const ledger::SpendFilter &filter, int limit)
{
    return ask(m_queries, [filter, limit](const ledger::Ledger &ledger) {
        return ledger.runs(filter, limit);
    });
}

QFuture<Result<engine::RunTrace>> ServiceRunRecords::run(const QString &id)
{
    return ask(m_queries, [id](const ledger::Ledger &ledger) { return ledger.run(id); });
}

const catalog::ModelCatalog &ServiceRunRecords::catalog()
{
    return m_queries.catalog();
}

} // namespace headgate::ui
