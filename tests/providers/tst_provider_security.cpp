#include "tests/providers/provider_probe.h"
#include "tests/support/wire_protocol.h"
#include "tests/support/wire_text.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

constexpr const char *kVariable = "HEADGATE_TEST_CANARY_KEY";
const QByteArray kKey = "sk-canary-5f1c9e77a2";

// Every text of a result but the answer itself, which is the model's own.
QString toldBy(const providers::CallResult &result)
{
    const providers::Completion &completion = result.completion;
    QString all = completion.requestId + completion.servedModel + completion.finishReason;
    if (result.failure)
        all += result.failure->message + result.failure->detail + result.failure->requestId;
    return all;
}

// Certificates made by the openssl tool in a folder of its own: those of one authority, which only
// this test trusts, and some that nobody signed.
class Certificates
{
public:
    static std::optional<Certificates> make()
    {
        Certificates made;
        if (made.m_openssl.isEmpty() || !made.makeAuthority())
            return std::nullopt;
        return made;
    }

    QList<QSslCertificate> authority() const
    {
        return QSslCertificate::fromPath(at(u"authority.pem"_s));
    }

    // The configuration of a server whose certificate nobody signed.
    QSslConfiguration selfSigned(const QString &name) const
    {
        makeOwn(at(u"own"_s), name);
        return serverWith(at(u"own"_s));
    }

    // Of one whose certificate the authority signed, to end in so many days.
    QSslConfiguration signedFor(const QString &name, int days) const
    {
        const QString base = at(u"signed"_s);
        run({u"req"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
             u"-nodes"_s, u"-keyout"_s, base + u".key"_s, u"-out"_s, base + u".request"_s,
             u"-subj"_s, u"/CN=server"_s});
        QFile names(base + u".names"_s);
        if (names.open(QIODevice::WriteOnly))
            names.write("subjectAltName=" + name.toLatin1() + "\n");
        names.close();
        run({u"x509"_s, u"-req"_s, u"-in"_s, base + u".request"_s, u"-CA"_s, at(u"authority.pem"_s),
             u"-CAkey"_s, at(u"authority.key"_s), u"-CAcreateserial"_s, u"-days"_s,
             QString::number(days), u"-extfile"_s, names.fileName(), u"-out"_s, base + u".pem"_s});
        return serverWith(base);
    }

private:
    QString at(const QString &name) const { return m_folder->filePath(name); }

    bool run(const QStringList &arguments) const
    {
        QProcess tool;
        tool.start(m_openssl, arguments);
        return tool.waitForFinished() && tool.exitCode() == 0;
    }

    bool makeOwn(const QString &base, const QString &name) const
    {
        return run({u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                    u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s, u"-keyout"_s, base + u".key"_s,
                    u"-out"_s, base + u".pem"_s, u"-days"_s, u"1"_s, u"-subj"_s, u"/CN="_s + name});
    }

    bool makeAuthority() const { return makeOwn(at(u"authority"_s), u"Test authority"_s); }

