#include "core/sqlite/statement.h"

#include "core/sqlite/database.h"
#include "core/sqlite/database_error.h"

#include <sqlite3.h>

namespace headgate::sqlite {

void Statement::Finalize::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

Statement::Statement(Database &database, sqlite3_stmt *statement)
    : m_database(&database)
    , m_statement(statement)
{
}

Result<Statement> Statement::prepare(Database &database, const char *sql)
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK)
        return failFrom(code, QString::fromUtf8(sqlite3_errmsg(database.handle())),
                        database.path());
    return Statement(database, statement);
}

void Statement::bind(int place, qint64 value)
{
    sqlite3_bind_int64(m_statement.get(), place + 1, value);
}

void Statement::bind(int place, double value)
{
    sqlite3_bind_double(m_statement.get(), place + 1, value);
}

void Statement::bind(int place, QByteArrayView utf8)
{
    // A null pointer would bind NULL.
    sqlite3_bind_text64(m_statement.get(), place + 1, utf8.isEmpty() ? "" : utf8.data(),
                        sqlite3_uint64(utf8.size()), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bindNull(int place)
{
    sqlite3_bind_null(m_statement.get(), place + 1);
}

Result<qint64> Statement::run()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_DONE || code == SQLITE_ROW) {
        sqlite3_reset(m_statement.get());
        return qint64(sqlite3_changes64(m_database->handle()));
    }
    const QString words = QString::fromUtf8(sqlite3_errmsg(m_database->handle()));
    sqlite3_reset(m_statement.get());
    return failFrom(code, words, m_database->path());
}

} // namespace headgate::sqlite
