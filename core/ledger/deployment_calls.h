#pragma once

#include "core/common/result.h"
#include "core/engine/deployment_health.h"

#include <QDateTime>

namespace headgate::sqlite {
class Database;
}

namespace headgate::ledger {

// The calls of one deployment, as the ledger has them.
struct DeploymentCalls
{
    engine::Deployment deployment;
    std::vector<engine::CallSample> samples; // oldest first
    engine::CallFigures figures;             // of these
};

// See Ledger::deployments. Calls that were never sent or that the user stopped are left out.
Result<QList<DeploymentCalls>> readDeployments(sqlite::Database &database, const QDateTime &since,
                                               int mostEach);
// For tests: the statement that reads the calls of one.
QString deploymentCallsSql();

} // namespace headgate::ledger
