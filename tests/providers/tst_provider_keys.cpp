#include "tests/providers/provider_probe.h"

#include "core/providers/connection_test.h"
#include "core/providers/key_source.h"

using namespace headgate;
using namespace headgate::providers;
using namespace Qt::StringLiterals;
using test::endpointAt;
using test::Script;
using test::ScriptedServer;

namespace {

const QByteArray kKey = "sk-canary-4711";

QByteArray answer(const QByteArray &status, const QByteArray &body)
{
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " +
           QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

ConnectionReport report(const Endpoint &endpoint, const KeySource &keys)
{
    SystemClock clock;
    auto task = testConnection(endpoint, keys, clock, {});
    return QCoro::waitFor(task);
}

Endpoint keyring(const QUrl &url)
{
    Endpoint endpoint = endpointAt(url);
    endpoint.keyInKeyring = true;
    return endpoint;
}

} // namespace

class TestProviderKeys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAccountIsBoundToItsServer()
    {
        const Endpoint usual = keyring(QUrl(u"https://api.example/v1"_s));
        QCOMPARE(keyAccount(usual), u"probe at https://api.example"_s);
        QCOMPARE(keyAccount(keyring(QUrl(u"https://api.example:443/v2"_s))), keyAccount(usual));
        for (const QString &other : {u"http://api.example/v1"_s, u"https://api.example:8443/v1"_s,
                                     u"https://evil.example/v1"_s})
            QVERIFY(keyAccount(keyring(QUrl(other))) != keyAccount(usual));
    }

    void aHeldKeyIsSentToItsServerOnly()
    {
        ScriptedServer server({Script().send(answer("200 OK", R"({"data": [{"id": "m1"}]})"))});
        HeldKeys keys;
        const Endpoint endpoint = keyring(server.url(u"/v1"_s));
        keys.hold(endpoint, SecretKey(kKey));
        const ConnectionReport good = report(endpoint, keys);
        QVERIFY2(good.isGood(), qPrintable(good.problem));
        QVERIFY(server.requests().value(0).contains("Bearer " + kKey));
        QCOMPARE(good.models->value(0).name, u"m1"_s);
        QVERIFY(good.latency.count() > 0);

        ScriptedServer other({Script().send(answer("200 OK", R"({"data": []})"))});
        const ConnectionReport refused = report(keyring(other.url(u"/v1"_s)), keys);
        QVERIFY(!refused.isGood() && !refused.isReachable);
        QVERIFY2(refused.problem.contains(u"keyring has no key"_s), qPrintable(refused.problem));
        QCOMPARE(other.requests().size(), 0);
    }

    void aDroppedKeyIsGone()
    {
        HeldKeys keys;
        const Endpoint endpoint = keyring(QUrl(u"https://api.example"_s));
        keys.hold(endpoint, SecretKey(kKey));
        QCOMPARE(keys.keyOf(endpoint)->reveal(), kKey);
        keys.drop(endpoint);
        QVERIFY(!keys.holds(endpoint));
        QCOMPARE(keys.keyOf(endpoint).error().code, ErrorCode::Unauthorized);
    }

    void theEnvironmentIsReadWhereNoKeyringIsMeant()
    {
        qputenv("HEADGATE_TEST_KEY", kKey);
        Endpoint endpoint = endpointAt(QUrl(u"https://api.example"_s));
        endpoint.keyVariable = u"HEADGATE_TEST_KEY"_s;
        QCOMPARE(HeldKeys().keyOf(endpoint)->reveal(), kKey);
        qunsetenv("HEADGATE_TEST_KEY");
        QVERIFY(HeldKeys().keyOf(endpoint).error().message.contains(u"HEADGATE_TEST_KEY"_s));
        endpoint.keyVariable.clear();
        QVERIFY(HeldKeys().keyOf(endpoint)->isEmpty());
    }

    void aReportSaysHowFarItCame_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("reached");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("key refused")
            << QByteArray("401 Unauthorized")
            << QByteArray(R"({"error": {"message": "bad key sk-canary-4711"}})") << true << false;
        QTest::newRow("no list") << QByteArray("404 Not Found") << QByteArray("{}") << true << true;
    }

    void aReportSaysHowFarItCame()
    {
        QFETCH(const QByteArray, status);
        QFETCH(const QByteArray, body);
        ScriptedServer server({Script().send(answer(status, body))});
        HeldKeys keys;
        const Endpoint endpoint = keyring(server.url(u"/v1"_s));
        keys.hold(endpoint, SecretKey(kKey));
        const ConnectionReport seen = report(endpoint, keys);
        QVERIFY(!seen.isGood());
        QTEST(seen.isReachable, "reached");
        QTEST(seen.isKeyAccepted, "accepted");
        QVERIFY2(!seen.problem.contains(QString::fromUtf8(kKey)), qPrintable(seen.problem));
    }

    void nobodyListeningIsUnreachable()
    {
        QUrl url;
        {
            const ScriptedServer gone({Script()});
            url = gone.url(u"/v1"_s);
        }
        const ConnectionReport seen = report(endpointAt(url), environmentKeys());
        QVERIFY(!seen.isGood() && !seen.isReachable && !seen.isKeyAccepted);
    }
};

QTEST_GUILESS_MAIN(TestProviderKeys)
#include "tst_provider_keys.moc"
