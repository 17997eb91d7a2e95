#include "core/ledger/spend_query.h"

#include "core/sqlite/database.h"
#include "core/sqlite/row_values.h"
#include "core/sqlite/transaction.h"

namespace headgate::ledger {

using namespace Qt::StringLiterals;

namespace {

QDateTime utc(qint64 milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
}

// cost, baseline's cost, cost of the runs that have a baseline
const QString &sums()
{
    static const QString columns = u"SUM(cost), SUM(baseline_cost),"
                                   " SUM(CASE WHEN baseline_cost IS NOT NULL THEN cost END)"_s;
    return columns;
}

// Adds one run or one group of runs after the other.
class CumulativeLine
{
public:
    void add(qint64 milliseconds, const QSqlQuery &row, int firstSum)
    {
        // Runs are in the order of recording; a clock that was set back must not bend the line.
        m_latest = m_points.isEmpty() ? milliseconds : qMax(m_latest, milliseconds);
        m_sum.at = utc(m_latest);
        m_sum.cost += sqlite::moneyAt(row, firstSum);
        m_sum.baselineCost += sqlite::moneyAt(row, firstSum + 1);
        m_sum.comparedCost += sqlite::moneyAt(row, firstSum + 2);
        m_points.append(m_sum);
    }
    QList<SpendPoint> takePoints() { return std::move(m_points); }

private:
    qint64 m_latest = 0;
    SpendPoint m_sum;
    QList<SpendPoint> m_points;
};

struct Extent
{
    qint64 runs = 0;
    qint64 first = 0; // smallest and largest seq
    qint64 last = 0;
};

Result<Extent> extentOf(sqlite::Database &database, const Condition &condition)
{
    Extent extent;
    auto read =
        database.forEach(u"SELECT COUNT(*), MIN(seq), MAX(seq) FROM runs WHERE "_s + condition.sql,
                         condition.values, [&extent](const QSqlQuery &row) {
                             extent = {row.value(0).toLongLong(), row.value(1).toLongLong(),
                                       row.value(2).toLongLong()};
                         });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return extent;
}

RunSummary summaryFrom(const QSqlQuery &row)
{
    RunSummary run;
    run.id = row.value(0).toString();
    run.startedAt = utc(row.value(1).toLongLong());
    run.policyName = row.value(2).toString();
    run.policyVersion = row.value(3).toString();
    run.path = row.value(4).toString();
    run.prompt = row.value(5).toString();
    run.answeringModel = row.value(6).toString();
    run.status = engine::runStatusFrom(row.value(7).toString()).value_or(engine::RunStatus::Failed);
    if (!row.value(8).isNull())
        run.score = row.value(8).toDouble();
    run.cost = sqlite::moneyAt(row, 9);
    if (!row.value(10).isNull())
        run.baselineCost = sqlite::moneyAt(row, 10);
    run.baselineEstimated = row.value(11).toBool();
    run.latency = std::chrono::nanoseconds(row.value(12).toLongLong());
    run.unknownPrices = row.value(13).toInt();
    run.simulated = row.value(14).toBool();
    run.origin = engine::runOriginFrom(row.value(15).toString()).value_or(engine::RunOrigin::Live);
    return run;
}

} // namespace

Condition::Condition(const SpendFilter &filter)
{
    QStringList parts;
    const auto add = [this, &parts](const QString &part, const QVariant &value) {
        parts.append(part);
        values.append(value);
    };
    if (filter.from.isValid())
        add(u"started_ms >= ?"_s, filter.from.toMSecsSinceEpoch());
    if (filter.to.isValid())
        add(u"started_ms < ?"_s, filter.to.toMSecsSinceEpoch());
    if (!filter.policyName.isEmpty())
        add(u"policy = ?"_s, filter.policyName);
    if (filter.simulated)
        add(u"simulated = ?"_s, int(*filter.simulated));
    if (filter.origin)
        add(u"origin = ?"_s, QString(nameOf(*filter.origin)));
    sql = parts.isEmpty() ? u"TRUE"_s : parts.join(u" AND "_s);
}

Condition &Condition::with(const QString &extra, const QVariantList &extraValues)
{
    sql += u" AND "_s + extra;
    values += extraValues;
    return *this;
}

Result<SpendTotals> spendTotals(sqlite::Database &database, const SpendFilter &filter)
{
    const Condition condition(filter);
    const QString sql = u"SELECT COUNT(*), SUM(status IN ('answered', 'limited_answer')), "_s +
                        sums() +
                        u", COUNT(baseline_cost),"
                        " SUM(baseline_cost IS NOT NULL AND baseline_estimated),"
                        " SUM(unknown_prices > 0), SUM(scorer_cost), SUM(failed_cost)"
                        " FROM runs INDEXED BY runs_by_time WHERE "_s +
                        condition.sql;
    SpendTotals totals;
    auto read = database.forEach(sql, condition.values, [&totals](const QSqlQuery &row) {
        totals.runs = row.value(0).toLongLong();
        totals.answered = row.value(1).toLongLong();
        totals.cost = sqlite::moneyAt(row, 2);
        totals.baselineCost = sqlite::moneyAt(row, 3);
        totals.comparedCost = sqlite::moneyAt(row, 4);
        totals.compared = row.value(5).toLongLong();
        totals.estimated = row.value(6).toLongLong();
        totals.unknownPrices = row.value(7).toLongLong();
        totals.scorerCost = sqlite::moneyAt(row, 8);
        totals.failedCost = sqlite::moneyAt(row, 9);
    });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return totals;
}

Result<QList<ModelTotals>> spendByModel(sqlite::Database &database, const SpendFilter &filter)
{
    const Condition condition(filter);
    const QString chosen =
        condition.values.isEmpty()
            ? QString()
            : u" AND run IN (SELECT seq FROM runs INDEXED BY runs_by_time WHERE %1)"_s.arg(
                  condition.sql);
    const QString sql =
        u"WITH called AS (SELECT asked_model AS model, COUNT(*) AS calls, SUM(cost) AS cost"
        " FROM hops INDEXED BY hops_by_model WHERE attempt > 0"_s +
        chosen +
        u" GROUP BY asked_model),"
        " answered AS (SELECT answering_model AS model, COUNT(*) AS runs"
        " FROM runs INDEXED BY runs_by_time WHERE answering_model <> '' AND "_s +
        condition.sql +
        u" GROUP BY answering_model)"
        " SELECT called.model, calls, coalesce(runs, 0), cost"
        " FROM called LEFT JOIN answered ON answered.model = called.model"
        " ORDER BY cost DESC, called.model"_s;
    QList<ModelTotals> models;
    auto read =
        database.forEach(sql, condition.values + condition.values, [&models](const QSqlQuery &row) {
            models.append({row.value(0).toString(), row.value(1).toLongLong(),
                           row.value(2).toLongLong(), sqlite::moneyAt(row, 3)});
        });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return models;
}

QString pointsSql(const Condition &condition)
{
    return u"SELECT started_ms, cost, baseline_cost,"
           " CASE WHEN baseline_cost IS NOT NULL THEN cost END"
           " FROM runs INDEXED BY runs_in_order WHERE "_s +
           condition.sql + u" ORDER BY seq"_s;
}

QString pointSumSql(const Condition &condition)
{
    return u"SELECT MAX(started_ms), "_s + sums() +
           u" FROM runs INDEXED BY runs_in_order WHERE "_s + condition.sql;
}

Result<QList<SpendPoint>> cumulativeSpend(sqlite::Database &database, const SpendFilter &filter,
                                          int maxPoints)
{
    auto snapshot = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Read);
    if (!snapshot)
        return tl::unexpected(std::move(snapshot.error()));
    const Condition condition(filter);
    const auto extent = extentOf(database, condition);
    if (!extent)
        return tl::unexpected(extent.error());
    if (extent->runs == 0)
        return QList<SpendPoint>();

