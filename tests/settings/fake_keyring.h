#pragma once

#include "core/providers/keyring.h"

#include <QMap>

namespace headgate::test {

// A keyring in memory, or one that does not run.
class FakeKeyring final : public providers::Keyring
{
public:
    struct Contents
    {
        QMap<QString, QByteArray> keys; // by account
        bool runs = true;
    };
    explicit FakeKeyring(Contents &contents) // outlives it
        : m_contents(contents)
    {
    }

    QCoro::Task<Result<SecretKey>> read(QString account) override
    {
        if (!m_contents.runs)
            co_return absent();
        if (!m_contents.keys.contains(account))
            co_return fail(ErrorCode::NotFound, QStringLiteral("no such key"));
        co_return SecretKey(m_contents.keys.value(account));
    }
    QCoro::Task<Result<>> write(QString account, SecretKey key) override
    {
        if (!m_contents.runs)
            co_return absent();
        m_contents.keys.insert(account, key.reveal());
        co_return Result<>();
    }
    QCoro::Task<Result<>> remove(QString account) override
    {
        m_contents.keys.remove(account);
        co_return Result<>();
    }

private:
    static tl::unexpected<Error> absent()
    {
        return fail(ErrorCode::Unavailable, QStringLiteral("No keyring runs here."));
    }
    Contents &m_contents;
};

} // namespace headgate::test
