#pragma once

#include "core/evaluation/outcome_builder.h"

#include <functional>
#include <stop_token>

namespace headgate::evaluation {

// Bytes of the file that were read, and its size.
using ReadProgress = std::function<void(qint64 bytes, qint64 size)>;

// Reads an outcome file: JSON lines, plain or gzip, one prompt a line:
//   {"id"?, "prompt", "subset"?, "label"?, "models": {<name>: {"quality"?, "cost_usd"?,
//    "check_cost_usd"?, "confidence"?, "latency_ms"?, "in_tokens"?, "out_tokens"?, "answer"?}}}
// or CSV with a header, a prompt a row: "id"?, "prompt", "subset"?, "label"?,
// "models.<name>.quality"?, "models.<name>.cost_usd"? and so on, the same names flattened; an empty
// cell was not measured. A label is what a classifier may learn: how hard, or what kind.
// An id that is absent is the line's number. What is absent or null was not measured; other members
// are left alone. The error names the line and what is wrong with it; nothing half read is given.
[[nodiscard]] Result<OutcomeTable> readOutcomes(const QString &path, KeptTexts keep = {},
                                                const ReadProgress &progress = {},
                                                std::stop_token stop = {});

} // namespace headgate::evaluation
