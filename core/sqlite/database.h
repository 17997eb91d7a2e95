#pragma once

#include "core/common/result.h"
#include "core/sqlite/file_format.h"

#include <QHash>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <chrono>
#include <functional>
#include <memory>

struct sqlite3;

namespace headgate::sqlite {

// For a text column, none of which takes NULL: Qt would bind a null text as that.
inline QVariant textValue(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

// One SQLite connection with its prepared statements. Used on the thread that opened it. Every
// error names the file and carries SQLite's own words as its detail.
class Database
{
public:
    enum class Access { ReadWrite, ReadOnly };
    // How long a write waits for another process that is writing, where nobody says otherwise.
    static constexpr std::chrono::milliseconds kPatience{5000};
    using RowHandler = std::function<void(const QSqlQuery &)>;

    // Creates the file and its folder where they are missing and migrates older versions, after a
    // copy. Damaged: the file is damaged or another program's; UnsupportedVersion: made by a newer
    // Headgate; Busy: another process holds it for writing longer than the busy timeout; DiskFull.
    // On every error the file is left as it is; one without permission to write opens read-only.
    static Result<std::unique_ptr<Database>>
    open(const QString &path, const FileFormat &format,
         std::chrono::milliseconds busyTimeout = kPatience);
    // An empty database that lives in memory only.
    static Result<std::unique_ptr<Database>> inMemory();
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    const QString &path() const { return m_path; }
    bool isReadOnly() const { return m_access == Access::ReadOnly; }

    // Runs a statement that is prepared once and kept; `values` fill its question marks. The
    // number of rows that it changed.
    Result<qint64> run(const QString &sql, const QVariantList &values = {});
    // The rows one by one: none is kept. The handler must not run the same statement.
    Result<> forEach(const QString &sql, const QVariantList &values, const RowHandler &row);
    // As forEach(), until the handler returns false.
    Result<> readWhile(const QString &sql, const QVariantList &values,
                       const std::function<bool(const QSqlQuery &)> &row);
    // First column of the first row; invalid where there is no row.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});
    // Runs a statement once, without keeping it: pragmas and schema changes.
    Result<> execute(const QString &sql);
    // SQLite's own connection, for Statement.
    sqlite3 *handle() const;

private:
    Database(QString path, Access access);
    static Result<std::unique_ptr<Database>> connect(const QString &path, Access access,
                                                     std::chrono::milliseconds busyTimeout);
    Result<QSqlQuery *> prepared(const QString &sql);
    Result<> configure();

    QString m_path;
    Access m_access = Access::ReadWrite;
    QString m_connection;
    QSqlDatabase m_database;
    QHash<QString, std::shared_ptr<QSqlQuery>> m_statements; // by SQL text
};

} // namespace headgate::sqlite
