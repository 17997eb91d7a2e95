#pragma once

#include "core/common/result.h"

#include <QList>
#include <QStringList>

namespace headgate::ledger {

class LedgerDatabase;

// "HGLD": marks an SQLite file as a ledger of Headgate.
inline constexpr int kApplicationId = 0x48474C44;
// user_version of the files that this build writes.
inline constexpr int kLedgerVersion = 3;

// The statements that lift a file from version n to n + 1, at index n. Shipped steps never change.
const QList<QStringList> &ledgerMigrations();

// Lifts the file to version steps.size() in one transaction; nothing happens where it is there
// already. A file that holds a ledger is first copied to "<path>.v<version>.backup".
Result<> migrate(LedgerDatabase &database, const QList<QStringList> &steps);

} // namespace headgate::ledger
