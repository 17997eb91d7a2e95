#pragma once

#include "core/evaluation/datasets/dataset.h"
#include "core/evaluation/outcome_builder.h"
#include "core/sqlite/foreign_keys_off.h"
#include "core/sqlite/statement.h"
#include "core/sqlite/transaction.h"

#include <vector>

namespace headgate::evaluation {

// A prompt as it is kept: UTF-8, and JSON of what is no text. See DatasetPrompt.
struct PromptText
{
    QByteArray id{};
    QByteArray prompt{};
    QByteArray messages{};
    QByteArray expected{};
    QByteArray subset{};
    QByteArray metadata{};
};

// A data set that is being written, in one transaction: gone without a trace unless it is finished.
// Made by DatasetStore::create(), which outlives it.
class DatasetWriter
{
public:
    [[nodiscard]] static Result<DatasetWriter> make(sqlite::Database &database,
                                                    sqlite::ForeignKeysOff unchecked,
                                                    sqlite::Transaction transaction,
                                                    DatasetSummary summary);

    // Rows ascend. InvalidInput, and the writer can go on: the prompt is blank, or its id was given
    // before (the sentence names the row). Any other error is the end.
    Result<> add(qint64 row, const PromptText &prompt);
    Result<> add(qint64 row, const DatasetPrompt &prompt);
    // Of the row added last. InvalidInput says what of it cannot be, or that this model's was
    // there; the row then stays.
    Result<> addOutcome(QByteArrayView model, const Outcome &outcome);
    // Of what was added so far.
    const DatasetSummary &summary() const { return m_summary; }
    Result<DatasetSummary> finish();
    // How many prompts have the same text as one before them.
    qint64 countRepeated();

private:
    DatasetWriter(sqlite::Database &database, sqlite::ForeignKeysOff unchecked,
                  sqlite::Transaction transaction, DatasetSummary summary,
                  sqlite::Statement addPrompt, sqlite::Statement addOutcome);
    Result<qint64> modelOf(QByteArrayView name);

    sqlite::Database *m_database;       // outlives me
    sqlite::ForeignKeysOff m_unchecked; // outcomes refer to the row added last
    sqlite::Transaction m_transaction;
    DatasetSummary m_summary;
    sqlite::Statement m_addPrompt;
    sqlite::Statement m_addOutcome;
    qint64 m_row = 0; // that was added last
    QHash<QByteArray, qint64> m_models;
    std::vector<quint64> m_hashes; // of the prompts' texts
};

} // namespace headgate::evaluation
