#pragma once

#include <QList>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QSslCertificate;
class QSslConfiguration;
QT_END_NAMESPACE

namespace headgate::test {

// Certificates made by the openssl tool in a folder of its own: those of one authority, which only
// a test trusts, and some that nobody signed. Names are written as "IP:127.0.0.1" or
// "DNS:server.example".
class TestCertificates
{
public:
    // None where there is no such tool.
    static std::optional<TestCertificates> make();

    QString authorityFile() const; // PEM
    QList<QSslCertificate> authority() const;
    // The configuration of a server whose certificate the authority signed, to end in so many days.
    QSslConfiguration signedFor(const QString &name, int days = 1) const;
    // Of one whose certificate nobody signed, and the file that holds it.
    QSslConfiguration selfSigned(const QString &name) const;
    QString selfSignedFile() const;

private:
    QString at(const QString &name) const { return m_folder->filePath(name); }
    bool run(const QStringList &arguments) const;
    bool makeOwn(const QString &base, const QString &subject, const QString &name) const;
    static QSslConfiguration serverWith(const QString &base);

    QString m_openssl;
    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>();
};

} // namespace headgate::test
