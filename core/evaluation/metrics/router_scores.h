#pragma once

#include "core/common/result.h"
#include "core/evaluation/outcome_table.h"

namespace headgate::evaluation {

// What a router that was run elsewhere says of the rows of a table.
struct RouterScores
{
    std::vector<double> score; // by row of the table; NaN: none was given
    qsizetype unknownIds = 0;  // scores of prompts that the table does not have
};

// Reads JSON lines, plain or gzip: {"id": …, "score": …}, the id that of the table's row (text, or
// a whole number), the score any number; other members are left alone. The error names the line; a
// score given twice for one id is one, and so is a file none of whose ids the table knows.
[[nodiscard]] Result<RouterScores> readRouterScores(const QString &path, const OutcomeTable &table);

} // namespace headgate::evaluation
