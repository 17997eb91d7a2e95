#include "core/common/secrets.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestSecrets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void removesTheKeyFromAText()
    {
        const SecretKey key(QByteArrayLiteral("sk-canary-123"));
        const QString cleaned = key.removedFrom(u"bad key sk-canary-123, sk-canary-123!"_s);
        QVERIFY(!cleaned.contains(u"canary"_s));
        QCOMPARE(SecretKey().removedFrom(u"as it was"_s), u"as it was"_s);
    }

    void copiesAreIndependent()
    {
        SecretKey copy;
        {
            const SecretKey key(QByteArrayLiteral("sk-canary-123"));
            copy = key;
        }
        QCOMPARE(copy.reveal(), QByteArrayLiteral("sk-canary-123"));
    }

    void readsTheEnvironmentAndNamesAMissingVariable()
    {
        qputenv("HEADGATE_TEST_KEY", " sk-from-environment\n");
        QCOMPARE(keyFromEnvironment(u"HEADGATE_TEST_KEY"_s)->reveal(),
                 QByteArrayLiteral("sk-from-environment"));
        qunsetenv("HEADGATE_TEST_KEY");
        const auto missing = keyFromEnvironment(u"HEADGATE_TEST_KEY"_s);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, ErrorCode::Unauthorized);
        QVERIFY(missing.error().message.contains(u"HEADGATE_TEST_KEY"_s));
        QVERIFY(keyFromEnvironment({})->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
