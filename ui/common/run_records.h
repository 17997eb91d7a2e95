#pragma once

#include "core/catalog/model_catalog.h"
#include "core/ledger/ledger.h"

#include <QFuture>
#include <QObject>

namespace headgate::ui {

// The runs of this session and of the ledger, as drawings read them. Lives on the GUI thread;
// what is asked of the ledger is answered off it. Without a ledger answers are empty.
class RunRecords : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // Of one policy, newest first.
    virtual QList<engine::RunTrace> sessionRuns(const QString &policyName) const = 0;
    virtual QFuture<Result<ledger::Flow>> flow(const ledger::SpendFilter &filter) = 0;
    virtual QFuture<Result<ledger::GateScores>> gateScores(const ledger::GateFilter &filter) = 0;
    virtual QFuture<Result<QList<ledger::RunSummary>>> runs(const ledger::SpendFilter &filter,
                                                            int limit) = 0;
    virtual QFuture<Result<engine::RunTrace>> run(const QString &id) = 0;
    virtual const catalog::ModelCatalog &catalog() = 0;

Q_SIGNALS:
    void changed(); // a run ended, or is in the ledger now
};

} // namespace headgate::ui
