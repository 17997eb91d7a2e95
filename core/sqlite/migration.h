#pragma once

#include "core/common/result.h"
#include "core/sqlite/file_format.h"

namespace headgate::sqlite {

class Database;

// Lifts the file to the format's version in one transaction; nothing happens where it is there
// already. A file that holds an older version is first copied to "<path>.v<version>.backup".
Result<> migrate(Database &database, const FileFormat &format);

} // namespace headgate::sqlite