    static QSslConfiguration serverWith(const QString &base)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(QSslCertificate::fromPath(base + u".pem"_s));
        QFile keyFile(base + u".key"_s);
        if (keyFile.open(QIODevice::ReadOnly))
            configuration.setPrivateKey(QSslKey(&keyFile, QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        return configuration;
    }

    QString m_openssl = QStandardPaths::findExecutable(u"openssl"_s);
    std::unique_ptr<QTemporaryDir> m_folder = std::make_unique<QTemporaryDir>();
};

// Trusts one more authority while it lives, as a system that its owner told to.
class TrustedMeanwhile
{
public:
    explicit TrustedMeanwhile(const QList<QSslCertificate> &authority)
    {
        QSslConfiguration configuration = m_before;
        configuration.addCaCertificates(authority);
        QSslConfiguration::setDefaultConfiguration(configuration);
    }
    ~TrustedMeanwhile() { QSslConfiguration::setDefaultConfiguration(m_before); }
    Q_DISABLE_COPY_MOVE(TrustedMeanwhile)

private:
    QSslConfiguration m_before = QSslConfiguration::defaultConfiguration();
};

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

class TestProviderSecurity final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv(kVariable, kKey); }
    void cleanupTestCase() { qunsetenv(kVariable); }

    void redirectsAreNotFollowed_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("target"); // OTHER: the second server
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%d to another host", status) << status << QByteArray("OTHER/v1");
        QTest::newRow("to the same host") << 307 << QByteArray("/elsewhere");
        QTest::newRow("to itself") << 307 << QByteArray("/chat/completions");
        QTest::newRow("to a file") << 302 << QByteArray("file:///etc/passwd");
        QTest::newRow("without a target") << 302 << QByteArray();
    }

    void redirectsAreNotFollowed()
    {
        QFETCH(const int, status);
        QFETCH(QByteArray, target);
        ScriptedServer other({Script().send(httpResponse(200, goodBody()))});
        target.replace("OTHER", other.url().toEncoded());
        ScriptedServer server({Script().send(httpResponse(status, {}, {"Location: " + target}))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"redirect"_s);
        QCOMPARE(adviceName(result), u"stop"_s);
        if (target.startsWith("http"))
            QVERIFY(result.failure->message.contains(QString::fromLatin1(target)));
        QCOMPARE(other.accepted(), 0);
        QCOMPARE(server.requests().size(), 1);
    }

    void noProtocolFollowsARedirect_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("stream");
        for (const WireProtocol &protocol : wireProtocols()) {
            QTest::addRow("%s, streamed", qPrintable(protocol.name)) << protocol.name << true;
            QTest::addRow("%s, whole", qPrintable(protocol.name)) << protocol.name << false;
        }
    }

    // The second server would get the key with the request.
    void noProtocolFollowsARedirect()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        ScriptedServer other({Script().send(httpResponse(200, goodBody()))});
        ScriptedServer server({Script().send(
            httpResponse(307, {}, {"Location: " + other.url().toEncoded() + "/?key=" + kKey}))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = protocol;
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask(helloRequest(stream));
        QCOMPARE(className(result), u"redirect"_s);
        QVERIFY(!toldBy(result).contains(QString::fromLatin1(kKey)));
        auto listing = probe.provider->listModels({});
        QVERIFY(!QCoro::waitFor(listing));
        QCOMPARE(other.accepted(), 0);
        QCOMPARE(server.requests().size(), 2);
    }

    void theKeyIsSentInTheHeaderAndNowhereElse()
    {
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        QCOMPARE(className(probe.ask()), u"ok"_s);
        const QByteArray request = server.requests().first();
        QCOMPARE(request.count(kKey), 1);
        QVERIFY(request.contains("\r\nAuthorization: Bearer " + kKey + "\r\n"));
        QVERIFY(request.contains("\r\nAccept-Encoding: identity\r\n"));
        QVERIFY(
            request.contains("\r\nHost: 127.0.0.1:" + QByteArray::number(server.port()) + "\r\n"));
    }

    void optionalHeadersAreSentWithEveryCall()
    {
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.headers = {{u"OpenAI-Organization"_s, u"org-1"_s}, {u"X-Title"_s, u"My tool"_s}};
        QVERIFY(providers::validateEndpoint(endpoint));
        Probe probe(endpoint);
        QCOMPARE(className(probe.ask()), u"ok"_s);
        auto listing = probe.provider->listModels({});
        QCoro::waitFor(listing);
        QCOMPARE(server.requests().size(), 2);
        for (const QByteArray &request : server.requests()) {
            QVERIFY(request.contains("\r\nOpenAI-Organization: org-1\r\n"));
            QVERIFY(request.contains("\r\nX-Title: My tool\r\n"));
            QVERIFY(!request.contains("HTTP-Referer"));
        }
    }

    void headersThatCouldSmuggleAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("a line break") << u"X-Title"_s << u"a\r\nX-Injected: 1"_s;
        QTest::newRow("beyond ASCII") << u"X-Title"_s << u"caf\u00e9"_s;
        QTest::newRow("the key's header") << u"Authorization"_s << u"Bearer x"_s;
        QTest::newRow("a name with a break") << u"X-Title\r\nX-Injected"_s << u"1"_s;
    }

    void headersThatCouldSmuggleAreRefused()
    {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        providers::Endpoint endpoint = endpointAt(QUrl(u"https://model.example/v1"_s));
        endpoint.headers.insert(name, value);
        const auto valid = providers::validateEndpoint(endpoint);
        QVERIFY(!valid);
        QVERIFY(valid.error().message.contains(u"header"_s));
    }

    void aKeyThatTheServerEchoesIsNotRepeated_data()
    {
        QTest::addColumn<QByteArray>("response");
        const QByteArray json = "{\"error\":{\"message\":\"bad key " + kKey + "\",\"code\":\"" +
                                kKey + "\",\"type\":\"" + kKey + "\"}}";
        const QList<QByteArray> echo = {"X-Request-Id: " + kKey, "X-Echo: " + kKey};
        for (const int status : {400, 401, 403, 404, 429, 500})
            QTest::addRow("%d", status) << httpResponse(status, json, echo);
        QTest::newRow("text") << httpResponse(500, "Authorization: Bearer " + kKey);
        QTest::newRow("html") << httpResponse(200, "<title>" + kKey + "</title>");
        QTest::newRow("in a 200") << httpResponse(200, json, echo);
        QTest::newRow("in a stream") << openHead() + sseData(deltaJson("x")) + sseData(json);
        QTest::newRow("not JSON in a stream")
            << openHead() + sseData("{" + kKey) + sseData("[DONE]");
        QTest::newRow("names") << httpResponse(
            200,
            "{\"model\":\"" + kKey +
                "\",\"choices\":[{\"message\":{\"content\":\"x\"},"
                "\"finish_reason\":\"" +
                kKey + "\"}]}",
            echo);
        QTest::newRow("status line") << "HTTP/1.1 500 " + kKey + "\r\nContent-Length: 0\r\n\r\n";
        QTest::newRow("bad header") << "HTTP/1.1 200 OK\r\n" + kKey + "\r\n\r\n";
    }

    void aKeyThatTheServerEchoesIsNotRepeated()
    {
        QFETCH(const QByteArray, response);
        ScriptedServer server({Script().send(response).close()});
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QVERIFY2(!toldBy(result).contains(QString::fromLatin1(kKey)), qPrintable(toldBy(result)));
        auto listing = probe.provider->listModels({});
        const Result<QStringList> models = QCoro::waitFor(listing);
        QVERIFY(!models);
        QVERIFY(
            !(models.error().message + models.error().detail).contains(QString::fromLatin1(kKey)));
    }

    void aKeyWithALineBreakIsRefused()
    {
        ScriptedServer server({Script()});
        qputenv("HEADGATE_TEST_ODD_KEY", "sk-1\r\nX-Injected: 1");
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = u"HEADGATE_TEST_ODD_KEY"_s;
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        qunsetenv("HEADGATE_TEST_ODD_KEY");
        QCOMPARE(className(result), u"auth"_s);
        QVERIFY(!toldBy(result).contains(u"sk-1"_s));
        QCOMPARE(server.accepted(), 0);
    }

    void cookiesAreNotKept()
    {
        ScriptedServer server({Script().send(
            httpResponse(200, goodBody(), {"Set-Cookie: id=1; Path=/", "Set-Cookie: b=2"}))});
        Probe probe(endpointAt(server.url()));
        for (int i = 0; i < 2; ++i)
            QCOMPARE(className(probe.ask()), u"ok"_s);
        QVERIFY(!server.requests().at(1).toLower().contains("cookie"));
    }

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

    void badCertificatesAreRefusedByTheirFault_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("days");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QString>("fault"); // empty: none
        QTest::newRow("all in order") << u"IP:127.0.0.1"_s << 1 << true << QString();
        QTest::newRow("expired") << u"IP:127.0.0.1"_s << -1 << true << u"expired"_s;
        QTest::newRow("another name")
            << u"DNS:other.example"_s << 1 << true << u"host name did not match"_s;
        QTest::newRow("another address")
            << u"IP:127.0.0.9"_s << 1 << true << u"host name did not match"_s;
        QTest::newRow("an authority that nobody knows")
            << u"IP:127.0.0.1"_s << 1 << false << u"issuer certificate"_s;
        QTest::newRow("its own, right name") << u"own:127.0.0.1"_s << 1 << true << u"self-signed"_s;
        QTest::newRow("its own, another name")
            << u"own:other.example"_s << 1 << true << u"self-signed"_s;
    }

    void badCertificatesAreRefusedByTheirFault()
    {
        QFETCH(const QString, name);
        QFETCH(const int, days);
        QFETCH(const bool, trusted);
        QFETCH(const QString, fault);
        const auto certificates = Certificates::make();
        if (!certificates)
            QSKIP("needs the openssl tool to make certificates");
        const QSslConfiguration tls = name.startsWith(u"own:"_s)
                                          ? certificates->selfSigned(name.mid(4))
                                          : certificates->signedFor(name, days);
        QVERIFY(!tls.localCertificate().isNull());
        std::optional<TrustedMeanwhile> trust;
        if (trusted)
            trust.emplace(certificates->authority());
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))}, tls);
        QCOMPARE(server.url().scheme(), u"https"_s);
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QVERIFY2(className(result) == (fault.isEmpty() ? u"ok"_s : u"security"_s),
                 qPrintable(toldBy(result)));
        if (fault.isEmpty())
            return;
        QCOMPARE(adviceName(result), u"next"_s);
        QVERIFY2(result.failure->message.contains(u"certificate of “probe” is not trusted"_s) &&
                     result.failure->message.contains(fault),
                 qPrintable(result.failure->message));
        QVERIFY(server.requests().isEmpty());
    }

    void aServerThatSpeaksNoTlsIsRefused()
    {
        ScriptedServer server({Script().atOnce().wait(20ms).send("SSH-2.0-x\r\n")});
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        Probe probe(endpointAt(url));
        QCOMPARE(className(probe.ask()), u"security"_s);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 1000);
    }

    void aServerThatLeavesTheHandshakeIsATransportFailure()
    {
        ScriptedServer server({Script().atOnce().wait(20ms).close()});
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        Probe probe(endpointAt(url));
        const providers::CallResult result = probe.ask();
        QCOMPARE(className(result), u"transport"_s);
        QVERIFY2(result.failure->message.contains(u"while a secure one was being agreed on"_s),
                 qPrintable(toldBy(result)));
    }

    void oldTlsIsRefused()
    {
        const auto certificates = Certificates::make();
        if (!certificates)
            QSKIP("needs the openssl tool to make certificates");
        std::optional tls = certificates->selfSigned(u"127.0.0.1"_s);
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        tls->setProtocol(QSsl::TlsV1_1);
        QT_WARNING_POP
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))}, *tls);
        Probe probe(endpointAt(server.url()));
        const providers::CallResult result = probe.ask();
        QVERIFY2(className(result) == u"security"_s || className(result) == u"transport"_s,
                 qPrintable(toldBy(result)));
        QVERIFY(server.requests().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProviderSecurity)
#include "tst_provider_security.moc"
