#include "core/evaluation/datasets/dataset_store.h"

#include "core/evaluation/datasets/dataset_schema.h"
#include "core/evaluation/datasets/outcome_rows.h"
#include "core/evaluation/datasets/prompt_columns.h"
#include "core/evaluation/texts.h"
#include "core/sqlite/database.h"
#include "core/sqlite/set_aside.h"
#include "core/sqlite/transaction.h"

namespace headgate::evaluation {

using namespace Qt::StringLiterals;

namespace {

constexpr int kImportCacheKib = 32 * 1024;

const QString &summarySql()
{
    static const QString sql =
        u"SELECT id, name, grader, source, created_ms, train, validation, test, EXISTS (SELECT 1"
        " FROM outcomes o WHERE o.dataset = datasets.id) FROM datasets"_s;
    return sql;
}

DatasetSummary summaryFrom(const QSqlQuery &row)
{
    return {.id = DatasetId(row.value(0).toLongLong()),
            .name = row.value(1).toString(),
            .grader = parseJson(row.value(2).toByteArray()).value_or(Json::object()),
            .source = row.value(3).toString(),
            .createdAt = QDateTime::fromMSecsSinceEpoch(row.value(4).toLongLong(), Qt::UTC),
            .train = row.value(5).toLongLong(),
            .validation = row.value(6).toLongLong(),
            .test = row.value(7).toLongLong(),
            .hasOutcomes = row.value(8).toBool()};
}

tl::unexpected<Error> failNameless()
{
    return fail(ErrorCode::InvalidInput, Texts::tr("Give the data set a name."));
}

tl::unexpected<Error> failTaken(const QString &name)
{
    return fail(ErrorCode::InvalidInput,
                Texts::tr("There is a data set “%1” already. Choose another name.").arg(name));
}

tl::unexpected<Error> failUnknown()
{
    return fail(ErrorCode::NotFound, Texts::tr("There is no such data set any more."));
}

Result<> oneChanged(const Result<qint64> &changed)
{
    if (!changed)
        return tl::unexpected(changed.error());
    if (*changed == 0)
        return failUnknown();
    return {};
}

Result<> readRows(sqlite::Database &database, const QString &condition, const QVariantList &values,
                  const DatasetStore::PromptHandler &handler)
{
    const QString sql = u"SELECT "_s + promptColumns() + u" FROM prompts p WHERE "_s + condition +
                        u" ORDER BY p.row"_s;
    return database.readWhile(
        sql, values, [&handler](const QSqlQuery &row) { return handler(promptFrom(row)); });
}

} // namespace

DatasetStore::DatasetStore(std::unique_ptr<sqlite::Database> database)
    : m_database(std::move(database))
{
}

DatasetStore::~DatasetStore() = default;

Result<std::unique_ptr<DatasetStore>> DatasetStore::open(const QString &path,
                                                         std::chrono::milliseconds patience)
{
    return sqlite::Database::open(path, datasetFormat(), patience)
        .map([](std::unique_ptr<sqlite::Database> database) {
            return std::unique_ptr<DatasetStore>(new DatasetStore(std::move(database)));
        });
}

Result<QString> DatasetStore::setAside(const QString &path)
{
    return sqlite::setAside(path);
}

QString DatasetStore::path() const
{
    return m_database->path();
}

bool DatasetStore::isReadOnly() const
{
    return m_database->isReadOnly();
}

Result<QList<DatasetSummary>> DatasetStore::datasets() const
{
    QList<DatasetSummary> list;
    return m_database
        ->forEach(summarySql() + u" ORDER BY name"_s, {},
                  [&list](const QSqlQuery &row) { list.append(summaryFrom(row)); })
        .map([&list] { return list; });
}

Result<DatasetSummary> DatasetStore::dataset(DatasetId id) const
{
    std::optional<DatasetSummary> found;
    auto read = m_database->forEach(summarySql() + u" WHERE id = ?"_s, {qint64(id)},
                                    [&found](const QSqlQuery &row) { found = summaryFrom(row); });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    if (!found)
        return failUnknown();
    return *found;
}

Result<DatasetWriter> DatasetStore::create(const QString &name, const Json &grader,
                                           const QString &source)
{
    DatasetSummary summary{.name = name.trimmed(),
                           .grader = grader,
                           .source = source,
                           .createdAt = QDateTime::currentDateTimeUtc()};
    if (summary.name.isEmpty())
        return failNameless();
    auto unchecked = sqlite::ForeignKeysOff::make(*m_database);
    if (!unchecked)
        return tl::unexpected(std::move(unchecked.error()));
    auto transaction = sqlite::Transaction::begin(*m_database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    const auto made = m_database->run(
        u"INSERT INTO datasets (name, grader, source, created_ms) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO NOTHING"_s,
        {summary.name, toQString(compactText(grader)), sqlite::textValue(source),
         summary.createdAt.toMSecsSinceEpoch()});
    if (!made)
        return tl::unexpected(made.error());
    if (*made == 0)
        return failTaken(summary.name);
    const auto id = m_database->value(u"SELECT last_insert_rowid()"_s);
    if (!id)
        return tl::unexpected(id.error());
    summary.id = DatasetId(id->toLongLong());
    // So that pages of the index are not written and read over and over while it grows.
    if (auto done = m_database->execute(u"PRAGMA cache_size = -%1"_s.arg(kImportCacheKib)); !done)
        return tl::unexpected(std::move(done.error()));
    return DatasetWriter::make(*m_database, std::move(*unchecked), std::move(*transaction),
                               std::move(summary));
}

Result<> DatasetStore::rename(DatasetId id, const QString &name)
{
    const QString wanted = name.trimmed();
    if (wanted.isEmpty())
        return failNameless();
    // One write transaction, so that nobody takes the name between the look and the change.
    auto transaction = sqlite::Transaction::begin(*m_database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    const auto taken = m_database->value(u"SELECT 1 FROM datasets WHERE name = ? AND id <> ?"_s,
                                         {wanted, qint64(id)});
    if (!taken)
        return tl::unexpected(taken.error());
    if (taken->isValid())
        return failTaken(wanted);
    auto renamed = oneChanged(
        m_database->run(u"UPDATE datasets SET name = ? WHERE id = ?"_s, {wanted, qint64(id)}));
    return renamed ? transaction->commit() : renamed;
}

Result<qint64> DatasetStore::setGrader(DatasetId id, const Json &grader)
{
    auto transaction = sqlite::Transaction::begin(*m_database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    const QString text = toQString(compactText(grader));
    // Only what a grader said has a reason.
    const auto forgotten = m_database->run(
        u"UPDATE outcomes SET quality = NULL, why = '' WHERE dataset = ? AND why <> '' AND"
        " ? <> (SELECT grader FROM datasets WHERE id = ?)"_s,
        {qint64(id), text, qint64(id)});
    if (!forgotten)
        return tl::unexpected(forgotten.error());
    auto changed = oneChanged(
        m_database->run(u"UPDATE datasets SET grader = ? WHERE id = ?"_s, {text, qint64(id)}));
    if (changed)
        changed = transaction->commit();
    return changed.map([&forgotten] { return *forgotten; });
}

Result<> DatasetStore::remove(DatasetId id)
{
    auto transaction = sqlite::Transaction::begin(*m_database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    // Before the models that they name.
    const auto cleared = m_database->run(u"DELETE FROM outcomes WHERE dataset = ?"_s, {qint64(id)});
    if (!cleared)
        return tl::unexpected(cleared.error());
    auto removed =
        oneChanged(m_database->run(u"DELETE FROM datasets WHERE id = ?"_s, {qint64(id)}));
    return removed ? transaction->commit() : removed;
}

Result<> DatasetStore::readPrompts(DatasetId id, const PromptHandler &handler) const
{
    return readRows(*m_database, u"p.dataset = ?"_s, {qint64(id)}, handler);
}

Result<QList<StoredPrompt>> DatasetStore::promptsAfter(DatasetId id, qint64 row,
                                                       qsizetype most) const
{
    QList<StoredPrompt> prompts;
    return readRows(*m_database, u"p.dataset = ? AND p.row > ?"_s, {qint64(id), row},
                    [&](const StoredPrompt &prompt) {
                        prompts.append(prompt);
                        return prompts.size() < most;
                    })
        .map([&prompts] { return prompts; });
}

Result<> DatasetStore::record(DatasetId id, const QList<RecordedOutcome> &outcomes)
{
    return writeOutcomes(*m_database, id, outcomes);
}

Result<> DatasetStore::vote(DatasetId id, qint64 row, const ModelMark &model, bool up)
{
    return writeVote(*m_database, id, row, model, up);
}

Result<RecordedOutcome> DatasetStore::outcome(DatasetId id, qint64 row,
                                              const ModelMark &model) const
{
    return readOutcome(*m_database, id, row, model);
}

Result<QList<ModelMark>> DatasetStore::models(DatasetId id) const
{
    return readModels(*m_database, id).map([](const QHash<qint64, ModelMark> &models) {
        return models.values();
    });
}

Result<QList<RecordedOutcome>> DatasetStore::outcomesOf(DatasetId id, qint64 first,
                                                        qint64 last) const
{
    return readOutcomes(*m_database, u"o.dataset = ? AND o.row BETWEEN ? AND ? ORDER BY o.row"_s,
                        {qint64(id), first, last});
}

Result<std::optional<RecordedOutcome>> DatasetStore::answeredBefore(const QByteArray &content) const
{
    return readOutcomes(*m_database, u"o.content = ? LIMIT 1"_s, {content})
        .map([](const QList<RecordedOutcome> &found) {
            return found.isEmpty() ? std::nullopt : std::optional(found.constFirst());
        });
}

Result<std::optional<qint64>> DatasetStore::usualAnswerTokens(DatasetId id,
                                                              const ModelMark &model) const
{
    return m_database
        ->value(u"SELECT CAST(ROUND(AVG(o.out_tokens)) AS INTEGER) FROM outcomes o JOIN models m"
                " ON m.id = o.model WHERE o.dataset = ? AND m.model = ? AND m.parameters = ?"_s,
                {qint64(id), sqlite::textValue(model.model), sqlite::textValue(model.parameters)})
        .map([](const QVariant &mean) {
            return mean.isNull() ? std::nullopt : std::optional(mean.toLongLong());
        });
}

Result<OutcomeTable> DatasetStore::outcomes(DatasetId id, KeptTexts keep,
                                            std::stop_token stop) const
{
    return readOutcomeTable(*m_database, id, keep, stop);
}

} // namespace headgate::evaluation
