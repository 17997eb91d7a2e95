#pragma once

#include "core/common/result.h"

#include <QString>

QT_BEGIN_NAMESPACE
class QSslConfiguration;
QT_END_NAMESPACE

namespace headgate::providers {

// How a secure connection is agreed on: TLS 1.2 or later, with a peer whose certificate is always
// verified, by the system's authorities and those in the file (PEM). Without a file it is the
// system's alone. An error ends with what is wrong with the file; nothing is trusted then.
Result<QSslConfiguration> tlsConfiguration(const QString &certificateFile);
// Whether that file could be used as it stands. Reads it.
Result<> checkCertificateFile(const QString &path);

} // namespace headgate::providers
