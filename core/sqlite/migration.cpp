#include "core/sqlite/migration.h"

#include "core/sqlite/database.h"
#include "core/sqlite/transaction.h"

#include <QFile>

namespace headgate::sqlite {

using namespace Qt::StringLiterals;

Result<> migrate(Database &database, const FileFormat &format)
{
    const auto before = database.value(u"PRAGMA user_version"_s);
    if (!before)
        return tl::unexpected(before.error());
    if (before->toInt() >= format.version())
        return {};
    if (before->toInt() > 0) {
        const QString backup = u"%1.v%2.backup"_s.arg(database.path()).arg(before->toInt());
        if (!QFile::exists(backup)) {
            auto copied = database.run(u"VACUUM INTO ?"_s, {backup});
            if (!copied)
                return tl::unexpected(std::move(copied.error()));
        }
    }
    auto transaction = Transaction::begin(database, Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    // Another process may have been quicker: the lock is held only from here on.
    const auto version = database.value(u"PRAGMA user_version"_s);
    if (!version)
        return tl::unexpected(version.error());
    for (int step = version->toInt(); step < format.version(); ++step) {
        for (const QString &sql : format.migrations[step]) {
            if (auto done = database.execute(sql); !done)
                return done;
        }
    }
    for (const QString &sql : {u"PRAGMA application_id = %1"_s.arg(format.applicationId),
                               u"PRAGMA user_version = %1"_s.arg(format.version())}) {
        if (auto done = database.execute(sql); !done)
            return done;
    }
    return transaction->commit();
}

} // namespace headgate::sqlite
