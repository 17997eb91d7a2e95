#pragma once

#include "core/evaluation/outcome_reader.h"

namespace headgate::evaluation {

class RowSource;

// Reads a CSV file of outcomes (see readOutcomes()) whose header was read already. `file` names it
// in sentences.
[[nodiscard]] Result<OutcomeTable> readOutcomeColumns(RowSource &rows, const QString &file,
                                                      KeptTexts keep, const ReadProgress &progress,
                                                      const std::stop_token &stop);

} // namespace headgate::evaluation
