#include "core/engine/provider_directory.h"
#include "core/providers/provider_presets.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using providers::Dialect;

class TestEndpointFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsNeeded();
    void readsEveryField();
    void acceptsEveryProtocol_data();
    void acceptsEveryProtocol();
    void startsFromAPreset();
    void aPresetsKeyStaysAtItsAddress();
    void whatIsWrittenReadsBackEqual();
    void aFileThatIsNotThereHoldsNone();
    void knowsWhichRunOnThisMachine();
    void refusesWithNameAndField_data();
    void refusesWithNameAndField();
};

void TestEndpointFile::readsWhatIsNeeded()
{
    const auto endpoints = engine::endpointsFromJson(Json::parse(
        R"({"openai": {"base_url": "https://api.openai.com/v1", "key_variable": "OPENAI_API_KEY"},
            "local": {"base_url": "http://127.0.0.1:8080/v1"}})"));
    QVERIFY2(endpoints, endpoints ? "" : qPrintable(endpoints.error().message));
    QCOMPARE(endpoints->size(), 2);
    const providers::Endpoint &local = endpoints->at(0);
    QCOMPARE(local.name, u"local"_s);
    QCOMPARE(local.protocol, u"openai"_s);
    QVERIFY(local.keyVariable.isEmpty());
    QVERIFY(!local.allowPlainHttp);
    QVERIFY(!local.simulated);
    const providers::Endpoint &openai = endpoints->at(1);
    QCOMPARE(openai.baseUrl, QUrl(u"https://api.openai.com/v1"_s));
    QCOMPARE(openai.keyVariable, u"OPENAI_API_KEY"_s);
}

void TestEndpointFile::knowsWhichRunOnThisMachine()
{
    QList<providers::Endpoint> endpoints;
    for (const char *url : {"http://127.0.0.1:11434", "http://[::1]:8080/v1", "http://localhost:1",
                            "https://localhost.example/v1", "http://192.168.1.2:8000/v1",
                            "https://127.0.0.1.example/v1"}) {
        providers::Endpoint endpoint;
        endpoint.name = QString::fromLatin1(url);
        endpoint.baseUrl = QUrl(endpoint.name);
        endpoints.append(endpoint);
    }
    QSet<QString> local = {endpoints[0].name, endpoints[1].name, endpoints[2].name};
    QCOMPARE(engine::localProviders(endpoints), local);
    endpoints[0].simulated = true; // its models have prices of their own
    local.remove(endpoints[0].name);
    QCOMPARE(engine::localProviders(endpoints), local);
}

void TestEndpointFile::readsEveryField()
{
    const auto endpoints = engine::endpointsFromJson(Json::parse(R"({"x": {
        "protocol": "openai", "base_url": "http://host/v1", "key_variable": "K",
        "max_tokens_field": "max_completion_tokens", "logprobs": "integer",
        "ask_for_stream_usage": false, "reasoning_outside_completion": true,
        "allow_plain_http": true, "certificate_file": "/etc/own.pem", "connect_timeout_s": 0.5, "first_byte_timeout_s": 300,
        "idle_timeout_s": 7, "total_timeout_s": 900}})"));
    QVERIFY2(endpoints, endpoints ? "" : qPrintable(endpoints.error().message));
    const providers::Endpoint &endpoint = endpoints->first();
    QCOMPARE(endpoint.dialect.maxTokensField, Dialect::MaxTokensField::MaxCompletionTokens);
    QCOMPARE(endpoint.dialect.logProbabilities, Dialect::LogProbabilities::Integer);
    QVERIFY(!endpoint.dialect.askForStreamUsage);
    QVERIFY(endpoint.dialect.reasoningOutsideCompletion);
    QVERIFY(endpoint.allowPlainHttp);
    QCOMPARE(endpoint.certificateFile, u"/etc/own.pem"_s);
    QCOMPARE(endpoint.timeouts.connect, std::chrono::milliseconds(500));
    QCOMPARE(endpoint.timeouts.firstByte, std::chrono::seconds(300));
    QCOMPARE(endpoint.timeouts.idle, std::chrono::seconds(7));
    QCOMPARE(endpoint.timeouts.total, std::chrono::seconds(900));
}

