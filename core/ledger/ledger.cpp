#include "core/ledger/ledger.h"

#include "core/ledger/ledger_schema.h"
#include "core/ledger/spend_query.h"
#include "core/ledger/texts.h"
#include "core/ledger/trace_reader.h"
#include "core/ledger/trace_writer.h"
#include "core/sqlite/database.h"
#include "core/sqlite/file_check.h"
#include "core/sqlite/set_aside.h"
#include "core/sqlite/transaction.h"

#include <QDir>
#include <QFile>

namespace headgate::ledger {

using namespace Qt::StringLiterals;

Ledger::Ledger(std::unique_ptr<sqlite::Database> database)
    : m_database(std::move(database))
{
}

Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(const QString &path, const LedgerOptions &options)
{
    return sqlite::Database::open(path, ledgerFormat(), options.busyTimeout)
        .map([](std::unique_ptr<sqlite::Database> database) {
            return std::unique_ptr<Ledger>(new Ledger(std::move(database)));
        });
}

Result<QString> Ledger::setAside(const QString &path)
{
    return sqlite::setAside(path);
}

QString Ledger::path() const
{
    return m_database->path();
}

bool Ledger::isReadOnly() const
{
    return m_database->isReadOnly();
}

Result<> Ledger::begin(const engine::RunTrace &trace)
{
    return m_database
        ->run(u"INSERT INTO begun (id, started_ms, policy, simulated, origin)"
              " VALUES (?, ?, ?, ?, ?)"
              " ON CONFLICT (id) DO NOTHING"_s,
              {sqlite::textValue(trace.id), trace.startedAt.toMSecsSinceEpoch(),
               sqlite::textValue(trace.policyName), trace.simulated, QString(nameOf(trace.origin))})
        .map([](qint64) {});
}

Result<> Ledger::record(const engine::RunTrace &trace, bool keepTexts)
{
    return writeTrace(*m_database, trace, keepTexts);
}

Result<CorrectionEffect> Ledger::correctPrice(const PriceCorrection &correction)
{
    return ledger::correctPrice(*m_database, correction);
}

Result<CorrectionEffect> Ledger::previewCorrection(const PriceCorrection &correction) const
{
    return ledger::previewCorrection(*m_database, correction);
}

Result<QList<DeploymentCalls>> Ledger::deployments(const QDateTime &since, int mostEach) const
{
    return readDeployments(*m_database, since, mostEach);
}

Result<> Ledger::deleteTexts()
{
    auto transaction = sqlite::Transaction::begin(*m_database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    for (const QString &sql : {u"DELETE FROM hop_texts"_s, u"DELETE FROM texts"_s}) {
        if (auto done = m_database->run(sql); !done)
            return tl::unexpected(std::move(done.error()));
    }
    if (auto done = transaction->commit(); !done)
        return done;
    // The log and freed pages still hold the texts until both are rewritten.
    for (const QString &sql : {u"VACUUM"_s, u"PRAGMA wal_checkpoint(TRUNCATE)"_s}) {
        if (auto done = m_database->execute(sql); !done)
            return done;
    }
    return {};
}

Result<SpendTotals> Ledger::totals(const SpendFilter &filter) const
{
    return spendTotals(*m_database, filter);
}

Result<QList<ModelTotals>> Ledger::byModel(const SpendFilter &filter) const
{
    return spendByModel(*m_database, filter);
}

Result<QList<SpendPoint>> Ledger::cumulative(const SpendFilter &filter, int maxPoints) const
{
    return cumulativeSpend(*m_database, filter, maxPoints);
}

Result<QList<DaySpend>> Ledger::byDay(const SpendFilter &filter, const QTimeZone &zone) const
{
    return spendByDay(*m_database, filter, zone);
}

Result<Flow> Ledger::flow(const SpendFilter &filter) const
{
    return readFlow(*m_database, filter);
}

Result<GateScores> Ledger::gateScores(const GateFilter &filter, int limit) const
{
    return readGateScores(*m_database, filter, limit);
}

Result<QList<RunTexts>> Ledger::runTexts(const SpendFilter &filter) const
{
    return countRunTexts(*m_database, filter);
}

Result<QList<RunSummary>> Ledger::runs(const SpendFilter &filter, int limit, int offset) const
{
    return runSummaries(*m_database, filter, limit, offset);
}

Result<engine::RunTrace> Ledger::run(const QString &id) const
{
    return readTrace(*m_database, id);
}

Result<QList<UnfinishedRun>> Ledger::unfinished(const QDateTime &begunBefore) const
{
    QList<UnfinishedRun> runs;
    auto read = m_database->forEach(
        u"SELECT id, started_ms, policy, simulated, origin FROM begun WHERE started_ms < ?"
        " ORDER BY started_ms, id"_s,
        {begunBefore.toMSecsSinceEpoch()}, [&runs](const QSqlQuery &row) {
            runs.append(
                {row.value(0).toString(),
                 QDateTime::fromMSecsSinceEpoch(row.value(1).toLongLong(), Qt::UTC),
                 row.value(2).toString(), row.value(3).toBool(),
                 engine::runOriginFrom(row.value(4).toString()).value_or(engine::RunOrigin::Live)});
        });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return runs;
}

Result<> Ledger::checkIntegrity() const
{
    const auto sound = m_database->value(u"PRAGMA integrity_check(1)"_s);
    if (!sound)
        return tl::unexpected(sound.error());
    if (sound->toString() != "ok"_L1)
        return sqlite::failDamaged(path(), sound->toString());
    return {};
}

} // namespace headgate::ledger
