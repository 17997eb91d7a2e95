#pragma once

#include "core/common/result.h"

#include <QString>

namespace headgate::sqlite {

// Renames the file, with its log, to a dated name beside it, and returns that name. For a damaged
// database that no process has open.
Result<QString> setAside(const QString &path);

} // namespace headgate::sqlite
