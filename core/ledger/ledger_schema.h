#pragma once

#include "core/sqlite/file_format.h"

namespace headgate::ledger {

// The mark and the tables of a ledger's file.
const sqlite::FileFormat &ledgerFormat();

} // namespace headgate::ledger
