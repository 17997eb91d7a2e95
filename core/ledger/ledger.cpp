#include "core/ledger/ledger.h"

#include "core/ledger/ledger_database.h"
#include "core/ledger/ledger_file_check.h"
#include "core/ledger/spend_query.h"
#include "core/ledger/texts.h"
#include "core/ledger/trace_reader.h"
#include "core/ledger/trace_writer.h"

#include <QDir>
#include <QFile>

namespace headgate::ledger {

using namespace Qt::StringLiterals;

namespace {

// The log first: a log without its ledger is harmless, but a new ledger beside an old log would
// take the log for its own.
constexpr QLatin1String kCompanions[] = {QLatin1String("-journal"), QLatin1String("-shm"),
                                         QLatin1String("-wal"), QLatin1String("")};

} // namespace

Ledger::Ledger(std::unique_ptr<LedgerDatabase> database)
    : m_database(std::move(database))
{
}

Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(const QString &path, const LedgerOptions &options)
{
    return LedgerDatabase::open(path, options).map([](std::unique_ptr<LedgerDatabase> database) {
        return std::unique_ptr<Ledger>(new Ledger(std::move(database)));
    });
}

Result<QString> Ledger::setAside(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    QString target = u"%1.damaged-%2"_s.arg(path, stamp);
    for (int copy = 2; QFile::exists(target); ++copy)
        target = u"%1.damaged-%2-%3"_s.arg(path, stamp).arg(copy);
    for (const QLatin1String companion : kCompanions) {
        QFile file(path + companion);
        if (file.exists() && !file.rename(target + companion))
            return fail(ErrorCode::Io,
                        Texts::tr("The ledger “%1” could not be renamed: %2.")
                            .arg(QDir::toNativeSeparators(path), file.errorString()));
    }
    return target;
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
        ->run(u"INSERT INTO begun (id, started_ms, policy, simulated) VALUES (?, ?, ?, ?)"
              " ON CONFLICT (id) DO NOTHING"_s,
              {textValue(trace.id), trace.startedAt.toMSecsSinceEpoch(),
               textValue(trace.policyName), trace.simulated})
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
    auto transaction = Transaction::begin(*m_database, Transaction::Kind::Write);
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
        u"SELECT id, started_ms, policy, simulated FROM begun WHERE started_ms < ?"
        " ORDER BY started_ms, id"_s,
        {begunBefore.toMSecsSinceEpoch()}, [&runs](const QSqlQuery &row) {
            runs.append({row.value(0).toString(),
                         QDateTime::fromMSecsSinceEpoch(row.value(1).toLongLong(), Qt::UTC),
                         row.value(2).toString(), row.value(3).toBool()});
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
        return failDamaged(path(), sound->toString());
    return {};
}

} // namespace headgate::ledger