void TestEndpointFile::acceptsEveryProtocol_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<Dialect::KeyHeader>("keyHeader");
    QTest::newRow("openai") << QString() << Dialect::KeyHeader::Bearer;
    QTest::newRow("anthropic") << QString() << Dialect::KeyHeader::XApiKey;
    QTest::newRow("gemini") << QString() << Dialect::KeyHeader::XGoogApiKey;
    QTest::newRow("ollama") << u"x-api-key"_s << Dialect::KeyHeader::XApiKey;
    QTest::newRow("azure") << u"bearer"_s << Dialect::KeyHeader::Bearer;
}

// From the file to a provider that can be called.
void TestEndpointFile::acceptsEveryProtocol()
{
    QFETCH(const QString, header);
    QFETCH(const Dialect::KeyHeader, keyHeader);
    const QString protocol = QString::fromLatin1(QTest::currentDataTag());
    Json object = {{"base_url", "https://h.example"},
                   {"protocol", toStdString(protocol)},
                   {"api_version", "2023-06-01"}};
    if (!header.isEmpty())
        object["key_header"] = toStdString(header);
    const auto endpoints = engine::endpointsFromJson({{"mine", object}});
    QVERIFY2(endpoints, endpoints ? "" : qPrintable(endpoints.error().message));
    QCOMPARE(endpoints->first().protocol, protocol);
    QCOMPARE(endpoints->first().apiVersion, u"2023-06-01"_s);
    QCOMPARE(providers::keyHeaderOf(endpoints->first()), keyHeader);
    SystemClock clock;
    engine::ProviderDirectory directory(clock);
    QVERIFY(directory.add(endpoints->first()));
    QVERIFY(directory.find(u"mine"_s));
}

void TestEndpointFile::startsFromAPreset()
{
    const auto endpoints = engine::endpointsFromJson(
        Json::parse(R"({"openai": {}, "second": {"preset": "openai", "idle_timeout_s": 7}})"));
    QVERIFY2(endpoints, endpoints ? "" : qPrintable(endpoints.error().message));
    const providers::Endpoint &preset = providers::findPreset(u"openai"_s)->endpoint;
    for (const providers::Endpoint &endpoint : *endpoints) {
        QCOMPARE(endpoint.baseUrl, preset.baseUrl);
        QCOMPARE(endpoint.keyVariable, preset.keyVariable);
        QVERIFY(!endpoint.keyVariable.isEmpty());
        QCOMPARE(endpoint.dialect.maxTokensField, preset.dialect.maxTokensField);
    }
    QCOMPARE(endpoints->at(1).name, u"second"_s);
    QCOMPARE(endpoints->at(1).timeouts.idle, std::chrono::seconds(7));
}

void TestEndpointFile::aPresetsKeyStaysAtItsAddress()
{
    const auto endpoints = engine::endpointsFromJson(
        Json::parse(R"({"openai": {"base_url": "https://elsewhere.example/v1"}})"));
    QVERIFY(endpoints);
    QVERIFY(endpoints->first().keyVariable.isEmpty());
}

void TestEndpointFile::whatIsWrittenReadsBackEqual()
{
    QList<providers::Endpoint> all;
    for (const providers::ProviderPreset &preset : providers::providerPresets())
        all.append(preset.endpoint);
    providers::Endpoint own;
    own.name = u"zz own"_s;
    own.preset = u"openai"_s;
    own.baseUrl = QUrl(u"https://proxy.example/v1"_s);
    own.keyInKeyring = true;
    own.certificateFile = u"/etc/ssl/our own.pem"_s;
    own.timeouts.total = std::chrono::milliseconds(1500);
    own.dialect = providers::findPreset(u"openai"_s)->endpoint.dialect;
    own.dialect.logProbabilities = Dialect::LogProbabilities::None;
    own.headers = {{u"OpenAI-Organization"_s, u"org-1"_s}, {u"X-Title"_s, u"Mine"_s}};
    all.append(own);
    providers::Endpoint simulated;
    simulated.name = u"sim-aviary"_s;
    simulated.simulated = true;
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings/providers.json"_s);
    const auto written = engine::writeEndpointFile(QList(all) << simulated, path);
    QVERIFY2(written, written ? "" : qPrintable(written.error().message));
    const auto read = engine::readEndpointFile(path);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    QCOMPARE(read->size(), all.size());
    for (qsizetype i = 0; i < all.size(); ++i)
        QCOMPARE(read->at(i), all[i]);
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), 0);
}

