#pragma once

#include "core/engine/run_trace.h"

namespace headgate::sqlite {
class Database;
}

namespace headgate::ledger {

// The run with all its hops, as it was recorded. Texts that were not kept are empty, and so is the
// query but for its token estimate and seed. NotFound.
Result<engine::RunTrace> readTrace(sqlite::Database &database, const QString &id);

} // namespace headgate::ledger