    CumulativeLine line;
    if (extent->runs <= maxPoints) {
        auto read =
            database.forEach(pointsSql(condition), condition.values, [&line](const QSqlQuery &row) {
                line.add(row.value(0).toLongLong(), row, 1);
            });
        if (!read)
            return tl::unexpected(std::move(read.error()));
        return line.takePoints();
    }
    const qint64 points = qMax(1, maxPoints);
    const qint64 step = (extent->last - extent->first) / points + 1;
    Condition part = condition;
    const QString sql = pointSumSql(part.with(u"seq >= ? AND seq < ?"_s, {}));
    for (qint64 start = extent->first; start <= extent->last; start += step) {
        const QVariantList values = condition.values + QVariantList{start, start + step};
        auto read = database.forEach(sql, values, [&line](const QSqlQuery &row) {
            if (!row.value(0).isNull())
                line.add(row.value(0).toLongLong(), row, 1);
        });
        if (!read)
            return tl::unexpected(std::move(read.error()));
    }
    return line.takePoints();
}

QString firstRunSql(const Condition &condition)
{
    return u"SELECT started_ms FROM runs INDEXED BY runs_by_time WHERE "_s + condition.sql +
           u" ORDER BY started_ms LIMIT 1"_s;
}

QString daySumSql(const Condition &condition)
{
    return u"SELECT COUNT(*), "_s + sums() + u" FROM runs INDEXED BY runs_by_time WHERE "_s +
           condition.sql;
}

