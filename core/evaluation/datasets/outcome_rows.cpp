#include "core/evaluation/datasets/outcome_rows.h"

#include "core/evaluation/texts.h"
#include "core/sqlite/database.h"
#include "core/sqlite/row_values.h"
#include "core/sqlite/transaction.h"

#include <algorithm>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;
using sqlite::Database;
using sqlite::orNull;

namespace {

// Of a query that begins with these columns.
const QString &figureColumns()
{
    static const QString columns = u"o.quality, o.cost, o.check_cost, o.confidence, o.latency_ms,"
                                   " o.in_tokens, o.out_tokens, o.answer"_s;
    return columns;
}

template<typename T>
std::optional<T> valueAt(const QSqlQuery &row, int column)
{
    const QVariant value = row.value(column);
    return value.isNull() ? std::nullopt : std::optional(value.value<T>());
}

std::optional<Money> amountAt(const QSqlQuery &row, int column)
{
    const auto nanos = valueAt<qint64>(row, column);
    return nanos ? std::optional(Money::fromNanos(*nanos)) : std::nullopt;
}

// Without the answer, which is a view.
Outcome figuresFrom(const QSqlQuery &row, int first)
{
    return {.quality = valueAt<double>(row, first),
            .cost = amountAt(row, first + 1),
            .checkCost = amountAt(row, first + 2),
            .confidence = valueAt<double>(row, first + 3),
            .latencyMs = valueAt<double>(row, first + 4),
            .inTokens = valueAt<qint64>(row, first + 5),
            .outTokens = valueAt<qint64>(row, first + 6)};
}

// Zero where the data set has no such model yet.
Result<qint64> findModel(Database &database, DatasetId dataset, const ModelMark &model)
{
    return database
        .value(
            u"SELECT id FROM models WHERE dataset = ? AND model = ? AND parameters = ?"_s,
            {qint64(dataset), sqlite::textValue(model.model), sqlite::textValue(model.parameters)})
        .map([](const QVariant &id) { return id.toLongLong(); });
}

// The name of each model's column, by its id.
Result<QHash<qint64, QByteArray>> columnNames(Database &database, DatasetId dataset)
{
    return readModels(database, dataset).map([](const QHash<qint64, ModelMark> &models) {
        QHash<qint64, QByteArray> names;
        for (auto it = models.begin(); it != models.end(); ++it)
            names.insert(it.key(), columnName(it.value(), models.values()).toUtf8());
        return names;
    });
}

// Puts the rows of a join, in order of prompts, into a table.
class TableReader
{
public:
    TableReader(const QHash<qint64, QByteArray> &names, KeptTexts keep, std::stop_token stop)
        : m_names(names)
        , m_builder(keep)
        , m_stop(std::move(stop))
    {
    }

    // False: no further.
    bool take(const QSqlQuery &row)
    {
        if (m_stop.stop_requested()) {
            m_result = fail(ErrorCode::Cancelled, Texts::tr("The reading was stopped."));
            return false;
        }
        if (const qint64 at = row.value(0).toLongLong(); at != m_row) {
            m_row = at;
            m_result = m_builder.addRow(row.value(1).toByteArray(), row.value(2).toByteArray(),
                                        row.value(3).toByteArray());
        }
        if (m_result && !row.isNull(4)) {
            Outcome outcome = figuresFrom(row, 5);
            const QByteArray answer = row.value(12).toByteArray();
            outcome.answer = answer;
            m_result = m_builder.add(m_names.value(row.value(4).toLongLong()), outcome);
        }
        return m_result.has_value();
    }

    Result<OutcomeTable> finish()
    {
        return m_result.map([this] { return m_builder.take(); });
    }

private:
    const QHash<qint64, QByteArray> &m_names; // outlives me
    OutcomeBuilder m_builder;
    std::stop_token m_stop;
    qint64 m_row = -1;
    Result<> m_result;
};

} // namespace

Result<qint64> makeModel(Database &database, DatasetId dataset, const ModelMark &model)
{
    const auto found = findModel(database, dataset, model);
    if (!found || *found != 0)
        return found;
    const auto made = database.run(
        u"INSERT INTO models (dataset, model, parameters) VALUES (?, ?, ?)"_s,
        {qint64(dataset), sqlite::textValue(model.model), sqlite::textValue(model.parameters)});
    if (!made)
        return made;
    return findModel(database, dataset, model);
}

QString columnName(const ModelMark &mark, const QList<ModelMark> &all)
{
    const auto namesakes = std::count_if(all.begin(), all.end(), [&mark](const ModelMark &each) {
        return each.model == mark.model;
    });
    return namesakes > 1 && !mark.parameters.isEmpty()
               ? u"%1 (%2)"_s.arg(mark.model, mark.parameters)
               : mark.model;
}

Result<QHash<qint64, ModelMark>> readModels(Database &database, DatasetId dataset)
{
    QHash<qint64, ModelMark> models;
    return database
        .forEach(u"SELECT id, model, parameters FROM models WHERE dataset = ?"_s, {qint64(dataset)},
                 [&models](const QSqlQuery &row) {
                     models.insert(row.value(0).toLongLong(),
                                   {row.value(1).toString(), row.value(2).toString()});
                 })
        .map([&models] { return models; });
}

