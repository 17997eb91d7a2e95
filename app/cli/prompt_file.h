#pragma once

#include "core/common/result.h"

#include <QStringList>

namespace headgate::cli {

// The "prompt" of each line of a JSON Lines file, gzip or plain; at most `limit` of them (0: all).
// Empty lines and other members are passed over. An error names the line; nothing is half read, so
// that no query is sent, and paid for, before the whole file is known to be good.
Result<QStringList> readPrompts(const QString &path, int limit);

} // namespace headgate::cli
