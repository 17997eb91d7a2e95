#include "core/providers/key_source.h"

#include "core/providers/texts.h"

namespace headgate::providers {

namespace {

using namespace Qt::StringLiterals;

class EnvironmentKeys final : public KeySource
{
public:
    Result<SecretKey> keyOf(const Endpoint &endpoint) const override
    {
        if (endpoint.keyInKeyring)
            return fail(ErrorCode::Unauthorized,
                        Texts::tr("The key of “%1” is in the keyring, which is not read here. Name "
                                  "an environment variable for it.")
                            .arg(endpoint.name));
        return keyFromEnvironment(endpoint.keyVariable);
    }
};

} // namespace

const KeySource &environmentKeys()
{
    static const EnvironmentKeys keys;
    return keys;
}

QString keyAccount(const Endpoint &endpoint)
{
    const QUrl &url = endpoint.baseUrl;
    const int usual = url.scheme() == "http"_L1 ? 80 : 443;
    const int port = url.port(usual);
    const QString place = url.scheme() + u"://"_s + url.host() +
                          (port == usual ? QString() : u':' + QString::number(port));
    return u"%1 at %2"_s.arg(endpoint.name, place);
}

void HeldKeys::hold(const Endpoint &endpoint, SecretKey key)
{
    m_keys.insert(keyAccount(endpoint), std::move(key));
}

void HeldKeys::drop(const Endpoint &endpoint)
{
    m_keys.remove(keyAccount(endpoint));
}

Result<SecretKey> HeldKeys::keyOf(const Endpoint &endpoint) const
{
    if (!endpoint.keyInKeyring)
        return environmentKeys().keyOf(endpoint);
    const auto held = m_keys.constFind(keyAccount(endpoint));
    if (held == m_keys.cend())
        return fail(ErrorCode::Unauthorized,
                    Texts::tr("The keyring has no key of “%1” for %2. Enter it under Providers.")
                        .arg(endpoint.name, endpoint.baseUrl.host()));
    return *held;
}

} // namespace headgate::providers
