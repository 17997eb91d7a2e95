#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/evaluation/datasets/recorded_outcome.h"

#include <stop_token>

namespace headgate::sqlite {
class Database;
}

namespace headgate::evaluation {

// The table "outcomes"; what DatasetStore says of each holds.

// In the transaction that is open.
Result<> writeOutcome(sqlite::Database &database, DatasetId dataset,
                      const RecordedOutcome &outcome);
Result<> writeOutcomes(sqlite::Database &database, DatasetId dataset,
                       const QList<RecordedOutcome> &outcomes);
Result<> writeVote(sqlite::Database &database, DatasetId dataset, qint64 row,
                   const ModelMark &model, bool up);
Result<RecordedOutcome> readOutcome(sqlite::Database &database, DatasetId dataset, qint64 row,
                                    const ModelMark &model);
Result<OutcomeTable> readOutcomeTable(sqlite::Database &database, DatasetId dataset, KeptTexts keep,
                                      std::stop_token stop);

} // namespace headgate::evaluation
