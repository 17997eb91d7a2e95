#pragma once

#include "core/engine/run_trace.h"

namespace headgate::test {

// A whole trace that uses every field, always the same for the same id and seed.
engine::RunTrace sampleTrace(const QString &id, quint32 seed);
// A trace of one call with these figures and nothing else of interest.
engine::RunTrace plainTrace(const QString &id, const QDateTime &startedAt, qint64 costNanos,
                            std::optional<qint64> baselineNanos = std::nullopt);

} // namespace headgate::test
