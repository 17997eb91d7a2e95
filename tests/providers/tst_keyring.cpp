#include "core/providers/keyring.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::providers;
using namespace Qt::StringLiterals;

namespace {

// A desktop's keyring of its own: a private message bus and the real daemon, with a profile that
// goes with the test.
class PrivateKeyring
{
public:
    // Why there is none; empty where it runs.
    QString start()
    {
        for (const QString &tool : {u"dbus-daemon"_s, u"gnome-keyring-daemon"_s}) {
            if (QStandardPaths::findExecutable(tool).isEmpty())
                return u"%1 is not installed"_s.arg(tool);
        }
        QDir(m_home.path()).mkpath(u"run"_s);
        QFile::setPermissions(m_home.filePath(u"run"_s),
                              QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("HOME", m_home.path().toUtf8());
        qputenv("XDG_DATA_HOME", m_home.filePath(u"data"_s).toUtf8());
        qputenv("XDG_RUNTIME_DIR", m_home.filePath(u"run"_s).toUtf8());
        m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        if (!m_bus.waitForReadyRead(5000))
            return u"the message bus does not start"_s;
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
        m_daemon.start(u"gnome-keyring-daemon"_s,
                       {u"--foreground"_s, u"--unlock"_s, u"--components=secrets"_s});
        m_daemon.write("password of the test\n");
        m_daemon.closeWriteChannel();
        // It says where it listens once it does; some containers forbid it to run at all.
        if (!m_daemon.waitForStarted(5000) || !m_daemon.waitForReadyRead(5000))
            return u"the keyring does not start: "_s +
                   QString::fromUtf8(m_daemon.readAllStandardError().left(200));
        return {};
    }

    ~PrivateKeyring()
    {
        for (QProcess *each : {&m_daemon, &m_bus}) {
            each->kill();
            each->waitForFinished(5000);
        }
    }

    // Every file below the profile, to look for keys in the clear.
    QByteArray allBytes() const
    {
        QByteArray bytes;
        QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                bytes += file.readAll();
        }
        return bytes;
    }

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_daemon;
};

} // namespace

class TestKeyring final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateKeyring> m_private;

private Q_SLOTS:
    void initTestCase()
    {
        m_private = std::make_unique<PrivateKeyring>();
        if (const QString reason = m_private->start(); !reason.isEmpty())
            QSKIP(qPrintable(reason));
    }

    void cleanupTestCase() { m_private.reset(); }

    void aKeyIsKeptReadAndRemoved()
    {
        const auto keyring = systemKeyring();
        const QString account = u"openai at https://api.openai.com"_s;
        // The daemon takes a moment to come up on the bus.
        Result<> written = fail(ErrorCode::Unavailable, {});
        QTRY_VERIFY2_WITH_TIMEOUT(
            (written = QCoro::waitFor(keyring->write(account, SecretKey("sk-canary-4711")))),
            qPrintable(written ? QString() : written.error().message + written.error().detail),
            10'000);
        const auto read = QCoro::waitFor(keyring->read(account));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->reveal(), QByteArray("sk-canary-4711"));
        QVERIFY(!m_private->allBytes().contains("sk-canary-4711"));

        QCOMPARE(QCoro::waitFor(keyring->read(u"other"_s)).error().code, ErrorCode::NotFound);
        QVERIFY(QCoro::waitFor(keyring->remove(account)));
        QCOMPARE(QCoro::waitFor(keyring->read(account)).error().code, ErrorCode::NotFound);
        QVERIFY(QCoro::waitFor(keyring->remove(account)));
    }
};

QTEST_GUILESS_MAIN(TestKeyring)
#include "tst_keyring.moc"
