#pragma once

#include "core/evaluation/datasets/row_source.h"
#include "core/evaluation/line_source.h"

namespace headgate::evaluation {

// Rows of JSON lines: one object a line; empty lines are skipped.
std::unique_ptr<RowSource> makeJsonRows(LineSource source);

} // namespace headgate::evaluation