void TestEndpointFile::aFileThatIsNotThereHoldsNone()
{
    QTemporaryDir folder;
    const auto read = engine::readEndpointFile(folder.filePath(u"none.json"_s));
    QVERIFY(read && read->isEmpty());
}

void TestEndpointFile::refusesWithNameAndField_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const char *file, const QString &sentence) {
        QTest::newRow(name) << QByteArray(file) << sentence;
    };
    row("a list", "[]", u"Providers are an object"_s);
    row("no object", R"({"x": 1})", u"“x” must be an object"_s);
    row("no name", R"({"": {"base_url": "https://h/v1"}})", u"has no name"_s);
    row("no URL", R"({"x": {}})", u"“x”: \"base_url\" must be a whole URL"_s);
    row("half a URL", R"({"x": {"base_url": "api.openai.com/v1"}})", u"\"base_url\""_s);
    row("URL is a number", R"({"x": {"base_url": 3}})", u"\"base_url\" must be a text"_s);
    row("unknown dialect", R"({"x": {"base_url": "https://h/v1", "logprobs": "often"}})",
        u"\"logprobs\" must be one of none, boolean, integer"_s);
    row("flag is text", R"({"x": {"base_url": "https://h/v1", "allow_plain_http": "yes"}})",
        u"\"allow_plain_http\" must be true or false"_s);
    row("timeout of nothing", R"({"x": {"base_url": "https://h/v1", "idle_timeout_s": 0}})",
        u"\"idle_timeout_s\" must be a number of seconds"_s);
    row("unknown preset", R"({"x": {"preset": "openia", "base_url": "https://h/v1"}})",
        u"\"preset\" names no server"_s);
    row("a key in the file", R"({"x": {"base_url": "https://h/v1", "api_key": "sk-secret"}})",
        u"\"api_key\" is not read"_s);
    row("headers are a text", R"({"x": {"base_url": "https://h/v1", "headers": "X-Title"}})",
        u"\"headers\" must be an object of texts"_s);
    row("a header is a number", R"({"x": {"base_url": "https://h/v1", "headers": {"X-Title": 3}}})",
        u"\"headers\" must be an object of texts"_s);
    row("a certificate file of a number",
        R"({"x": {"base_url": "https://h/v1", "certificate_file": 3}})",
        u"\"certificate_file\" must be a text"_s);
    row("a certificate file somewhere",
        R"({"x": {"base_url": "https://h/v1", "certificate_file": "own.pem"}})",
        u"\"certificate_file\" must be a whole path"_s);
    row("a misspelt field", R"({"x": {"base_url": "https://h/v1", "key_varible": "K"}})",
        u"\"key_varible\" is no field"_s);
}

void TestEndpointFile::refusesWithNameAndField()
{
    QFETCH(const QByteArray, file);
    QFETCH(const QString, sentence);
    const auto endpoints = engine::endpointsFromJson(Json::parse(file.constData()));
    QVERIFY(!endpoints);
    QCOMPARE(endpoints.error().code, ErrorCode::InvalidInput);
    QVERIFY2(endpoints.error().message.contains(sentence), qPrintable(endpoints.error().message));
    QVERIFY(!endpoints.error().message.contains(u"sk-secret"_s));
}

QTEST_GUILESS_MAIN(TestEndpointFile)
#include "tst_endpoint_file.moc"
