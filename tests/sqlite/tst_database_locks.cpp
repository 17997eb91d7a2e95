#include "core/sqlite/database.h"
#include "core/sqlite/file_format.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace headgate;
using namespace headgate::sqlite;
using namespace Qt::StringLiterals;

namespace {

const FileFormat &format()
{
    static const FileFormat kFormat{0x48477465, {{u"CREATE TABLE notes (text TEXT NOT NULL)"_s}}};
    return kFormat;
}

// Of this process and any other, on that file, as the kernel lists them.
int locksOn(const QString &path)
{
    struct stat about = {};
    if (::stat(QFile::encodeName(path).constData(), &about) != 0)
        return -1;
    QFile list(u"/proc/locks"_s);
    if (!list.open(QIODevice::ReadOnly))
        return -1;
    return int(list.readAll().count(":" + QByteArray::number(qulonglong(about.st_ino)) + ' '));
}

} // namespace

// A process that writes to a database in WAL mode keeps a lock on it, by which others see that it
// is there. Without it, whoever closes last deletes the log with what was written to it.
class TestDatabaseLocks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondConnectionLeavesTheLocksOfTheFirst()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"notes.sqlite"_s);
        const auto first = Database::open(path, format());
        QVERIFY2(first, first ? "" : qPrintable(first.error().message));
        QVERIFY((*first)->run(u"INSERT INTO notes VALUES ('one')"_s));
        const int held = locksOn(path);
        if (held < 0)
            QSKIP("The system lists no locks.");
        QVERIFY(held > 0);
        {
            const auto second = Database::open(path, format());
            QVERIFY(second);
            QCOMPARE((*second)->value(u"SELECT COUNT(*) FROM notes"_s).value().toInt(), 1);
            QVERIFY(locksOn(path) >= held);
        }
        QCOMPARE(locksOn(path), held);
    }

    void aFileOfAnotherProgramIsRefusedWithoutLosingLocks()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"notes.sqlite"_s);
        const auto first = Database::open(path, format());
        QVERIFY(first);
        const int held = locksOn(path);
        if (held < 0)
            QSKIP("The system lists no locks.");
        const FileFormat other{0x48477466, format().migrations};
        QCOMPARE(Database::open(path, other).error().code, ErrorCode::Damaged);
        QCOMPARE(locksOn(path), held);
    }
};

QTEST_GUILESS_MAIN(TestDatabaseLocks)
#include "tst_database_locks.moc"
