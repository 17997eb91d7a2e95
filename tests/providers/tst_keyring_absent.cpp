#include "core/providers/keyring.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::providers;
using namespace Qt::StringLiterals;

// A machine without a desktop: nobody answers on the message bus.
class TestKeyringAbsent final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsKeptAndTheMendIsNamed()
    {
        QTemporaryDir home;
        qputenv("HOME", home.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", home.filePath(u"config"_s).toUtf8());
        qputenv("XDG_DATA_HOME", home.filePath(u"data"_s).toUtf8());
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + home.filePath(u"bus"_s).toUtf8());
        const auto keyring = systemKeyring();
        const auto written =
            QCoro::waitFor(keyring->write(u"openai"_s, SecretKey("sk-canary-4711")));
        QVERIFY(!written);
        QCOMPARE(written.error().code, ErrorCode::Unavailable);
        QVERIFY2(written.error().message.contains(u"environment variable"_s),
                 qPrintable(written.error().message));
        const auto read = QCoro::waitFor(keyring->read(u"openai"_s));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Unavailable);
        QDirIterator files(home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("sk-canary-4711"), qPrintable(file.fileName()));
        }
    }
};

QTEST_GUILESS_MAIN(TestKeyringAbsent)
#include "tst_keyring_absent.moc"
