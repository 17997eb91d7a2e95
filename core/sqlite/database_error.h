#pragma once

#include "core/common/result.h"

namespace headgate::sqlite {

// What a result code of SQLite means for the database at that path, as Database's errors say it.
// `words` are SQLite's own.
[[nodiscard]] tl::unexpected<Error> failFrom(int code, const QString &words, const QString &path);

} // namespace headgate::sqlite
