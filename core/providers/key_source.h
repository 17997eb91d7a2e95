#pragma once

#include "core/common/secrets.h"
#include "core/providers/endpoint.h"

#include <QHash>

namespace headgate::providers {

// Finds the key of an endpoint at the moment when a call needs it, without waiting for anything.
class KeySource
{
public:
    virtual ~KeySource() = default;
    // An empty key where the endpoint needs none. Unauthorized says what is missing and the mend.
    [[nodiscard]] virtual Result<SecretKey> keyOf(const Endpoint &endpoint) const = 0;
};

// The environment variable that the endpoint names, and nothing else.
const KeySource &environmentKeys();

// A key belongs to one server: "openai at https://api.openai.com". Another address is another
// account, so that its key is asked for again.
QString keyAccount(const Endpoint &endpoint);

// The environment, and the keys that were read from the keyring, which are kept in memory as long
// as this lives.
class HeldKeys final : public KeySource
{
public:
    void hold(const Endpoint &endpoint, SecretKey key);
    void drop(const Endpoint &endpoint);
    bool holds(const Endpoint &endpoint) const { return m_keys.contains(keyAccount(endpoint)); }

    Result<SecretKey> keyOf(const Endpoint &endpoint) const override;

private:
    QHash<QString, SecretKey> m_keys; // by account
};

} // namespace headgate::providers
