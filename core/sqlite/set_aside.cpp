#include "core/sqlite/set_aside.h"

#include "core/sqlite/texts.h"

#include <QDateTime>
#include <QDir>
#include <QFile>

namespace headgate::sqlite {

using namespace Qt::StringLiterals;

namespace {

// The log first: a log without its database is harmless, but a new database beside an old log would
// take the log for its own.
constexpr QLatin1String kCompanions[] = {QLatin1String("-journal"), QLatin1String("-shm"),
                                         QLatin1String("-wal"), QLatin1String("")};

} // namespace

Result<QString> setAside(const QString &path)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    QString target = u"%1.damaged-%2"_s.arg(path, stamp);
    for (int copy = 2; QFile::exists(target); ++copy)
        target = u"%1.damaged-%2-%3"_s.arg(path, stamp).arg(copy);
    for (const QLatin1String companion : kCompanions) {
        QFile file(path + companion);
        if (file.exists() && !file.rename(target + companion))
            return fail(ErrorCode::Io,
                        Texts::tr("The database “%1” could not be renamed: %2.")
                            .arg(QDir::toNativeSeparators(path), file.errorString()));
    }
    return target;
}

} // namespace headgate::sqlite
