#pragma once

#include "core/common/result.h"

namespace headgate::ledger {

class LedgerDatabase;

// From the first bytes, without SQLite: a file that is no ledger of ours is not even opened. An
// empty or missing file passes.
Result<> checkHeader(const QString &path);
// Mark and version, as SQLite sees them with what its log adds.
Result<> checkVersion(LedgerDatabase &database);
// The version, the tables, and the structure of all pages and rows (SQLite's quick_check).
Result<> checkContent(LedgerDatabase &database);

// The sentence for a file that cannot be used and was left as it is.
tl::unexpected<Error> failDamaged(const QString &path, const QString &detail);

} // namespace headgate::ledger
