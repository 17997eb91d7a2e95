#include "tests/providers/provider_probe.h"
#include "tests/support/fault_table.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;

namespace {

constexpr const char *kVariable = "HEADGATE_TEST_CANARY_KEY";
const QByteArray kKey = "sk-canary-5f1c9e77a2";

// Sets a variable of the environment while it lives.
class SetMeanwhile
{
public:
    SetMeanwhile(const char *name, const QByteArray &value)
        : m_name(name)
    {
        qputenv(name, value);
    }
    ~SetMeanwhile() { qunsetenv(m_name); }
    Q_DISABLE_COPY_MOVE(SetMeanwhile)

private:
    const char *m_name;
};

} // namespace

class TestProxies final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv(kVariable, kKey); }
    void cleanupTestCase() { qunsetenv(kVariable); }

    void loopbackIsReachedWithoutTheProxy_data()
    {
        QTest::addColumn<QByteArray>("variable");
        for (const char *variable :
             {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
            QTest::newRow(variable) << QByteArray(variable);
    }

    void loopbackIsReachedWithoutTheProxy()
    {
        QFETCH(const QByteArray, variable);
        ScriptedServer proxy({Script().send(httpResponse(200, goodBody()))});
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        const SetMeanwhile set(variable.constData(), proxy.url().toEncoded());
        for (const char *host : {"127.0.0.1", "localhost"}) {
            QUrl url = server.url();
            url.setHost(QString::fromLatin1(host));
            Probe probe(endpointAt(url));
            QCOMPARE(className(probe.ask()), u"ok"_s);
        }
        QCOMPARE(proxy.accepted(), 0);
        QCOMPARE(server.requests().size(), 2);
    }

    void aFaultOfTheProxyIsSaidToBeTheProxys_data()
    {
        QTest::addColumn<Script>("script");
        QTest::newRow("wants a password") << Script()
                                                 .send("HTTP/1.1 407 Proxy Authentication Required"
                                                       "\r\nProxy-Authenticate: Basic realm=\"p\""
                                                       "\r\nContent-Length: 0\r\n\r\n")
                                                 .close();
        QTest::newRow("dies") << Script().close();
        QTest::newRow("reaches nobody")
            << Script().send("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n").close();
        QTest::newRow("is no proxy") << Script().send("220 mail.example ESMTP\r\n\r\n").close();
    }

    // Everything but loopback goes the way that the system says. No key gets as far as the proxy.
    void aFaultOfTheProxyIsSaidToBeTheProxys()
    {
        QFETCH(const Script, script);
        ScriptedServer proxy({script});
        QUrl address = proxy.url();
        address.setUserName(u"ada"_s);
        address.setPassword(u"proxy-secret"_s);
        const SetMeanwhile set("https_proxy", address.toEncoded());
        providers::Endpoint endpoint = endpointAt(QUrl(u"https://model.invalid/v1"_s));
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        printFaultRow(endpoint.protocol,
                      u"58 the proxy %1"_s.arg(QLatin1String(QTest::currentDataTag())), true,
                      className(result), adviceName(result));
        QVERIFY(proxy.accepted() > 0);
        QCOMPARE(className(result), u"transport"_s);
        QVERIFY2(result.failure->message.contains(u"proxy"_s), qPrintable(toldBy(result)));
        QVERIFY(!toldBy(result).contains(u"proxy-secret"_s));
        for (const QByteArray &request : proxy.requests())
            QVERIFY(!request.contains(kKey));
    }

    void aProxyThatIsGoneIsSaidToBe()
    {
        QUrl address;
        {
            const ScriptedServer gone({Script()});
            address = gone.url();
        }
        const SetMeanwhile set("https_proxy", address.toEncoded());
        Probe probe(endpointAt(QUrl(u"https://model.invalid/v1"_s)));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"transport"_s);
        QVERIFY2(result.failure->message.contains(u"proxy"_s), qPrintable(toldBy(result)));
    }

    void hostsThatNoProxyNamesAreReachedWithoutIt()
    {
        ScriptedServer proxy({Script().close()});
        const SetMeanwhile set("https_proxy", proxy.url().toEncoded());
        const SetMeanwhile except("no_proxy", "model.invalid");
        Probe probe(endpointAt(QUrl(u"https://model.invalid/v1"_s)));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"transport"_s);
        QVERIFY(result.failure->message.contains(u"name of the server"_s));
        QCOMPARE(proxy.accepted(), 0);
    }
};

QTEST_GUILESS_MAIN(TestProxies)
#include "tst_proxies.moc"
