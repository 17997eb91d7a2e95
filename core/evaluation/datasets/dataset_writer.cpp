#include "core/evaluation/datasets/dataset_writer.h"

#include "core/evaluation/datasets/outcome_rows.h"
#include "core/evaluation/datasets/prompt_columns.h"
#include "core/evaluation/texts.h"
#include "core/sqlite/database.h"

#include <algorithm>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kAddPrompt = "INSERT INTO prompts (dataset, row, id, part, prompt, messages,"
                            " expected, subset, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            " ON CONFLICT (dataset, id) DO NOTHING";
constexpr auto kAddOutcome =
    "INSERT INTO outcomes (dataset, row, model, quality, cost, check_cost, confidence, latency_ms,"
    " in_tokens, out_tokens, answer, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"
    " ON CONFLICT (dataset, row, model) DO NOTHING";

bool isBlank(const QByteArray &text)
{
    // Nearly every prompt begins with a letter; only the others are worth a look at all spaces that
    // there are.
    const auto first = text.isEmpty() ? uchar(' ') : uchar(text.front());
    return (first <= ' ' || first >= 0x80) && QString::fromUtf8(text).trimmed().isEmpty();
}

template<typename T>
void bindFigure(sqlite::Statement &statement, int place, const std::optional<T> &value)
{
    if (value)
        statement.bind(place, *value);
    else
        statement.bindNull(place);
}

std::optional<qint64> nanosOf(const std::optional<Money> &amount)
{
    return amount ? std::optional(amount->nanos()) : std::nullopt;
}

} // namespace

DatasetWriter::DatasetWriter(sqlite::Database &database, sqlite::ForeignKeysOff unchecked,
                             sqlite::Transaction transaction, DatasetSummary summary,
                             sqlite::Statement addPrompt, sqlite::Statement addOutcome)
    : m_database(&database)
    , m_unchecked(std::move(unchecked))
    , m_transaction(std::move(transaction))
    , m_summary(std::move(summary))
    , m_addPrompt(std::move(addPrompt))
    , m_addOutcome(std::move(addOutcome))
{
}

Result<DatasetWriter> DatasetWriter::make(sqlite::Database &database,
                                          sqlite::ForeignKeysOff unchecked,
                                          sqlite::Transaction transaction, DatasetSummary summary)
{
    auto prompt = sqlite::Statement::prepare(database, kAddPrompt);
    if (!prompt)
        return tl::unexpected(std::move(prompt.error()));
    auto outcome = sqlite::Statement::prepare(database, kAddOutcome);
    if (!outcome)
        return tl::unexpected(std::move(outcome.error()));
    return DatasetWriter(database, std::move(unchecked), std::move(transaction), std::move(summary),
                         std::move(*prompt), std::move(*outcome));
}

Result<> DatasetWriter::add(qint64 row, const DatasetPrompt &prompt)
{
    return add(row, PromptText{.id = prompt.id.toUtf8(),
                               .prompt = prompt.prompt.toUtf8(),
                               .messages = messagesText(prompt.messages).toUtf8(),
                               .expected = prompt.expected.toUtf8(),
                               .subset = prompt.subset.toUtf8(),
                               .metadata = metadataText(prompt.metadata).toUtf8()});
}

Result<> DatasetWriter::add(qint64 row, const PromptText &prompt)
{
    if (isBlank(prompt.prompt))
        return fail(ErrorCode::InvalidInput, Texts::tr("The prompt is empty."));
    const quint64 hash = promptHash(prompt.prompt);
    const Part part = partOfHash(hash);
    m_addPrompt.bind(0, qint64(m_summary.id));
    m_addPrompt.bind(1, row);
    m_addPrompt.bind(2, prompt.id);
    m_addPrompt.bind(3, qint64(part));
    m_addPrompt.bind(4, prompt.prompt);
    m_addPrompt.bind(5, prompt.messages);
    m_addPrompt.bind(6, prompt.expected);
    m_addPrompt.bind(7, prompt.subset);
    m_addPrompt.bind(8, prompt.metadata);
    const auto added = m_addPrompt.run();
    if (!added)
        return tl::unexpected(added.error());
    if (*added == 0) {
        const QString id = QString::fromUtf8(prompt.id);
        const auto before =
            m_database->value(u"SELECT row FROM prompts WHERE dataset = ? AND id = ?"_s,
                              {qint64(m_summary.id), sqlite::textValue(id)});
        if (!before)
            return tl::unexpected(before.error());
        return fail(ErrorCode::InvalidInput, Texts::tr("The id “%1” was already given in row %2.")
                                                 .arg(id)
                                                 .arg(before->toLongLong()));
    }
    m_row = row;
    m_hashes.push_back(hash);
    ++(part == Part::Train        ? m_summary.train
       : part == Part::Validation ? m_summary.validation
                                  : m_summary.test);
    return {};
}

Result<qint64> DatasetWriter::modelOf(QByteArrayView name)
{
    if (const auto known = m_models.constFind(QByteArray::fromRawData(name.data(), name.size()));
        known != m_models.cend())
        return *known;
    const auto made = makeModel(*m_database, m_summary.id, {.model = QString::fromUtf8(name)});
    if (made)
        m_models.insert(name.toByteArray(), *made);
    return made;
}

Result<> DatasetWriter::addOutcome(QByteArrayView model, const Outcome &outcome)
{
    if (const QString complaint = complaintOf(outcome); !complaint.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("The outcome of “%1” in row %2: %3.")
                                                 .arg(QString::fromUtf8(model))
                                                 .arg(m_row)
                                                 .arg(complaint));
    const auto id = modelOf(model);
    if (!id)
        return tl::unexpected(id.error());
    m_addOutcome.bind(0, qint64(m_summary.id));
    m_addOutcome.bind(1, m_row);
    m_addOutcome.bind(2, *id);
    bindFigure(m_addOutcome, 3, outcome.quality);
    bindFigure(m_addOutcome, 4, nanosOf(outcome.cost));
    bindFigure(m_addOutcome, 5, nanosOf(outcome.checkCost));
    bindFigure(m_addOutcome, 6, outcome.confidence);
    bindFigure(m_addOutcome, 7, outcome.latencyMs);
    bindFigure(m_addOutcome, 8, outcome.inTokens);
    bindFigure(m_addOutcome, 9, outcome.outTokens);
    m_addOutcome.bind(10, outcome.answer);
    const auto added = m_addOutcome.run();
    if (!added)
        return tl::unexpected(added.error());
    if (*added == 0)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The model “%1” is given twice.").arg(QString::fromUtf8(model)));
    return {};
}

Result<DatasetSummary> DatasetWriter::finish()
{
    const auto counted = m_database->run(
        u"UPDATE datasets SET train = ?, validation = ?, test = ? WHERE id = ?"_s,
        {m_summary.train, m_summary.validation, m_summary.test, qint64(m_summary.id)});
    if (!counted)
        return tl::unexpected(counted.error());
    return m_transaction.commit().map([this] {
        m_unchecked.end();
        return m_summary;
    });
}

qint64 DatasetWriter::countRepeated()
{
    std::sort(m_hashes.begin(), m_hashes.end());
    qint64 repeated = 0;
    for (size_t i = 1; i < m_hashes.size(); ++i)
        repeated += m_hashes[i] == m_hashes[i - 1];
    return repeated;
}

} // namespace headgate::evaluation
