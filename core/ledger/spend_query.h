#pragma once

#include "core/ledger/ledger.h"

#include <QVariant>

namespace headgate::ledger {

// A filter as a condition of SQL over the table runs, with the values of its question marks.
struct Condition
{
    explicit Condition(const SpendFilter &filter);

    // "… AND extra".
    Condition &with(const QString &extra, const QVariantList &extraValues);

    QString sql; // never empty
    QVariantList values;
};

// The sums behind Ledger's queries. Each reads the index runs_by_time or runs_in_order alone.
Result<SpendTotals> spendTotals(sqlite::Database &database, const SpendFilter &filter);
Result<QList<ModelTotals>> spendByModel(sqlite::Database &database, const SpendFilter &filter);
Result<QList<SpendPoint>> cumulativeSpend(sqlite::Database &database, const SpendFilter &filter,
                                          int maxPoints);
Result<QList<DaySpend>> spendByDay(sqlite::Database &database, const SpendFilter &filter,
                                   const QTimeZone &zone);
Result<QList<RunSummary>> runSummaries(sqlite::Database &database, const SpendFilter &filter,
                                       int limit, int offset);

// The statements that run once a day or a point, for a look at their query plans.
QString firstRunSql(const Condition &condition);
QString daySumSql(const Condition &condition);
QString pointSumSql(const Condition &condition);
QString pointsSql(const Condition &condition);

} // namespace headgate::ledger
