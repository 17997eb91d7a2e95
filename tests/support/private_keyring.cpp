#include "tests/support/private_keyring.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace headgate::test {

QString PrivateKeyring::start()
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

PrivateKeyring::~PrivateKeyring()
{
    for (QProcess *each : {&m_daemon, &m_bus}) {
        each->kill();
        each->waitForFinished(5000);
    }
}

QByteArray PrivateKeyring::allBytes() const
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

} // namespace headgate::test
