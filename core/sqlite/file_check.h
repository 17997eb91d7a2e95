#pragma once

#include "core/common/result.h"
#include "core/sqlite/file_format.h"

namespace headgate::sqlite {

class Database;

// From the first bytes, without SQLite: a file that is not of this format is not even opened. An
// empty or missing file passes.
Result<> checkHeader(const QString &path, const FileFormat &format);
// Mark and version, as SQLite sees them with what its log adds.
Result<> checkVersion(Database &database, const FileFormat &format);
// The version, the tables, and the structure of all pages and rows (SQLite's quick_check).
Result<> checkContent(Database &database, const FileFormat &format);

// The sentence for a file that cannot be used and was left as it is.
tl::unexpected<Error> failDamaged(const QString &path, const QString &detail);

} // namespace headgate::sqlite
