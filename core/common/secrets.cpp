#include "core/common/secrets.h"

#include "core/common/redaction.h"
#include "core/common/texts.h"

namespace headgate {

// Every copy is deep: a shared buffer could not be wiped.
SecretKey::SecretKey(QByteArray bytes)
    : m_bytes(bytes.constData(), bytes.size())
{
    rememberKey(m_bytes);
}

SecretKey::SecretKey(const SecretKey &other)
    : m_bytes(other.m_bytes.constData(), other.m_bytes.size())
{
}

SecretKey::SecretKey(SecretKey &&other) noexcept
    : m_bytes(std::move(other.m_bytes))
{
    other.m_bytes = {};
}

SecretKey &SecretKey::operator=(SecretKey other) noexcept
{
    m_bytes.swap(other.m_bytes);
    return *this;
}

SecretKey::~SecretKey()
{
    wipe();
}

void SecretKey::wipe()
{
    // Volatile, or the compiler drops writes to memory that is about to be freed.
    volatile char *bytes = m_bytes.data();
    for (qsizetype i = 0; i < m_bytes.size(); ++i)
        bytes[i] = 0;
}

QString SecretKey::removedFrom(QString text) const
{
    if (m_bytes.isEmpty())
        return text;
    return text.replace(QString::fromUtf8(m_bytes), QStringLiteral("[key removed]"));
}

Result<SecretKey> keyFromEnvironment(const QString &variable)
{
    if (variable.isEmpty())
        return SecretKey();
    const QByteArray value = qgetenv(variable.toUtf8().constData()).trimmed();
    if (value.isEmpty())
        return fail(ErrorCode::Unauthorized,
                    Texts::tr("The environment variable %1 holds no key. Set it and try again.")
                        .arg(variable));
    return SecretKey(value);
}

} // namespace headgate
