#include "core/sqlite/database.h"

#include "core/sqlite/database_error.h"
#include "core/sqlite/file_check.h"
#include "core/sqlite/migration.h"
#include "core/sqlite/texts.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDriver>
#include <QSqlError>

#include <atomic>

namespace headgate::sqlite {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> failFrom(const QSqlError &error, const QString &path)
{
    return sqlite::failFrom(error.nativeErrorCode().toInt(), error.text(), path);
}

// Qt hands SQLite texts as UTF-16, which SQLite does not check: a lone surrogate would swallow the
// character behind it.
QVariant validValue(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString)
        return value;
    QString text = value.toString();
    if (text.isValidUtf16())
        return value;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const bool isPair =
            text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
        if (isPair)
            ++at;
        else if (text[at].isSurrogate())
            text[at] = QChar::ReplacementCharacter;
    }
    return text;
}

void bindAll(QSqlQuery &query, const QVariantList &values)
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(int(i), validValue(values[i]));
}

} // namespace

Database::Database(QString path, Access access)
    : m_path(std::move(path))
    , m_access(access)
{
    static std::atomic<int> serial{0};
    m_connection = u"headgate-%1"_s.arg(++serial);
}

Database::~Database()
{
    m_statements.clear();
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<Database>> Database::connect(const QString &path, Access access,
                                                    std::chrono::milliseconds busyTimeout)
{
    std::unique_ptr<Database> self(new Database(path, access));
    self->m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, self->m_connection);
    if (!self->m_database.isValid())
        return fail(ErrorCode::Unavailable,
                    Texts::tr("Qt's driver for SQLite is missing. Install libqt6sql6-sqlite."));
    QString connectOptions = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(busyTimeout.count());
    if (access == Access::ReadOnly)
        connectOptions += u";QSQLITE_OPEN_READONLY"_s;
    self->m_database.setDatabaseName(path);
    self->m_database.setConnectOptions(connectOptions);
    if (!self->m_database.open())
        return failFrom(self->m_database.lastError(), path);
    return self->configure().map([&self] { return std::move(self); });
}

Result<> Database::configure()
{
    for (const auto &pragma :
         {u"PRAGMA trusted_schema = OFF"_s, u"PRAGMA foreign_keys = ON"_s,
          u"PRAGMA cell_size_check = ON"_s, u"PRAGMA secure_delete = ON"_s,
          // In WAL mode, NORMAL could lose the last commits at a loss of power.
          u"PRAGMA synchronous = FULL"_s}) {
        if (auto done = execute(pragma); !done)
            return done;
    }
    return {};
}

Result<std::unique_ptr<Database>> Database::inMemory()
{
    return connect(u":memory:"_s, Access::ReadWrite, {});
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const FileFormat &format,
                                                 std::chrono::milliseconds busyTimeout)
{
    const QFileInfo info(path);
    if (info.isDir() || !QDir().mkpath(info.absolutePath()))
        return fail(ErrorCode::Io,
                    Texts::tr("The database “%1” cannot be created there. Choose another place.")
                        .arg(QDir::toNativeSeparators(path)));
    if (auto header = checkHeader(path, format); !header)
        return tl::unexpected(std::move(header.error()));

    if (info.size() > 0) {
        // Only a read-only connection is sure to leave a damaged file as it is.
        auto reader = connect(path, Access::ReadOnly, busyTimeout);
        auto checked =
            reader ? checkContent(**reader, format) : Result<>(tl::unexpect, reader.error());
        const bool writable = info.isWritable();
        // A journal that a crash left behind is for the writing connection to roll back.
        if (!checked && (checked.error().code != ErrorCode::Io || !writable))
            return tl::unexpected(std::move(checked.error()));
        if (!writable)
            return *std::move(reader);
    }

    auto writer = connect(path, Access::ReadWrite, busyTimeout);
    if (!writer)
        return writer;
    if (auto checked = checkVersion(**writer, format); !checked)
        return tl::unexpected(std::move(checked.error()));
    if (auto lifted = migrate(**writer, format); !lifted)
        return tl::unexpected(std::move(lifted.error()));
    // Last: until the schema stands, the file keeps the mode in which a new file is made at once.
    if (auto mode = (*writer)->execute(u"PRAGMA journal_mode = WAL"_s); !mode)
        return tl::unexpected(std::move(mode.error()));
    return writer;
}

sqlite3 *Database::handle() const
{
    const QVariant handle = m_database.driver()->handle();
    return *static_cast<sqlite3 *const *>(handle.constData());
}

Result<QSqlQuery *> Database::prepared(const QString &sql)
{
    if (const auto it = m_statements.constFind(sql); it != m_statements.cend())
        return it->get();
    auto query = std::make_shared<QSqlQuery>(m_database);
    query->setForwardOnly(true);
    if (!query->prepare(sql))
        return failFrom(query->lastError(), m_path);
    return m_statements.insert(sql, std::move(query))->get();
}

Result<> Database::forEach(const QString &sql, const QVariantList &values, const RowHandler &row)
{
    return readWhile(sql, values, [&row](const QSqlQuery &each) {
        row(each);
        return true;
    });
}

Result<> Database::readWhile(const QString &sql, const QVariantList &values,
                             const std::function<bool(const QSqlQuery &)> &row)
{
    const auto query = prepared(sql);
    if (!query)
        return tl::unexpected(query.error());
    bindAll(**query, values);
    bool good = (*query)->exec();
    while (good && (*query)->next()) {
        if (!row(**query))
            break;
    }
    const QSqlError error = (*query)->lastError();
    (*query)->finish(); // or the snapshot that it reads would stay open
    if (!good || error.isValid())
        return failFrom(error, m_path);
    return {};
}

Result<qint64> Database::run(const QString &sql, const QVariantList &values)
{
    const auto query = prepared(sql);
    if (!query)
        return tl::unexpected(query.error());
    bindAll(**query, values);
    if (!(*query)->exec()) {
        const QSqlError error = (*query)->lastError();
        (*query)->finish();
        return failFrom(error, m_path);
    }
    const qint64 changed = (*query)->numRowsAffected();
    (*query)->finish();
    return changed;
}

Result<QVariant> Database::value(const QString &sql, const QVariantList &values)
{
    QVariant first;
    auto read = forEach(sql, values, [&first](const QSqlQuery &row) {
        if (!first.isValid())
            first = row.value(0);
    });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return first;
}

Result<> Database::execute(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failFrom(query.lastError(), m_path);
    return {};
}

} // namespace headgate::sqlite
