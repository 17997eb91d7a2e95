#pragma once

#include "core/common/result.h"

#include <QByteArray>

namespace headgate::sqlite {

// The first bytes of a file that is there, read by SQLite's own means.
//
// Not by a QFile: where a process closes any descriptor of a file, POSIX takes away all the locks
// that it has on that file, those of its open connections too. Another process would then take
// itself for the last one and delete the log that they still write to
// (sqlite.org/howtocorrupt.html, section 2.2). SQLite keeps such a descriptor until it may be
// closed.
[[nodiscard]] Result<QByteArray> readBeginning(const QString &path, qsizetype bytes);

} // namespace headgate::sqlite
