#include "core/sqlite/file_check.h"

#include "core/sqlite/database.h"
#include "core/sqlite/file_beginning.h"
#include "core/sqlite/migration.h"
#include "core/sqlite/texts.h"

#include <QDir>
#include <QFileInfo>
#include <QtEndian>

namespace headgate::sqlite {

using namespace Qt::StringLiterals;

namespace {

// Places in an SQLite file's header (sqlite.org/fileformat.html).
constexpr qsizetype kHeaderSize = 100;
constexpr qsizetype kPageSizeAt = 16; // 1 stands for 65,536
constexpr qsizetype kVersionAt = 60;
constexpr qsizetype kApplicationAt = 68;

tl::unexpected<Error> failForeign(const QString &path)
{
    return fail(ErrorCode::Damaged,
                Texts::tr("“%1” is a database of another program. Choose another file.")
                    .arg(QDir::toNativeSeparators(path)));
}

tl::unexpected<Error> failNewer(const QString &path)
{
    return fail(
        ErrorCode::UnsupportedVersion,
        Texts::tr("The database “%1” was made by a newer version of Headgate. It was left as "
                  "it is.")
            .arg(QDir::toNativeSeparators(path)));
}

// Every table, index, trigger and view with its definition.
Result<QStringList> definitions(Database &database)
{
    QStringList list;
    return database
        .forEach(u"SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema"
                 " ORDER BY 1"_s,
                 {}, [&list](const QSqlQuery &row) { list.append(row.value(0).toString()); })
        .map([&list] { return list; });
}

// A file that passes holds what our own steps make of an empty one and nothing besides: no trigger
// or view of somebody else's can run when it is read or written.
Result<> checkSchema(Database &database, const FileFormat &format)
{
    const auto version = database.value(u"PRAGMA user_version"_s);
    if (!version)
        return tl::unexpected(version.error());
    const auto model = Database::inMemory();
    if (!model)
        return tl::unexpected(model.error());
    if (auto made =
            migrate(**model, {format.applicationId, format.migrations.first(version->toInt())});
        !made)
        return made;
    const auto expected = definitions(**model);
    if (!expected)
        return tl::unexpected(expected.error());
    const auto found = definitions(database);
    if (!found)
        return tl::unexpected(found.error());
    if (*found != *expected)
        return failDamaged(database.path(), u"its tables are not ours"_s);
    return {};
}

} // namespace

tl::unexpected<Error> failDamaged(const QString &path, const QString &detail)
{
    return fail(
        ErrorCode::Damaged,
        Texts::tr("The database “%1” is damaged. It was left as it is; set it aside to start a "
                  "new one.")
            .arg(QDir::toNativeSeparators(path)),
        detail);
}

Result<> checkHeader(const QString &path, const FileFormat &format)
{
    const qint64 size = QFileInfo(path).size();
    if (size == 0)
        return {};
    // A crash while the file was made: SQLite itself undoes that.
    if (QFileInfo(path + u"-journal"_s).size() > 0)
        return {};
    const auto begin = readBeginning(path, qMin(size, qint64(kHeaderSize)));
    if (!begin)
        return tl::unexpected(begin.error());
    const QByteArray &header = *begin;
    if (header.size() < kHeaderSize || !header.startsWith(QByteArray("SQLite format 3\0", 16)))
        return failDamaged(path, u"no SQLite header"_s);
    if (qFromBigEndian<qint32>(header.constData() + kApplicationAt) != format.applicationId)
        return failForeign(path);
    if (qFromBigEndian<qint32>(header.constData() + kVersionAt) > format.version())
        return failNewer(path);
    // SQLite would take what a cut page lacks for zeros. With a log, the log may still hold it.
    const int pageSize = qFromBigEndian<quint16>(header.constData() + kPageSizeAt);
    if (size % (pageSize > 1 ? pageSize : 65'536) != 0 &&
        QFileInfo(path + u"-wal"_s).size() == 0)
        return failDamaged(path, u"the last page is cut"_s);
    return {};
}

Result<> checkVersion(Database &database, const FileFormat &format)
{
    const auto application = database.value(u"PRAGMA application_id"_s);
    if (!application)
        return tl::unexpected(application.error());
    const auto version = database.value(u"PRAGMA user_version"_s);
    if (!version)
        return tl::unexpected(version.error());
    if (application->toInt() == 0 && version->toInt() == 0) {
        const auto objects = database.value(u"SELECT COUNT(*) FROM sqlite_schema"_s);
        if (!objects)
            return tl::unexpected(objects.error());
        return objects->toInt() == 0 ? Result<>() : Result<>(failForeign(database.path()));
    }
    if (application->toInt() != format.applicationId)
        return failForeign(database.path());
    if (version->toInt() > format.version())
        return failNewer(database.path());
    return {};
}

Result<> checkContent(Database &database, const FileFormat &format)
{
    if (auto version = checkVersion(database, format); !version)
        return version;
    if (auto schema = checkSchema(database, format); !schema)
        return schema;
    const auto sound = database.value(u"PRAGMA quick_check(1)"_s);
    if (!sound)
        return tl::unexpected(sound.error());
    if (sound->toString() != "ok"_L1)
        return failDamaged(database.path(), sound->toString());
    return {};
}

} // namespace headgate::sqlite
