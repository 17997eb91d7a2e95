#include "core/common/clock.h"
#include "core/providers/http_call.h"
#include "core/providers/openai_request.h"
#include "core/providers/provider_factory.h"
#include "core/providers/provider_presets.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::providers;

namespace {

Json encoded(const CompletionRequest &request, const Dialect &dialect = {})
{
    return Json::parse(encodeChatRequest(request, dialect).toStdString());
}

CompletionRequest hello()
{
    CompletionRequest request;
    request.model = u"m"_s;
    request.messages = {{Message::Role::User, u"hi"_s, Json::object()}};
    return request;
}

Endpoint at(const QString &url)
{
    Endpoint endpoint;
    endpoint.name = u"mine"_s;
    endpoint.baseUrl = QUrl(url);
    return endpoint;
}

EncodedCall plainCall()
{
    return {.url = QUrl(u"https://a.example/v1/x"_s)};
}

EncodedCall eventsCall()
{
    EncodedCall call = plainCall();
    call.accept = "text/event-stream";
    return call;
}

QByteArray headerOf(const HttpRequest &request, const QByteArray &name)
{
    return HttpHead{0, request.headers}.header(name);
}

} // namespace

class TestOpenAiRequest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesModelMessagesAndParameters()
    {
        CompletionRequest request = hello();
        request.messages.prepend({Message::Role::System, u"be brief"_s, Json::object()});
        request.parameters = {{"temperature", 0.2}, {"stop", {"a", "b"}}, {"model", "other"}};
        const Json body = encoded(request);
        QVERIFY(body["model"] == "m");
        QVERIFY(body["messages"][0] == Json({{"role", "system"}, {"content", "be brief"}}));
        QVERIFY(body["messages"][1] == Json({{"role", "user"}, {"content", "hi"}}));
        QVERIFY(body["temperature"] == 0.2);
        QVERIFY(body["stop"] == Json({"a", "b"}));
        QVERIFY(!body.contains("logprobs"));
    }

    void asksForUsageOnlyInStreams()
    {
        CompletionRequest request = hello();
        request.parameters = {{"stream_options", {{"other", 1}}}};
        QVERIFY(encoded(request)["stream_options"] ==
                Json({{"include_usage", true}, {"other", 1}}));
        Dialect silent;
        silent.askForStreamUsage = false;
        CompletionRequest plain = hello();
        QVERIFY(!encoded(plain, silent).contains("stream_options"));
        request.stream = false;
        QVERIFY(!encoded(request).contains("stream_options"));
        QVERIFY(encoded(request)["stream"] == false);
    }

    void namesTheTokenLimitAsTheServerDoes()
    {
        Dialect current;
        current.maxTokensField = Dialect::MaxTokensField::MaxCompletionTokens;
        for (const char *given : {"max_tokens", "max_completion_tokens"}) {
            CompletionRequest request = hello();
            request.parameters[given] = 64;
            const Json older = encoded(request);
            QVERIFY(older["max_tokens"] == 64 && !older.contains("max_completion_tokens"));
            const Json newer = encoded(request, current);
            QVERIFY(newer["max_completion_tokens"] == 64 && !newer.contains("max_tokens"));
        }
    }

    void asksForLogProbabilitiesInTheDialect()
    {
        CompletionRequest request = hello();
        request.wantLogProbabilities = true;
        Dialect dialect;
        QVERIFY(encoded(request, dialect)["logprobs"] == true);
        dialect.logProbabilities = Dialect::LogProbabilities::Integer;
        QVERIFY(encoded(request, dialect)["logprobs"] == 1);
        dialect.logProbabilities = Dialect::LogProbabilities::None;
        QVERIFY(!encoded(request, dialect).contains("logprobs"));
    }

    void handsOnExtraPartsOfMessages()
    {
        const Json image = {{"type", "image_url"},
                            {"image_url", {{"url", "data:image/png;base64,AA"}}}};
        CompletionRequest request = hello();
        request.messages = {
            {Message::Role::User, u"what is it?"_s, {{"content", Json::array({image})}}},
            {Message::Role::Assistant, {}, {{"tool_calls", Json::array({{{"id", "c"}}})}}},
            {Message::Role::Tool, u"42"_s, {{"tool_call_id", "c"}}},
        };
        const Json messages = encoded(request)["messages"];
        QVERIFY(messages[0]["content"][0] == Json({{"type", "text"}, {"text", "what is it?"}}));
        QVERIFY(messages[0]["content"][1] == image);
        QVERIFY(messages[1]["content"].is_null() && messages[1]["tool_calls"].size() == 1);
        QVERIFY(messages[2]["tool_call_id"] == "c" && messages[2]["content"] == "42");
    }

    void writesValidUtf8WhateverTheText()
    {
        CompletionRequest request = hello();
        request.messages[0].text = u"a"_s + QChar(0xD800) + u"\0\"\\€"_s;
        QVERIFY(encoded(request)["messages"][0]["content"].is_string());
    }

    void joinsTheBaseUrlAndThePath_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("joined");
        QTest::newRow("plain") << u"https://a.example/v1"_s << u"https://a.example/v1/x"_s;
        QTest::newRow("slashes") << u"https://a.example/v1//"_s << u"https://a.example/v1/x"_s;
        QTest::newRow("no path") << u"https://a.example"_s << u"https://a.example/x"_s;
        QTest::newRow("query") << u"https://a.example/d?api-version=1"_s
                               << u"https://a.example/d/x?api-version=1"_s;
        QTest::newRow("escapes") << u"https://a.example/a%2Fb%20c"_s
                                 << u"https://a.example/a%2Fb%20c/x"_s;
    }

    void joinsTheBaseUrlAndThePath()
    {
        QFETCH(const QString, base);
        QFETCH(const QString, joined);
        QCOMPARE(endpointUrl(at(base), u"/x"_s).toString(QUrl::FullyEncoded), joined);
    }

    void putsTheKeyIntoTheHeaderOfItsOriginOnly()
    {
        const SecretKey key("sk-1");
        Endpoint endpoint = at(u"https://a.example/v1"_s);
        HttpRequest request = httpRequestFor(endpoint, key, eventsCall());
        QCOMPARE(headerOf(request, "authorization"), "Bearer sk-1");
        QCOMPARE(headerOf(request, "accept"), "text/event-stream");
        QCOMPARE(headerOf(request, "accept-encoding"), "identity");
        endpoint.dialect.keyHeader = Dialect::KeyHeader::ApiKey;
        request = httpRequestFor(endpoint, key, plainCall());
        QCOMPARE(headerOf(request, "api-key"), "sk-1");
        QVERIFY(headerOf(request, "authorization").isEmpty());
        request = httpRequestFor(at(u"https://a.example/v1"_s), SecretKey(), plainCall());
        QVERIFY(headerOf(request, "authorization").isEmpty());
    }

    void refusesUnsafeAddresses_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("allowPlainHttp");
        QTest::addColumn<bool>("valid");
        QTest::newRow("https") << u"https://a.example/v1"_s << false << true;
        QTest::newRow("http") << u"http://a.example/v1"_s << false << false;
        QTest::newRow("http allowed") << u"http://a.example/v1"_s << true << true;
        QTest::newRow("loopback") << u"http://127.0.0.1:8080/v1"_s << false << true;
        QTest::newRow("loopback 6") << u"http://[::1]:8080/v1"_s << false << true;
        QTest::newRow("localhost") << u"http://LocalHost:8080/v1"_s << false << true;
        QTest::newRow("looks local") << u"http://127.0.0.1.example/v1"_s << false << false;
        QTest::newRow("localhost of a domain")
            << u"http://localhost.example/v1"_s << false << false;
        QTest::newRow("file") << u"file:///etc/passwd"_s << true << false;
        QTest::newRow("ftp") << u"ftp://a.example/"_s << true << false;
        QTest::newRow("empty") << QString() << false << false;
        QTest::newRow("no host") << u"https:///v1"_s << false << false;
        QTest::newRow("password") << u"https://me:key@a.example/v1"_s << false << false;
        QTest::newRow("key") << u"https://a.example/v1?key=abcd1234key@"_s << false << false;
        QTest::newRow("key in the path")
            << u"https://a.example/sk-proj-abcDEF0123456789xyz/v1"_s << false << false;
        QTest::newRow("version") << u"https://a.example/v1?api-version=2024-10-21"_s << false
                                 << true;
        QTest::newRow("fragment") << u"https://a.example/v1#x"_s << false << false;
    }

    void refusesUnsafeAddresses()
    {
        QFETCH(const QString, url);
        QFETCH(const bool, allowPlainHttp);
        QFETCH(const bool, valid);
        Endpoint endpoint = at(url);
        endpoint.allowPlainHttp = allowPlainHttp;
        SystemClock clock;
        const auto provider = makeProvider(endpoint, clock);
        QCOMPARE(provider.has_value(), valid);
        if (!valid) {
            QCOMPARE(provider.error().code, ErrorCode::InvalidInput);
            QVERIFY(provider.error().message.contains(u"mine"_s));
            QVERIFY(!provider.error().message.contains(u"key@"_s));
        }
    }

    void namesTheProtocolsThatAreKnown()
    {
        Endpoint endpoint = at(u"https://a.example"_s);
        endpoint.protocol = u"telepathy"_s;
        SystemClock clock;
        const auto provider = makeProvider(endpoint, clock);
        QVERIFY(!provider);
        QCOMPARE(provider.error().code, ErrorCode::UnknownKind);
        QVERIFY(provider.error().message.contains(u"telepathy"_s));
        QVERIFY(provider.error().message.contains(u"openai"_s));
    }

    void everyPresetCanBeUsed()
    {
        QSet<QString> ids;
        SystemClock clock;
        for (const ProviderPreset &preset : providerPresets()) {
            QVERIFY2(makeProvider(preset.endpoint, clock), qPrintable(preset.id));
            QVERIFY(!preset.title.isEmpty());
            QVERIFY(isLoopback(preset.endpoint.baseUrl) == preset.endpoint.keyVariable.isEmpty());
            QVERIFY(preset.endpoint.baseUrl.host().contains(preset.addressToFill));
            ids.insert(preset.id);
        }
        QCOMPARE(ids.size(), providerPresets().size());
        QCOMPARE(findPreset(u"groq"_s)->endpoint.dialect.logProbabilities,
                 Dialect::LogProbabilities::None);
        QVERIFY(!findPreset(u"none"_s));
    }
};

QTEST_GUILESS_MAIN(TestOpenAiRequest)
#include "tst_openai_request.moc"