Result<QList<DaySpend>> spendByDay(sqlite::Database &database, const SpendFilter &filter,
                                   const QTimeZone &zone)
{
    auto snapshot = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Read);
    if (!snapshot)
        return tl::unexpected(std::move(snapshot.error()));
    const Condition condition(filter);
    Condition later = condition;
    Condition within = condition;
    const QString firstSql = firstRunSql(later.with(u"started_ms >= ?"_s, {}));
    const QString sumSql = daySumSql(within.with(u"started_ms >= ? AND started_ms < ?"_s, {}));

    QList<DaySpend> days;
    qint64 from = std::numeric_limits<qint64>::min();
    for (;;) {
        const auto first = database.value(firstSql, condition.values + QVariantList{from});
        if (!first)
            return tl::unexpected(first.error());
        if (!first->isValid())
            return days;
        const QDate date = utc(first->toLongLong()).toTimeZone(zone).date();
        // A day begins later than midnight where summer time takes that hour away.
        const QDateTime start = date.startOfDay(zone);
        const qint64 end = date.addDays(1).startOfDay(zone).toMSecsSinceEpoch();
        const QVariantList range{qMin(start.toMSecsSinceEpoch(), first->toLongLong()), end};
        auto read =
            database.forEach(sumSql, condition.values + range, [&days, date](const QSqlQuery &row) {
                days.append({date, row.value(0).toLongLong(), sqlite::moneyAt(row, 1),
                             sqlite::moneyAt(row, 2), sqlite::moneyAt(row, 3)});
            });
        if (!read)
            return tl::unexpected(std::move(read.error()));
        from = qMax(end, first->toLongLong() + 1);
    }
}

Result<QList<RunSummary>> runSummaries(sqlite::Database &database, const SpendFilter &filter,
                                       int limit, int offset)
{
    const Condition condition(filter);
    const QString sql =
        u"SELECT id, started_ms, policy, policy_version, path, coalesce(texts.prompt, ''),"
        " answering_model, status, score, cost, baseline_cost, baseline_estimated, latency_ns,"
        " unknown_prices, simulated, origin FROM runs LEFT JOIN texts ON texts.run = runs.seq WHERE "_s +
        condition.sql + u" ORDER BY seq DESC LIMIT ? OFFSET ?"_s;
    QList<RunSummary> summaries;
    auto read = database.forEach(
        sql, condition.values + QVariantList{limit, offset},
        [&summaries](const QSqlQuery &row) { summaries.append(summaryFrom(row)); });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return summaries;
}

} // namespace headgate::ledger
