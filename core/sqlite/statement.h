#pragma once

#include "core/common/result.h"

#include <QByteArrayView>

#include <memory>

struct sqlite3_stmt;

namespace headgate::sqlite {

class Database;

// A prepared statement for writing many rows: what is bound is taken as it lies in memory, without
// the copies and conversions that Database::run() makes of each value. Used on the database's
// thread; the database outlives it.
class Statement
{
public:
    [[nodiscard]] static Result<Statement> prepare(Database &database, const char *sql);
    Statement(Statement &&) noexcept = default;
    Statement &operator=(Statement &&) noexcept = default;

    // Places count from 0. UTF-8 has to live until run() has returned, and is never NULL.
    void bind(int place, qint64 value);
    void bind(int place, double value);
    void bind(int place, QByteArrayView utf8);
    void bindNull(int place);
    // The number of rows that it changed. Keeps what is bound, but for texts.
    Result<qint64> run();

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    Statement(Database &database, sqlite3_stmt *statement);

    Database *m_database;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

} // namespace headgate::sqlite
