#include "core/ledger/ledger.h"
#include "core/ledger/ledger_schema.h"
#include "core/sqlite/database.h"
#include "core/sqlite/migration.h"
#include "sample_traces.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace headgate;
using namespace headgate::ledger;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

// What a child process says, line by line.
QStringList childSays(const QStringList &arguments)
{
    QProcess child;
    child.start(QStringLiteral(LEDGER_CHILD), arguments);
    child.waitForFinished(60'000);
    return QString::fromUtf8(child.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class TestLedgerFaults final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"ledger.sqlite"_s); }
    // A ledger of some runs, closed.
    void makeLedger(int runs = 30)
    {
        const auto ledger = Ledger::open(path());
        QVERIFY(ledger);
        for (int i = 0; i < runs; ++i)
            QVERIFY((*ledger)->record(sampleTrace(QString::number(i), quint32(i)), true));
    }
    // Statements of a stranger's, run on the file.
    void meddle(const QStringList &statements)
    {
        const auto database = sqlite::Database::open(path(), ledgerFormat());
        QVERIFY(database);
        for (const QString &sql : statements)
            QVERIFY2((*database)->execute(sql), qPrintable(sql));
    }
    void refuses(ErrorCode code)
    {
        const QByteArray before = bytesOf(path());
        const auto ledger = Ledger::open(path());
        QVERIFY(!ledger);
        QVERIFY2(ledger.error().code == code, qPrintable(ledger.error().message));
        QVERIFY2(ledger.error().message.contains(path()), qPrintable(ledger.error().message));
        QVERIFY(bytesOf(path()) == before);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void anEmptyFileBecomesALedger()
    {
        QVERIFY(write(path(), {}));
        makeLedger(1);
        QCOMPARE(Ledger::open(path()).value()->totals()->runs, 1);
    }

    void refusesNoise_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QRandomGenerator random(1);
        QByteArray noise(10'000, Qt::Uninitialized);
        for (char &byte : noise)
            byte = char(random.bounded(256));
        QTest::newRow("noise") << noise;
        QTest::newRow("text") << QByteArray("id,cost\n1,2\n");
        QTest::newRow("half a header") << QByteArray("SQLite format 3\0\x10\0", 18);
        QTest::newRow("zeros") << QByteArray(8192, '\0');
    }
    void refusesNoise()
    {
        QFETCH(const QByteArray, bytes);
        QVERIFY(write(path(), bytes));
        refuses(ErrorCode::Damaged);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList(u"ledger.sqlite"_s));
    }

    void refusesATruncatedFile_data()
    {
        QTest::addColumn<double>("part");
        QTest::addColumn<int>("bytes"); // added to the part
        QTest::newRow("one byte") << 0.0 << 1;
        QTest::newRow("most of a header") << 0.0 << 99;
        QTest::newRow("one page") << 0.0 << 4096;
        QTest::newRow("half") << 0.5 << 0;
        QTest::newRow("a page short") << 1.0 << -4096;
        QTest::newRow("a byte short") << 1.0 << -1;
    }
    void refusesATruncatedFile()
    {
        QFETCH(const double, part);
        QFETCH(const int, bytes);
        makeLedger();
        const QByteArray whole = bytesOf(path());
        QVERIFY(whole.size() > 20'000);
        QVERIFY(write(path(), whole.left(qsizetype(double(whole.size()) * part) + bytes)));
        refuses(ErrorCode::Damaged);
    }

    void aFlippedBitNeitherCrashesNorDestroys()
    {
        makeLedger();
        const QByteArray whole = bytesOf(path());
        QRandomGenerator random(7);
        int refused = 0;
        for (int round = 0; round < 150; ++round) {
            QByteArray flipped = whole;
            // Every other one hits what SQLite needs to find its way: the first 120 bytes of a
            // page.
            const qsizetype page = random.bounded(int(whole.size() / 4096)) * 4096;
            const qsizetype at = page + random.bounded(round % 2 == 0 ? 120 : 4096);
            flipped[at] = char(flipped[at] ^ (1 << random.bounded(8)));
            QFile::remove(path() + u"-wal"_s);
            QVERIFY(write(path(), flipped));
            const auto ledger = Ledger::open(path());
            if (!ledger) {
                ++refused;
                QVERIFY(bytesOf(path()) == flipped);
                continue;
            }
            (void)(*ledger)->totals();
            (void)(*ledger)->cumulative();
            const auto runs = (*ledger)->runs({}, 100);
            for (int i = 0; i < 30; ++i)
                (void)(*ledger)->run(QString::number(i));
        }
        QVERIFY2(refused > 20, qPrintable(QString::number(refused)));
    }

    void refusesTheDatabaseOfAnotherProgram()
    {
        makeLedger(1);
        meddle({u"PRAGMA application_id = 7"_s, u"PRAGMA wal_checkpoint(TRUNCATE)"_s});
        refuses(ErrorCode::Damaged);
        QVERIFY(Ledger::open(path()).error().message.contains(u"another program"_s));
    }

    void refusesANewerLedger()
    {
        makeLedger(1);
        meddle({u"PRAGMA user_version = 99"_s});
        refuses(ErrorCode::UnsupportedVersion);
        QVERIFY(Ledger::open(path()).error().message.contains(u"newer version"_s));
    }

    void refusesTriggersViewsAndMissingTables_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::newRow("trigger")
            << u"CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM hops; END"_s;
        QTest::newRow("view") << u"CREATE VIEW v AS SELECT * FROM runs"_s;
        QTest::newRow("no table") << u"DROP TABLE begun"_s;
        QTest::newRow("no index") << u"DROP INDEX runs_by_time"_s;
        QTest::newRow("column") << u"ALTER TABLE runs ADD COLUMN extra TEXT"_s;
    }
    void refusesTriggersViewsAndMissingTables()
    {
        QFETCH(const QString, statement);
        makeLedger(2);
        meddle({statement});
        refuses(ErrorCode::Damaged);
    }

    void refusesAPlaceThatCannotBe()
    {
        QVERIFY(QDir().mkpath(path()));
        QCOMPARE(Ledger::open(path()).error().code, ErrorCode::Io);
        const QString below = m_folder->filePath(u"file"_s);
        QVERIFY(write(below, "x"));
        QCOMPARE(Ledger::open(below + u"/ledger.sqlite"_s).error().code, ErrorCode::Io);
    }

    void setsADamagedLedgerAside()
    {
        const QByteArray noise(5000, 'n');
        QVERIFY(write(path(), noise));
        QVERIFY(write(path() + u"-wal"_s, "log"));
        const auto first = Ledger::setAside(path());
        QVERIFY(first);
        QVERIFY(!QFile::exists(path()) && !QFile::exists(path() + u"-wal"_s));
        QVERIFY(bytesOf(*first) == noise);
        QVERIFY(bytesOf(*first + u"-wal"_s) == "log");
        makeLedger(1);
        const auto second = Ledger::setAside(path());
        QVERIFY(second);
        QVERIFY(*second != *first);
        QVERIFY(bytesOf(*first) == noise);
        QVERIFY(Ledger::open(*second));
    }

    void anotherProcessThatWritesIsWaitedForAndNamed()
    {
        makeLedger(1);
        QProcess holder;
        holder.start(QStringLiteral(LEDGER_CHILD), {u"hold"_s, path()});
        QVERIFY(holder.waitForReadyRead());
        QCOMPARE(holder.readAll(), QByteArray("held\n"));

        const auto ledger = Ledger::open(path(), {.busyTimeout = 50ms, .retryInterval = 1s});
        QVERIFY(ledger);
        const auto busy = (*ledger)->record(sampleTrace(u"new"_s, 1), true);
        QVERIFY(!busy);
        QCOMPARE(busy.error().code, ErrorCode::Busy);
        QVERIFY(busy.error().message.contains(path()));
        QCOMPARE((*ledger)->totals()->runs, 1); // reading goes on

        const auto patient = Ledger::open(path());
        QVERIFY(patient);
        holder.write("done\n");
        QVERIFY(holder.waitForBytesWritten());
        QVERIFY((*patient)->record(sampleTrace(u"new"_s, 1), true));
        QVERIFY(holder.waitForFinished());
        QCOMPARE((*ledger)->totals()->runs, 2);
    }

    void aLedgerWithoutThePermissionToWriteOpensToRead()
    {
        makeLedger(3);
        // Anybody may come into the folder; only its owner may write to it.
        QCOMPARE(chmod(qPrintable(m_folder->path()), 0777), 0);
        QCOMPARE(chmod(qPrintable(path()), 0444), 0);
        const QStringList said = childSays({u"reader"_s, path()});
        QCOMPARE(said.size(), 3);
        QCOMPARE(said[0], u"read-only"_s);
        QCOMPARE(said[1], u"3"_s);
        QVERIFY2(said[2].contains(u"read-only"_s), qPrintable(said[2]));

        QCOMPARE(chmod(qPrintable(m_folder->path()), 0555), 0);
        const QStringList locked = childSays({u"reader"_s, path()});
        chmod(qPrintable(m_folder->path()), 0755);
        QVERIFY(!locked.isEmpty());
        QVERIFY2(locked[0] == u"read-only"_s || locked[0].contains(path()), qPrintable(locked[0]));
    }

    void aFullDiskLosesNothing_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("full file system") << QStringList{u"full"_s, m_place.path()};
        QTest::newRow("limit of the file's size")
            << QStringList{u"limit"_s, m_place.filePath(u"ledger.sqlite"_s), u"600000"_s};
    }
    void aFullDiskLosesNothing()
    {
        QFETCH(const QStringList, arguments);
        const QStringList said = childSays(arguments);
        if (said == QStringList(u"skip"_s))
            QSKIP(
                "No file system may be mounted here; the limit of the file's size stands for it.");
        QCOMPARE(said.size(), 5);
        const int written = said[0].toInt();
        QVERIFY2(written > 10, qPrintable(said[0]));
        const bool isFull = said[1].startsWith(QString::number(int(ErrorCode::DiskFull)));
        QVERIFY2(isFull || arguments.first() == u"limit"_s, qPrintable(said[1]));
        QVERIFY2(said[1].contains(u"ledger.sqlite"_s), qPrintable(said[1]));
        QCOMPARE(said[2], u"ok"_s); // with room again
        QCOMPARE(said[3], u"ok"_s); // intact
        QCOMPARE(said[4].toInt(), written + 1);
    }

    void liftsAnOlderLedgerAndKeepsACopy()
    {
        makeLedger(2);
        sqlite::FileFormat format = ledgerFormat();
        format.migrations.append(
            {u"ALTER TABLE runs ADD COLUMN note TEXT"_s, u"UPDATE runs SET note = 'x'"_s});
        {
            const auto database = sqlite::Database::open(path(), ledgerFormat()).value();
            QVERIFY(migrate(*database, format));
            QVERIFY(migrate(*database, format));
            QCOMPARE(database->value(u"SELECT COUNT(*) FROM runs WHERE note = 'x'"_s)->toInt(), 2);
            QCOMPARE(database->value(u"PRAGMA user_version"_s)->toInt(), format.version());
        }
        const auto copy = Ledger::open(path() + u".v%1.backup"_s.arg(ledgerFormat().version()));
        QVERIFY2(copy, copy ? "" : qPrintable(copy.error().detail));
        QCOMPARE((*copy)->totals()->runs, 2);
    }

    void aStepThatFailsLeavesTheOldVersion()
    {
        makeLedger(2);
        sqlite::FileFormat format = ledgerFormat();
        format.migrations.append({u"DROP TABLE begun"_s, u"this is no SQL"_s});
        {
            const auto database = sqlite::Database::open(path(), ledgerFormat()).value();
            QVERIFY(!migrate(*database, format));
        }
        const auto ledger = Ledger::open(path());
        QVERIFY(ledger);
        QCOMPARE((*ledger)->totals()->runs, 2);
    }

private:
    QTemporaryDir m_place;
};

QTEST_GUILESS_MAIN(TestLedgerFaults)
#include "tst_ledger_faults.moc"
