#include "tests/support/test_certificates.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace headgate::test {

std::optional<TestCertificates> TestCertificates::make()
{
    TestCertificates made;
    made.m_openssl = QStandardPaths::findExecutable(u"openssl"_s);
    if (made.m_openssl.isEmpty() ||
        !made.makeOwn(made.at(u"authority"_s), u"Test authority"_s, u"DNS:authority.example"_s))
        return std::nullopt;
    return made;
}

QString TestCertificates::authorityFile() const
{
    return at(u"authority.pem"_s);
}

QList<QSslCertificate> TestCertificates::authority() const
{
    return QSslCertificate::fromPath(authorityFile());
}

QSslConfiguration TestCertificates::selfSigned(const QString &name) const
{
    makeOwn(at(u"own"_s), u"server"_s, name);
    return serverWith(at(u"own"_s));
}

QString TestCertificates::selfSignedFile() const
{
    return at(u"own.pem"_s);
}

QSslConfiguration TestCertificates::signedFor(const QString &name, int days) const
{
    const QString base = at(u"signed"_s);
    run({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
         u"-nodes"_s, u"-keyout"_s, base + u".key"_s, u"-out"_s, base + u".request"_s, u"-subj"_s,
         u"/CN=server"_s});
    QFile names(base + u".names"_s);
    if (names.open(QIODevice::WriteOnly))
        names.write("subjectAltName=" + name.toLatin1() + "\n");
    names.close();
    run({u"x509"_s, u"-req"_s, u"-in"_s, base + u".request"_s, u"-CA"_s, at(u"authority.pem"_s),
         u"-CAkey"_s, at(u"authority.key"_s), u"-CAcreateserial"_s, u"-days"_s,
         QString::number(days), u"-extfile"_s, names.fileName(), u"-out"_s, base + u".pem"_s});
    return serverWith(base);
}

bool TestCertificates::run(const QStringList &arguments) const
{
    QProcess tool;
    tool.start(m_openssl, arguments);
    return tool.waitForFinished() && tool.exitCode() == 0;
}

bool TestCertificates::makeOwn(const QString &base, const QString &subject,
                               const QString &name) const
{
    return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-keyout"_s, base + u".key"_s,
                u"-out"_s, base + u".pem"_s, u"-days"_s, u"1"_s, u"-subj"_s, u"/CN="_s + subject,
                u"-addext"_s, u"subjectAltName="_s + name});
}

QSslConfiguration TestCertificates::serverWith(const QString &base)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(base + u".pem"_s));
    QFile keyFile(base + u".key"_s);
    if (keyFile.open(QIODevice::ReadOnly))
        configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

} // namespace headgate::test
