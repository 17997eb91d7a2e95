#pragma once

#include "core/ledger/ledger_options.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <memory>

namespace headgate::ledger {

// For a text column, none of which takes NULL: Qt would bind a null text as that.
inline QVariant textValue(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

// One SQLite connection with its prepared statements. Used on the thread that opened it. Every
// error names the file and carries SQLite's own words as its detail.
class LedgerDatabase
{
public:
    enum class Access { ReadWrite, ReadOnly };
    using RowHandler = std::function<void(const QSqlQuery &)>;

    // Opens, checks and migrates; see Ledger::open for the errors. A file that is found damaged,
    // foreign or newer is not written to.
    static Result<std::unique_ptr<LedgerDatabase>> open(const QString &path,
                                                        const LedgerOptions &options);
    // An empty database that lives in memory only.
    static Result<std::unique_ptr<LedgerDatabase>> inMemory();
    ~LedgerDatabase();
    Q_DISABLE_COPY_MOVE(LedgerDatabase)

    const QString &path() const { return m_path; }
    bool isReadOnly() const { return m_access == Access::ReadOnly; }

    // Runs a statement that is prepared once and kept; `values` fill its question marks. The
    // number of rows that it changed.
    Result<qint64> run(const QString &sql, const QVariantList &values = {});
    Result<> forEach(const QString &sql, const QVariantList &values, const RowHandler &row);
    // First column of the first row; invalid where there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});
    // Runs a statement once, without keeping it: pragmas and schema changes.
    Result<> execute(const QString &sql);

private:
    LedgerDatabase(QString path, Access access);
    static Result<std::unique_ptr<LedgerDatabase>> connect(const QString &path, Access access,
                                                           const LedgerOptions &options);
    Result<QSqlQuery *> prepared(const QString &sql);
    Result<> configure();

    QString m_path;
    Access m_access = Access::ReadWrite;
    QString m_connection;
    QSqlDatabase m_database;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements; // by SQL text
};

// Rolls back at the end of its life unless it was committed.
class Transaction
{
public:
    enum class Kind { Read, Write };
    // Write waits for the lock at once, so that no later statement can fail for want of it.
    static Result<Transaction> begin(LedgerDatabase &database, Kind kind);
    Transaction(Transaction &&other) noexcept
        : m_database(std::exchange(other.m_database, nullptr))
    {
    }
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();
    Result<> commit();

private:
    explicit Transaction(LedgerDatabase &database)
        : m_database(&database)
    {
    }
    LedgerDatabase *m_database; // outlives me; null once committed
};

} // namespace headgate::ledger
