#include "tests/providers/provider_probe.h"

#include "core/providers/certificate_file.h"
#include "core/providers/embedding.h"
#include "tests/support/fault_table.h"
#include "tests/support/test_certificates.h"
#include "tests/support/wire_text.h"

#include <QDir>
#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace std::chrono_literals;

namespace {

constexpr const char *kVariable = "HEADGATE_TEST_CANARY_KEY";
const QByteArray kKey = "sk-canary-5f1c9e77a2";

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

} // namespace

class TestSecureConnections final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv(kVariable, kKey);
        m_certificates = TestCertificates::make();
    }
    void cleanupTestCase() { qunsetenv(kVariable); }

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
        QTest::newRow("its own, right name")
            << u"own:IP:127.0.0.1"_s << 1 << true << u"self-signed"_s;
        QTest::newRow("its own, another name")
            << u"own:DNS:other.example"_s << 1 << true << u"self-signed"_s;
    }

    void badCertificatesAreRefusedByTheirFault()
    {
        QFETCH(const QString, name);
        QFETCH(const int, days);
        QFETCH(const bool, trusted);
        QFETCH(const QString, fault);
        if (!m_certificates)
            QSKIP("needs the openssl tool to make certificates");
        const QSslConfiguration tls = name.startsWith(u"own:"_s)
                                          ? m_certificates->selfSigned(name.mid(4))
                                          : m_certificates->signedFor(name, days);
        QVERIFY(!tls.localCertificate().isNull());
        std::optional<TrustedMeanwhile> trust;
        if (trusted)
            trust.emplace(m_certificates->authority());
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))}, tls);
        QCOMPARE(server.url().scheme(), u"https"_s);
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        printFaultRow(endpoint.protocol,
                      u"10 TLS: %1"_s.arg(QLatin1String(QTest::currentDataTag())), true,
                      className(result), adviceName(result));
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
        if (!m_certificates)
            QSKIP("needs the openssl tool to make certificates");
        std::optional tls = m_certificates->selfSigned(u"127.0.0.1"_s);
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

    void anOwnAuthorityIsTrustedWhereAllElseIsInOrder_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("fault"); // empty: none
        QTest::newRow("all in order") << u"IP:127.0.0.1"_s << 1 << QString();
        QTest::newRow("expired") << u"IP:127.0.0.1"_s << -1 << u"expired"_s;
        QTest::newRow("another name")
            << u"DNS:other.example"_s << 1 << u"host name did not match"_s;
        QTest::newRow("its own certificate is the file") << u"own:IP:127.0.0.1"_s << 1 << QString();
        QTest::newRow("its own certificate, another name")
            << u"own:DNS:other.example"_s << 1 << u"host name did not match"_s;
    }

    void anOwnAuthorityIsTrustedWhereAllElseIsInOrder()
    {
        QFETCH(const QString, name);
        QFETCH(const int, days);
        QFETCH(const QString, fault);
        if (!m_certificates)
            QSKIP("needs the openssl tool to make certificates");
        const bool own = name.startsWith(u"own:"_s);
        const QSslConfiguration tls =
            own ? m_certificates->selfSigned(name.mid(4)) : m_certificates->signedFor(name, days);
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))}, tls);
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.certificateFile =
            own ? m_certificates->selfSignedFile() : m_certificates->authorityFile();
        Probe trusting(endpoint);
        const providers::CallResult result = trusting.ask();
        printFaultRow(endpoint.protocol,
                      u"10 TLS, own file: %1"_s.arg(QLatin1String(QTest::currentDataTag())), true,
                      className(result), adviceName(result));
        QVERIFY2(className(result) == (fault.isEmpty() ? u"ok"_s : u"security"_s),
                 qPrintable(toldBy(result)));
        if (!fault.isEmpty())
            QVERIFY2(result.failure->message.contains(fault), qPrintable(toldBy(result)));
        // Another provider at the very same server trusts it no more for that.
        endpoint.certificateFile.clear();
        Probe other(endpoint);
        QCOMPARE(className(other.ask()), u"security"_s);
        QCOMPARE(server.requests().size(), fault.isEmpty() ? 1 : 0);
    }

    // Its models, and vectors, too.
    void everyKindOfCallTrustsTheFile()
    {
        if (!m_certificates)
            QSKIP("needs the openssl tool to make certificates");
        ScriptedServer server(
            {Script().send(httpResponse(200, R"({"data": [{"id": "m1"}]})")),
             Script().send(httpResponse(200, R"({"data": [{"index": 0, "embedding": [0.5]}]})"))},
            m_certificates->signedFor(u"IP:127.0.0.1"_s));
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.certificateFile = m_certificates->authorityFile();
        Probe probe(endpoint);
        auto listing = probe.provider->listModels({});
        const Result<QStringList> models = QCoro::waitFor(listing);
        QVERIFY2(models, models ? "" : qPrintable(models.error().message));
        QCOMPARE(*models, QStringList{u"m1"_s});
        const auto embedder =
            providers::makeEmbeddingEndpoint(endpoint, probe.clock, providers::environmentKeys());
        QVERIFY(embedder);
        providers::EmbeddingRequest request;
        request.model = u"e"_s;
        request.texts = {u"one"_s};
        auto embedding = (*embedder)->embed(request, {});
        const Result<providers::Embeddings> vectors = QCoro::waitFor(embedding);
        QVERIFY2(vectors, vectors ? "" : qPrintable(vectors.error().message));
        QCOMPARE(vectors->vectors.size(), 1);
    }

    void theSystemsAuthoritiesAreTrustedBesideTheFiles()
    {
        if (!m_certificates)
            QSKIP("needs the openssl tool to make certificates");
        const auto others = TestCertificates::make();
        QVERIFY(others);
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))},
                              m_certificates->signedFor(u"IP:127.0.0.1"_s));
        const TrustedMeanwhile trust(m_certificates->authority());
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.certificateFile = others->authorityFile();
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        QVERIFY2(className(result) == u"ok"_s, qPrintable(toldBy(result)));
        const auto tls = providers::tlsConfiguration(endpoint.certificateFile);
        QVERIFY(tls);
        QCOMPARE(tls->peerVerifyMode(), QSslSocket::VerifyPeer);
        QVERIFY(tls->caCertificates().contains(others->authority().first()));
        for (const QSslCertificate &each : QSslConfiguration::systemCaCertificates())
            QVERIFY(tls->caCertificates().contains(each));
    }

    void aFileThatIsOfNoUseIsNamedAndNothingIsSent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content"); // AUTHORITY: one that is in order
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *tag, const QString &name, const QByteArray &content,
                            const QString &problem) {
            QTest::newRow(tag) << name << content << problem;
        };
        row("missing", u"none.pem"_s, {}, u"there is no such file"_s);
        row("a relative path", u"./x.pem"_s, "AUTHORITY", u"write its whole path"_s);
        row("a folder", u""_s, {}, u"it is no file"_s);
        row("a device", u"/dev/zero"_s, {}, u"it is no file"_s);
        row("empty", u"x.pem"_s, "\n", u"it holds no certificate"_s);
        row("something else", u"x.pem"_s, "Dear Ada,\n", u"it holds no certificate"_s);
        row("a private key", u"x.pem"_s,
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            u"it holds no certificate"_s);
        row("cut", u"x.pem"_s, "AUTHORITY-----BEGIN CERTIFICATE-----\nMIIB", u"is damaged"_s);
        row("nonsense inside", u"x.pem"_s,
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", u"is damaged"_s);
        row("huge", u"x.pem"_s, "AUTHORITY" + QByteArray(2 * 1024 * 1024, '\n'),
            u"it is larger than 1 MiB"_s);
    }

    void aFileThatIsOfNoUseIsNamedAndNothingIsSent()
    {
        QFETCH(const QString, name);
        QFETCH(QByteArray, content);
        QFETCH(const QString, problem);
        if (!m_certificates)
            QSKIP("needs the openssl tool to make certificates");
        const QTemporaryDir folder;
        const QString path =
            name.startsWith(u'.') || name.startsWith(u'/') ? name : folder.filePath(name);
        if (!content.isEmpty() && QDir::isAbsolutePath(path)) {
            QFile authority(m_certificates->authorityFile());
            QVERIFY(authority.open(QIODevice::ReadOnly));
            content.replace("AUTHORITY", authority.readAll());
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        }
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))},
                              m_certificates->signedFor(u"IP:127.0.0.1"_s));
        providers::Endpoint endpoint = endpointAt(server.url());
        endpoint.keyVariable = QString::fromLatin1(kVariable);
        endpoint.certificateFile = path;
        Probe probe(endpoint);
        const providers::CallResult result = probe.ask();
        printFaultRow(endpoint.protocol,
                      u"10 TLS, own file: %1"_s.arg(QLatin1String(QTest::currentDataTag())), true,
                      className(result), adviceName(result));
        QCOMPARE(className(result), u"security"_s);
        QCOMPARE(adviceName(result), u"next"_s);
        const QString message = result.failure->message;
        for (const QString &part : {u"“probe”"_s, u"certificate file “%1”"_s.arg(path), problem})
            QVERIFY2(message.contains(part), qPrintable(message));
        QCOMPARE(server.accepted(), 0);
    }

private:
    std::optional<TestCertificates> m_certificates;
};

QTEST_GUILESS_MAIN(TestSecureConnections)
#include "tst_secure_connections.moc"