Result<> writeOutcome(Database &database, DatasetId dataset, const RecordedOutcome &outcome)
{
    if (const QString complaint = complaintOf(outcome.figures); !complaint.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("The outcome of “%1” in row %2: %3.")
                                                 .arg(outcome.model.model)
                                                 .arg(outcome.row)
                                                 .arg(complaint));
    const auto known = database.value(u"SELECT 1 FROM prompts WHERE dataset = ? AND row = ?"_s,
                                      {qint64(dataset), outcome.row});
    if (!known)
        return tl::unexpected(known.error());
    if (!known->isValid())
        return fail(ErrorCode::NotFound,
                    Texts::tr("The data set has no row %1 any more.").arg(outcome.row));
    const auto model = makeModel(database, dataset, outcome.model);
    if (!model)
        return tl::unexpected(model.error());
    const Outcome &figures = outcome.figures;
    return database
        .run(u"INSERT OR REPLACE INTO outcomes (dataset, row, model, quality, cost, check_cost,"
             " confidence, latency_ms, in_tokens, out_tokens, answer, why, vote, content)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
             {qint64(dataset), outcome.row, *model, orNull(figures.quality), orNull(figures.cost),
              orNull(figures.checkCost), orNull(figures.confidence), orNull(figures.latencyMs),
              orNull(figures.inTokens), orNull(figures.outTokens),
              sqlite::textValue(outcome.answer), sqlite::textValue(outcome.why),
              outcome.vote ? QVariant(int(*outcome.vote)) : QVariant(),
              outcome.content.isEmpty() ? QVariant() : QVariant(outcome.content)})
        .map([](qint64) {});
}

Result<> writeOutcomes(Database &database, DatasetId dataset,
                       const QList<RecordedOutcome> &outcomes)
{
    auto transaction = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    for (const RecordedOutcome &each : outcomes) {
        if (auto written = writeOutcome(database, dataset, each); !written)
            return written;
    }
    return transaction->commit();
}

Result<> writeVote(Database &database, DatasetId dataset, qint64 row, const ModelMark &model,
                   bool up)
{
    const auto found = findModel(database, dataset, model);
    if (!found)
        return tl::unexpected(found.error());
    const auto changed =
        database.run(u"UPDATE outcomes SET vote = ? WHERE dataset = ? AND row = ? AND model = ?"_s,
                     {int(up), qint64(dataset), row, *found});
    if (!changed)
        return tl::unexpected(changed.error());
    if (*changed == 0)
        return fail(ErrorCode::NotFound,
                    Texts::tr("There is no answer of “%1” to vote on.").arg(model.model));
    return {};
}

Result<QList<RecordedOutcome>> readOutcomes(Database &database, const QString &condition,
                                            const QVariantList &values)
{
    QList<RecordedOutcome> found;
    const QString sql = u"SELECT "_s + figureColumns() +
                        u", o.why, o.vote, o.content, o.row, m.model, m.parameters FROM outcomes o"
                        " JOIN models m ON m.id = o.model WHERE "_s +
                        condition;
    return database
        .forEach(sql, values,
                 [&found](const QSqlQuery &row) {
                     const auto vote = valueAt<int>(row, 9);
                     found.append({.row = row.value(11).toLongLong(),
                                   .model = {row.value(12).toString(), row.value(13).toString()},
                                   .figures = figuresFrom(row, 0),
                                   .answer = row.value(7).toString(),
                                   .why = row.value(8).toString(),
                                   .vote = vote ? std::optional(*vote != 0) : std::nullopt,
                                   .content = row.value(10).toByteArray()});
                 })
        .map([&found] { return found; });
}

Result<RecordedOutcome> readOutcome(Database &database, DatasetId dataset, qint64 row,
                                    const ModelMark &model)
{
    auto found = readOutcomes(database,
                              u"o.dataset = ? AND o.row = ? AND m.model = ? AND m.parameters = ?"_s,
                              {qint64(dataset), row, sqlite::textValue(model.model),
                               sqlite::textValue(model.parameters)});
    if (!found)
        return tl::unexpected(std::move(found.error()));
    if (found->isEmpty())
        return fail(ErrorCode::NotFound,
                    Texts::tr("“%1” has not answered row %2 yet.").arg(model.model).arg(row));
    return found->takeFirst();
}

Result<OutcomeTable> readOutcomeTable(Database &database, DatasetId dataset, KeptTexts keep,
                                      std::stop_token stop)
{
    // One snapshot for the names and the figures.
    auto snapshot = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Read);
    if (!snapshot)
        return tl::unexpected(std::move(snapshot.error()));
    const auto names = columnNames(database, dataset);
    if (!names)
        return tl::unexpected(names.error());
    TableReader reader(*names, keep, std::move(stop));
    const auto read = database.readWhile(
        u"SELECT p.row, p.id, p.prompt, p.subset, o.model, "_s + figureColumns() +
            u" FROM prompts p LEFT JOIN outcomes o ON o.dataset = p.dataset AND o.row = p.row"
            " WHERE p.dataset = ? ORDER BY p.row, o.model"_s,
        {qint64(dataset)}, [&reader](const QSqlQuery &row) { return reader.take(row); });
    if (!read)
        return tl::unexpected(read.error());
    return reader.finish();
}

} // namespace headgate::evaluation
