#include "core/providers/certificate_file.h"

#include "core/providers/texts.h"

#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

// The whole list of a system is a quarter of that.
constexpr qint64 kMostBytes = 1024 * 1024;

tl::unexpected<Error> refuse(const QString &path, const QString &problem)
{
    return fail(ErrorCode::InvalidInput,
                Texts::tr("The certificate file “%1” cannot be used: %2.").arg(path, problem));
}

Result<QByteArray> contentOf(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isAbsolute())
        return refuse(path, Texts::tr("write its whole path, from the root of the file system"));
    if (!info.exists())
        return refuse(path, Texts::tr("there is no such file"));
    // A pipe or a device would be waited for.
    if (!info.isFile())
        return refuse(path, Texts::tr("it is no file"));
    if (info.size() > kMostBytes)
        return refuse(path, Texts::tr("it is larger than 1 MiB"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(path, Texts::tr("it cannot be read (%1)").arg(file.errorString()));
    return file.read(kMostBytes);
}

Result<QList<QSslCertificate>> certificatesIn(const QString &path)
{
    const Result<QByteArray> pem = contentOf(path);
    if (!pem)
        return tl::unexpected(pem.error());
    const qsizetype announced = pem->count("-----BEGIN CERTIFICATE-----");
    if (announced == 0)
        return refuse(path, Texts::tr("it holds no certificate in PEM form, which begins with "
                                      "-----BEGIN CERTIFICATE-----"));
    QList<QSslCertificate> certificates = QSslCertificate::fromData(*pem, QSsl::Pem);
    certificates.removeIf([](const QSslCertificate &each) { return each.isNull(); });
    if (certificates.size() < announced)
        return refuse(path, Texts::tr("a certificate in it is damaged"));
    return certificates;
}

// Read once: a system has some hundred of them.
const QList<QSslCertificate> &systemAuthorities()
{
    static const QList<QSslCertificate> authorities = QSslConfiguration::systemCaCertificates();
    return authorities;
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const QString &certificateFile)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (certificateFile.isEmpty())
        return tls;
    const Result<QList<QSslCertificate>> own = certificatesIn(certificateFile);
    if (!own)
        return tl::unexpected(own.error());
    // With authorities of its own a configuration no longer looks the system's up, so they are
    // named as well.
    tls.setCaCertificates(tls.caCertificates() + systemAuthorities() + *own);
    return tls;
}

Result<> checkCertificateFile(const QString &path)
{
    return certificatesIn(path).map([](const QList<QSslCertificate> &) {});
}

} // namespace headgate::providers
