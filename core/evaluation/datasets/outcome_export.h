#pragma once

#include "core/evaluation/datasets/dataset_store.h"

namespace headgate::evaluation {

// Writes a data set's prompts and outcomes as an outcome file (outcome_reader.h), with the answers:
// what is read back equals DatasetStore::outcomes(). Replaces the file at once or leaves it as it
// is. The number of prompts; Io, Cancelled. Blocks.
[[nodiscard]] Result<qint64> exportOutcomes(const DatasetStore &store, DatasetId id,
                                            const QString &path, std::stop_token stop = {});

} // namespace headgate::evaluation
