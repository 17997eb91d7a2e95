#include "core/evaluation/datasets/dataset_writer.h"

#include "core/evaluation/datasets/outcome_rows.h"
#include "core/evaluation/datasets/prompt_columns.h"
#include "core/evaluation/texts.h"
#include "core/sqlite/database.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

DatasetWriter::DatasetWriter(sqlite::Database &database, sqlite::Transaction transaction,
                             DatasetSummary summary)
    : m_database(&database)
    , m_transaction(std::move(transaction))
    , m_summary(std::move(summary))
{
}

Result<> DatasetWriter::add(qint64 row, const DatasetPrompt &prompt)
{
    if (prompt.prompt.trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("The prompt is empty."));
    const Part part = partOf(prompt.prompt.toUtf8());
    const auto added = m_database->run(
        u"INSERT INTO prompts (dataset, row, id, part, prompt, messages, expected, subset, "
        u"metadata)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dataset, id) DO NOTHING"_s,
        {qint64(m_summary.id), row, sqlite::textValue(prompt.id), int(part),
         sqlite::textValue(prompt.prompt), messagesText(prompt.messages),
         sqlite::textValue(prompt.expected), sqlite::textValue(prompt.subset),
         metadataText(prompt.metadata)});
    if (!added)
        return tl::unexpected(added.error());
    if (*added == 0) {
        const auto before =
            m_database->value(u"SELECT row FROM prompts WHERE dataset = ? AND id = ?"_s,
                              {qint64(m_summary.id), sqlite::textValue(prompt.id)});
        if (!before)
            return tl::unexpected(before.error());
        return fail(ErrorCode::InvalidInput, Texts::tr("The id “%1” was already given in row %2.")
                                                 .arg(prompt.id)
                                                 .arg(before->toLongLong()));
    }
    ++(part == Part::Train        ? m_summary.train
       : part == Part::Validation ? m_summary.validation
                                  : m_summary.test);
    return {};
}

Result<> DatasetWriter::addOutcome(const RecordedOutcome &outcome)
{
    return writeOutcome(*m_database, m_summary.id, outcome);
}

Result<DatasetSummary> DatasetWriter::finish()
{
    const auto counted = m_database->run(
        u"UPDATE datasets SET train = ?, validation = ?, test = ? WHERE id = ?"_s,
        {m_summary.train, m_summary.validation, m_summary.test, qint64(m_summary.id)});
    if (!counted)
        return tl::unexpected(counted.error());
    return m_transaction.commit().map([this] { return m_summary; });
}

} // namespace headgate::evaluation
