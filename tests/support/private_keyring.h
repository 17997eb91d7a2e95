#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace headgate::test {

// A desktop's keyring of its own: a private message bus and the real daemon, with a profile that
// goes with the test. It sets HOME and the desktop's variables for this process.
class PrivateKeyring
{
public:
    ~PrivateKeyring();

    // Why there is none; empty where it runs.
    QString start();
    // Every file below the profile, to look for keys in the clear.
    QByteArray allBytes() const;

private:
    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_daemon;
};

} // namespace headgate::test
