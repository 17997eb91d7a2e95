#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/evaluation/datasets/recorded_outcome.h"
#include "core/sqlite/transaction.h"

namespace headgate::evaluation {

// A data set that is being written, in one transaction: gone without a trace unless it is finished.
// Made by DatasetStore::create(), which outlives it.
class DatasetWriter
{
public:
    DatasetWriter(sqlite::Database &database, sqlite::Transaction transaction,
                  DatasetSummary summary);

    // Rows ascend. InvalidInput, and the writer can go on: the prompt is blank, or its id was given
    // before (the sentence names the row). Any other error is the end.
    Result<> add(qint64 row, const DatasetPrompt &prompt);
    // Of the row added last. InvalidInput says what of it cannot be; the row then stays.
    Result<> addOutcome(const RecordedOutcome &outcome);
    // Of what was added so far.
    const DatasetSummary &summary() const { return m_summary; }
    Result<DatasetSummary> finish();

private:
    sqlite::Database *m_database; // outlives me
    sqlite::Transaction m_transaction;
    DatasetSummary m_summary;
};

} // namespace headgate::evaluation
