#pragma once

#include "core/engine/run_trace.h"

namespace headgate::ledger {

class LedgerDatabase;

// The run with all its hops, as it was recorded. Texts that were not kept are empty, and so is the
// query but for its token estimate and seed. NotFound.
Result<engine::RunTrace> readTrace(LedgerDatabase &database, const QString &id);

} // namespace headgate::ledger
