#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/evaluation/datasets/recorded_outcome.h"

#include <QHash>
#include <QVariant>

#include <stop_token>

namespace headgate::sqlite {
class Database;
}

namespace headgate::evaluation {

// The table "outcomes"; what DatasetStore says of each holds.

// The id of the model in the data set, which is made where there is none yet.
Result<qint64> makeModel(sqlite::Database &database, DatasetId dataset, const ModelMark &model);
// In the transaction that is open.
Result<> writeOutcome(sqlite::Database &database, DatasetId dataset,
                      const RecordedOutcome &outcome);
Result<> writeOutcomes(sqlite::Database &database, DatasetId dataset,
                       const QList<RecordedOutcome> &outcomes);
Result<> writeVote(sqlite::Database &database, DatasetId dataset, qint64 row,
                   const ModelMark &model, bool up);
// By the number under which outcomes name it.
Result<QHash<qint64, ModelMark>> readModels(sqlite::Database &database, DatasetId dataset);
// Those of a condition on outcomes o and models m, whose figures lack the answer's view.
Result<QList<RecordedOutcome>> readOutcomes(sqlite::Database &database, const QString &condition,
                                            const QVariantList &values);
Result<RecordedOutcome> readOutcome(sqlite::Database &database, DatasetId dataset, qint64 row,
                                    const ModelMark &model);
Result<OutcomeTable> readOutcomeTable(sqlite::Database &database, DatasetId dataset, KeptTexts keep,
                                      std::stop_token stop);

} // namespace headgate::evaluation
