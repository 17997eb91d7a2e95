#pragma once

#include "core/common/result.h"

#include <QByteArray>
#include <QString>

namespace headgate {

// A provider key in memory. It has no conversion to QString, no stream and no comparison, so that
// it cannot slip into a message; its bytes are wiped when the last copy goes. redacted() knows it
// from then on.
class SecretKey
{
public:
    SecretKey() = default;
    explicit SecretKey(QByteArray bytes);
    SecretKey(const SecretKey &other);
    SecretKey(SecretKey &&other) noexcept;
    SecretKey &operator=(SecretKey other) noexcept;
    ~SecretKey();

    bool isEmpty() const { return m_bytes.isEmpty(); }
    // For the authentication header only.
    const QByteArray &reveal() const { return m_bytes; }
    // `text` with every occurrence of the key replaced by "[key removed]".
    QString removedFrom(QString text) const;

private:
    void wipe();
    QByteArray m_bytes;
};

// The key in an environment variable. An unset or empty variable is Unauthorized, and the message
// names the variable. An empty name means that the endpoint needs no key.
Result<SecretKey> keyFromEnvironment(const QString &variable);

} // namespace headgate
