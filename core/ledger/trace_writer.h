#pragma once

#include "core/engine/run_trace.h"

namespace headgate::sqlite {
class Database;
}

namespace headgate::ledger {

// A trace as rows, in one transaction: one of runs, one of hops each, texts only where they are to
// be kept. A run whose id is there already is left as it stands.
Result<> writeTrace(sqlite::Database &database, const engine::RunTrace &trace, bool keepTexts);

} // namespace headgate::ledger
