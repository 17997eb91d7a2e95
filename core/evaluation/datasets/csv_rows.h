#pragma once

#include "core/evaluation/datasets/csv_reader.h"
#include "core/evaluation/datasets/row_source.h"

namespace headgate::evaluation {

// Rows of a CSV file behind its header. InvalidInput: the header is missing, names a column twice
// or one without a name.
[[nodiscard]] Result<std::unique_ptr<RowSource>> makeCsvRows(CsvReader reader);

} // namespace headgate::evaluation
