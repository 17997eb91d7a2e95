#include "core/providers/keyring.h"
#include "tests/support/private_keyring.h"

#include <QTest>

using namespace headgate;
using namespace headgate::providers;
using namespace Qt::StringLiterals;
using test::PrivateKeyring;

class TestKeyring final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PrivateKeyring> m_private;

private Q_SLOTS:
    void initTestCase()
    {
        m_private = std::make_unique<PrivateKeyring>();
        if (const QString reason = m_private->start(); !reason.isEmpty())
            QSKIP(qPrintable(reason));
    }

    void cleanupTestCase() { m_private.reset(); }

    void aKeyIsKeptReadAndRemoved()
    {
        const auto keyring = systemKeyring();
        const QString account = u"openai at https://api.openai.com"_s;
        // The daemon takes a moment to come up on the bus.
        Result<> written = fail(ErrorCode::Unavailable, {});
        QTRY_VERIFY2_WITH_TIMEOUT(
            (written = QCoro::waitFor(keyring->write(account, SecretKey("sk-canary-4711")))),
            qPrintable(written ? QString() : written.error().message + written.error().detail),
            10'000);
        const auto read = QCoro::waitFor(keyring->read(account));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->reveal(), QByteArray("sk-canary-4711"));
        QVERIFY(!m_private->allBytes().contains("sk-canary-4711"));

        QCOMPARE(QCoro::waitFor(keyring->read(u"other"_s)).error().code, ErrorCode::NotFound);
        QVERIFY(QCoro::waitFor(keyring->remove(account)));
        QCOMPARE(QCoro::waitFor(keyring->read(account)).error().code, ErrorCode::NotFound);
        QVERIFY(QCoro::waitFor(keyring->remove(account)));
    }
};

QTEST_GUILESS_MAIN(TestKeyring)
#include "tst_keyring.moc"
