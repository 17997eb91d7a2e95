#include "core/ledger/run_texts.h"

#include "core/ledger/spend_query.h"
#include "core/sqlite/database.h"

namespace headgate::ledger {

using namespace Qt::StringLiterals;

Result<QList<RunTexts>> countRunTexts(sqlite::Database &database, const SpendFilter &filter)
{
    const Condition condition(filter);
    QList<RunTexts> counts;
    return database
        .forEach(u"SELECT policy, COUNT(*), COUNT(texts.run) FROM runs LEFT JOIN texts"
                 " ON texts.run = runs.seq WHERE "_s +
                     condition.sql + u" GROUP BY policy ORDER BY policy"_s,
                 condition.values,
                 [&counts](const QSqlQuery &row) {
                     counts.append({row.value(0).toString(), row.value(1).toLongLong(),
                                    row.value(2).toLongLong()});
                 })
        .map([&counts] { return counts; });
}

} // namespace headgate::ledger
