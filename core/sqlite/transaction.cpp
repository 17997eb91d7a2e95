#include "core/sqlite/transaction.h"

#include "core/sqlite/database.h"

namespace headgate::sqlite {

using namespace Qt::StringLiterals;

Result<Transaction> Transaction::begin(Database &database, Kind kind)
{
    auto begun = database.run(kind == Kind::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
    if (!begun)
        return tl::unexpected(std::move(begun.error()));
    return Transaction(database);
}

Transaction::~Transaction()
{
    // Fails where SQLite rolled back by itself, which is as well.
    if (m_database)
        (void)m_database->run(u"ROLLBACK"_s);
}

Result<> Transaction::commit()
{
    auto committed = m_database->run(u"COMMIT"_s);
    if (!committed)
        return tl::unexpected(std::move(committed.error()));
    m_database = nullptr;
    return {};
}

} // namespace headgate::sqlite
