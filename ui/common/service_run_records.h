#pragma once

#include "ui/common/run_records.h"

namespace headgate::ui {

class QueryService;

// The records of a query service and its ledger. The service outlives it.
class ServiceRunRecords final : public RunRecords
{
    Q_OBJECT
public:
    explicit ServiceRunRecords(QueryService &queries, QObject *parent = nullptr);

    QList<engine::RunTrace> sessionRuns(const QString &policyName) const override;
    QFuture<Result<ledger::Flow>> flow(const ledger::SpendFilter &filter) override;
    QFuture<Result<ledger::GateScores>> gateScores(const ledger::GateFilter &filter) override;
    QFuture<Result<QList<ledger::RunSummary>>> runs(const ledger::SpendFilter &filter,
                                                    int limit) override;
    QFuture<Result<engine::RunTrace>> run(const QString &id) override;
    const catalog::ModelCatalog &catalog() override;

private:
    QueryService &m_queries;
};

} // namespace headgate::ui
