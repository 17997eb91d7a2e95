#include "core/providers/openai_protocol.h"
#include "core/providers/openai_request.h"
#include "core/providers/provider_factory.h"
#include "core/providers/provider_presets.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_protocol.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

// The body of a request with the given parameters, as the preset's server wants it.
Json bodyFor(const QString &preset, const char *parameters, bool wantLogProbabilities = false)
{
    CompletionRequest request;
    request.model = u"m"_s;
    request.parameters = j(parameters);
    request.messages = {{Message::Role::User, u"hi"_s, j("{'name':'Ann'}")}};
    request.wantLogProbabilities = wantLogProbabilities;
    return Json::parse(
        encodeChatRequest(request, findPreset(preset)->endpoint.dialect).toStdString());
}

Endpoint azure(const QString &base, const QString &version = {})
{
    Endpoint endpoint;
    endpoint.protocol = u"azure"_s;
    endpoint.baseUrl = QUrl(base);
    endpoint.apiVersion = version;
    return endpoint;
}

} // namespace

class TestProviderPresets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsEveryServer_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("baseUrl");
        QTest::addColumn<QString>("keyVariable");
        const auto row = [](const char *id, const QString &protocol, const QString &baseUrl,
                            const QString &keyVariable) {
            QTest::newRow(id) << protocol << baseUrl << keyVariable;
        };
        row("openai", u"openai"_s, u"https://api.openai.com/v1"_s, u"OPENAI_API_KEY"_s);
        row("anthropic", u"anthropic"_s, u"https://api.anthropic.com"_s, u"ANTHROPIC_API_KEY"_s);
        row("google", u"gemini"_s, u"https://generativelanguage.googleapis.com"_s,
            u"GEMINI_API_KEY"_s);
        row("azure", u"openai"_s, u"https://resource.openai.azure.com/openai/v1"_s,
            u"AZURE_OPENAI_API_KEY"_s);
        row("azure-classic", u"azure"_s, u"https://resource.openai.azure.com/openai"_s,
            u"AZURE_OPENAI_API_KEY"_s);
        row("mistral", u"openai"_s, u"https://api.mistral.ai/v1"_s, u"MISTRAL_API_KEY"_s);
        row("groq", u"openai"_s, u"https://api.groq.com/openai/v1"_s, u"GROQ_API_KEY"_s);
        row("together", u"openai"_s, u"https://api.together.xyz/v1"_s, u"TOGETHER_API_KEY"_s);
        row("fireworks", u"openai"_s, u"https://api.fireworks.ai/inference/v1"_s,
            u"FIREWORKS_API_KEY"_s);
        row("deepseek", u"openai"_s, u"https://api.deepseek.com"_s, u"DEEPSEEK_API_KEY"_s);
        row("xai", u"openai"_s, u"https://api.x.ai/v1"_s, u"XAI_API_KEY"_s);
        row("openrouter", u"openai"_s, u"https://openrouter.ai/api/v1"_s, u"OPENROUTER_API_KEY"_s);
        row("cerebras", u"openai"_s, u"https://api.cerebras.ai/v1"_s, u"CEREBRAS_API_KEY"_s);
        row("ollama", u"ollama"_s, u"http://127.0.0.1:11434"_s, {});
        row("llamacpp", u"openai"_s, u"http://127.0.0.1:8080/v1"_s, {});
        row("lmstudio", u"openai"_s, u"http://127.0.0.1:1234/v1"_s, {});
        row("vllm", u"openai"_s, u"http://127.0.0.1:8000/v1"_s, {});
    }

    void knowsEveryServer()
    {
        QFETCH(const QString, protocol);
        QFETCH(const QString, baseUrl);
        QFETCH(const QString, keyVariable);
        const ProviderPreset *preset = findPreset(QString::fromLatin1(QTest::currentDataTag()));
        QVERIFY(preset);
        QCOMPARE(preset->endpoint.protocol, protocol);
        QCOMPARE(preset->endpoint.baseUrl.toString(), baseUrl);
        QCOMPARE(preset->endpoint.keyVariable, keyVariable);
        QVERIFY(knownProtocols().contains(protocol));
    }

    void mistralKnowsFewerFieldsAndAnotherSeed()
    {
        const Json body = bodyFor(u"mistral"_s, "{'seed':7,'user':'u','store':true,'logit_bias':{},"
                                                "'max_completion_tokens':5,'logprobs':true,"
                                                "'top_logprobs':3}");
        COMPARE_JSON(body, j("{'model':'m','stream':true,'random_seed':7,'max_tokens':5,"
                             "'messages':[{'role':'user','content':'hi','name':'Ann'}]}"));
    }

    void groqRefusesLogProbabilitiesNamesAndChoices()
    {
        const Json body = bodyFor(u"groq"_s, "{'n':2,'logit_bias':{},'top_logprobs':3}", true);
        COMPARE_JSON(body, j("{'model':'m','stream':true,'stream_options':{'include_usage':true},"
                             "'messages':[{'role':'user','content':'hi'}]}"));
    }

    void togetherCountsItsLogProbabilities()
    {
        QVERIFY(bodyFor(u"together"_s, "{}", true)["logprobs"] == 1);
        const Json top = bodyFor(u"together"_s, "{'logprobs':true,'top_logprobs':4}");
        QVERIFY(top["logprobs"] == 4 && !top.contains("top_logprobs"));
        QVERIFY(!bodyFor(u"together"_s, "{}").contains("logprobs"));
    }

    void fireworksGivesAtMostFiveOthers()
    {
        const Json body = bodyFor(u"fireworks"_s, "{'top_logprobs':20}", true);
        QVERIFY(body["logprobs"] == true && body["top_logprobs"] == 5);
    }

    void namesTheTokenLimit_data()
    {
        QTest::addColumn<bool>("completion");
        for (const char *id : {"openai", "azure", "azure-classic", "xai", "cerebras"})
            QTest::newRow(id) << true;
        for (const char *id : {"mistral", "groq", "together", "fireworks", "deepseek", "openrouter",
                               "llamacpp", "lmstudio", "vllm"})
            QTest::newRow(id) << false;
    }

    void namesTheTokenLimit()
    {
        QFETCH(const bool, completion);
        const Json body = bodyFor(QString::fromLatin1(QTest::currentDataTag()), "{'max_tokens':9}");
        QCOMPARE(body.contains("max_completion_tokens"), completion);
        QCOMPARE(body.contains("max_tokens"), !completion);
    }

    void addressesTheDeployment_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("version");
        QTest::addColumn<QString>("chat");
        QTest::addColumn<QString>("models");
        const QString root = u"https://r.openai.azure.com/openai"_s;
        const QString usual = u"?api-version=2024-10-21"_s;
        QTest::newRow("resource") << root << QString()
                                  << root + u"/deployments/my%20gpt/chat/completions"_s + usual
                                  << root + u"/models"_s + usual;
        QTest::newRow("deployment in the base")
            << root + u"/deployments/d1"_s << QString()
            << root + u"/deployments/d1/chat/completions"_s + usual << root + u"/models"_s + usual;
        QTest::newRow("version given") << root + u'/' << u"2025-01-01-preview"_s
                                       << root + u"/deployments/my%20gpt/chat/completions"_s +
                                              u"?api-version=2025-01-01-preview"_s
                                       << root + u"/models?api-version=2025-01-01-preview"_s;
        QTest::newRow("version in the base")
            << root + u"/deployments/d1?api-version=2023-05-15"_s << u"ignored"_s
            << root + u"/deployments/d1/chat/completions?api-version=2023-05-15"_s
            << root + u"/models?api-version=2023-05-15"_s;
    }

    void addressesTheDeployment()
    {
        QFETCH(const QString, base);
        QFETCH(const QString, version);
        QFETCH(const QString, chat);
        QFETCH(const QString, models);
        CompletionRequest request;
        request.model = u"my gpt"_s;
        const auto call = AzureProtocol().chat(request, azure(base, version));
        QVERIFY(call);
        QCOMPARE(call->url.toString(QUrl::FullyEncoded), chat);
        QCOMPARE(AzureProtocol().models(azure(base, version), {}).url.toString(QUrl::FullyEncoded),
                 models);
    }

    void azuresFirstVersionlessPathTakesAVersionWhereOneIsNamed()
    {
        Endpoint endpoint = findPreset(u"azure"_s)->endpoint;
        CompletionRequest request;
        request.model = u"d1"_s;
        QCOMPARE(OpenAiProtocol().chat(request, endpoint)->url.toString(),
                 u"https://resource.openai.azure.com/openai/v1/chat/completions"_s);
        endpoint.apiVersion = u"preview"_s;
        QCOMPARE(OpenAiProtocol().chat(request, endpoint)->url.toString(),
                 u"https://resource.openai.azure.com/openai/v1/chat/completions"
                 "?api-version=preview"_s);
    }

    void sendsTheKeyInTheHeaderOfTheProtocol_data()
    {
        QTest::addColumn<QString>("preset");
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("openai") << u"openai"_s << QByteArray("Authorization: Bearer ");
        QTest::newRow("anthropic") << u"anthropic"_s << QByteArray("x-api-key: ");
        QTest::newRow("google") << u"google"_s << QByteArray("x-goog-api-key: ");
        QTest::newRow("azure") << u"azure"_s << QByteArray("api-key: ");
        QTest::newRow("azure-classic") << u"azure-classic"_s << QByteArray("api-key: ");
        QTest::newRow("ollama") << u"ollama"_s << QByteArray("Authorization: Bearer ");
    }

    // In calls of every kind, and nowhere else in them.
    void sendsTheKeyInTheHeaderOfTheProtocol()
    {
        QFETCH(const QString, preset);
        QFETCH(const QByteArray, header);
        const QByteArray key = "canary-1f2e3d";
        qputenv("HEADGATE_TEST_PRESET_KEY", key);
        ScriptedServer server({Script().send(httpResponse(500, key))});
        Endpoint endpoint = findPreset(preset)->endpoint;
        endpoint.baseUrl = server.url();
        endpoint.keyVariable = u"HEADGATE_TEST_PRESET_KEY"_s;
        Probe probe(endpoint);
        const CallResult result = probe.ask();
        QVERIFY(!(result.failure->message + result.failure->detail).contains(QLatin1String(key)));
        auto listing = probe.provider->listModels({});
        const auto models = QCoro::waitFor(listing);
        QVERIFY(!(models.error().message + models.error().detail).contains(QLatin1String(key)));
        if (const auto embedder = makeEmbeddingEndpoint(endpoint, probe.clock)) {
            EmbeddingRequest texts{.model = u"m"_s, .texts = {u"a"_s}, .dimensions = {}};
            auto embedding = (*embedder)->embed(std::move(texts), {});
            const auto vectors = QCoro::waitFor(embedding);
            QVERIFY(
                !(vectors.error().message + vectors.error().detail).contains(QLatin1String(key)));
        }
        QCOMPARE(server.requests().size(), preset == "anthropic"_L1 ? 2 : 3);
        for (const QByteArray &request : server.requests()) {
            QVERIFY2(request.contains("\r\n" + header + key + "\r\n"), request.constData());
            QCOMPARE(request.count(key), 1);
        }
        qunsetenv("HEADGATE_TEST_PRESET_KEY");
    }
};

QTEST_GUILESS_MAIN(TestProviderPresets)
#include "tst_provider_presets.moc"
