#pragma once

#include "core/providers/keyring.h"

#include <QMap>

#include <qcoro/qcorotimer.h>

#include <chrono>
#include <optional>

namespace headgate::test {

// A keyring in memory, or one that does not run.
class FakeKeyring final : public providers::Keyring
{
public:
    struct Contents
    {
        QMap<QString, QByteArray> keys; // by account
        bool runs = true;
        std::chrono::milliseconds delay{}; // before it lets anyone read, as while it is locked
        std::optional<Error> refusal;      // of every reading
    };
    explicit FakeKeyring(Contents &contents) // outlives it
        : m_contents(contents)
    {
    }

    QCoro::Task<Result<SecretKey>> read(QString account) override
    {
        Contents &contents = m_contents; // which outlives the keyring
        if (contents.delay.count() > 0) {
            auto unlocking = QCoro::sleepFor(contents.delay);
            co_await unlocking;
        }
        if (!contents.runs)
            co_return absent();
        if (contents.refusal)
            co_return tl::unexpected(*contents.refusal);
        if (!contents.keys.contains(account))
            co_return fail(ErrorCode::NotFound, QStringLiteral("no such key"));
        co_return SecretKey(contents.keys.value(account));
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
