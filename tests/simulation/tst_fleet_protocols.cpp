#include "core/providers/embedding.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/providers/provider_probe.h"

#include <QTcpSocket>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::simulation;

namespace {

const QString kAviary = u"sim-aviary"_s;
const QString kQuestion = u"What is the capital of France?"_s;

std::unique_ptr<SimulatedFleet> makeFleet()
{
    return SimulatedFleet::start({.seed = 1, .timeScale = 0}).value();
}

providers::Endpoint endpointOf(const SimulatedFleet &fleet, const QString &protocol)
{
    providers::Endpoint endpoint = endpointAt(fleet.baseUrl(kAviary, protocol));
    endpoint.protocol = protocol;
    return endpoint;
}

providers::CompletionRequest asking(const QString &model, bool stream,
                                    const Json &parameters = Json::object())
{
    providers::CompletionRequest request;
    request.model = model;
    request.messages = {{Message::Role::System, u"Be brief."_s, Json::object()},
                        {Message::Role::User, kQuestion, Json::object()}};
    request.parameters = parameters;
    request.stream = stream;
    return request;
}

void addProtocols()
{
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<bool>("stream");
    for (const QString &protocol : SimulatedFleet::protocols()) {
        QTest::addRow("%s, whole", qPrintable(protocol)) << protocol << false;
        QTest::addRow("%s, streamed", qPrintable(protocol)) << protocol << true;
    }
}

// What one connection answers to a raw request, until it is closed: in HTTP/1.0, so that the body
// comes without chunks.
QByteArray rawAnswer(const QUrl &url, const QByteArray &target, const QByteArray &body)
{
    QTcpSocket socket;
    socket.connectToHost(url.host(), quint16(url.port()));
    if (!socket.waitForConnected(2000))
        return {};
    socket.write("POST " + url.path().toUtf8() + target +
                 " HTTP/1.0\r\nHost: x\r\n"
                 "Content-Type: application/json\r\nContent-Length: " +
                 QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    while (socket.waitForReadyRead(2000))
        answer += socket.readAll();
    return answer;
}

} // namespace

// Our own clients against the fleet, in every protocol, through real sockets.
class TestFleetProtocols final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersTheSameInEveryProtocol_data() { addProtocols(); }

    void answersTheSameInEveryProtocol()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        const auto fleet = makeFleet();
        Probe reference(endpointOf(*fleet, u"openai"_s));
        Probe probe(endpointOf(*fleet, protocol));
        const QList<std::pair<QString, Json>> cases{
            {u"albatross"_s, Json::object()},
            {u"wren"_s, {{"max_tokens", 2}}},
            {u"heron"_s, {{"stop", "ris"}}},
            {u"heron"_s,
             {{"response_format",
               {{"type", "json_schema"},
                {"json_schema", {{"name", "x"}, {"schema", {{"type", "object"}}}}}}}}}};
        for (const auto &[model, parameters] : cases) {
            const auto expected = reference.ask(asking(model, false, parameters));
            QVERIFY(expected.ok());
            const auto result = probe.ask(asking(model, stream, parameters));
            QVERIFY2(result.ok(), result.failure
                                      ? qPrintable(result.failure->message + result.failure->detail)
                                      : "");
            QCOMPARE(result.completion.text, expected.completion.text);
            QCOMPARE(result.completion.finishReason, expected.completion.finishReason);
            QCOMPARE(result.completion.servedModel, model + u"-2026-10"_s);
            QCOMPARE(result.completion.usage, expected.completion.usage);
            QVERIFY(!result.completion.usage.estimated && result.completion.usage.output > 0);
            QCOMPARE(probe.pieces.join(QString()), expected.completion.text);
            QCOMPARE(probe.pieces.size() > 1, stream && result.completion.usage.output > 1);
        }
    }

    void givesTheSameLogProbabilities_data() { addProtocols(); }

    void givesTheSameLogProbabilities()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        const auto fleet = makeFleet();
        Probe reference(endpointOf(*fleet, u"openai"_s));
        providers::CompletionRequest request = asking(u"heron"_s, false);
        request.wantLogProbabilities = true;
        const QList<double> expected = reference.ask(request).completion.logProbabilities;
        QVERIFY(!expected.isEmpty());
        Probe probe(endpointOf(*fleet, protocol));
        request.stream = stream;
        const QList<double> given = probe.ask(request).completion.logProbabilities;
        // Anthropic's protocol has none.
        QCOMPARE(given, protocol == "anthropic"_L1 ? QList<double>() : expected);
    }

    void showsTheSameFaults_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<QString>("failureClass");
        QTest::addColumn<QString>("advice");
        struct Row
        {
            const char *name;
            Fault fault;
            QString whole;
            QString streamed;
        };
        for (const QString &protocol : SimulatedFleet::protocols()) {
            for (const bool stream : {false, true}) {
                for (const Row &row :
                     {Row{"rate limit", Fault::RateLimited, u"rate retry"_s, u"rate retry"_s},
                      Row{"down", Fault::Down, u"transient retry"_s, u"transient retry"_s},
                      Row{"cut", Fault::CutMidStream, u"truncated retry"_s, u"truncated next"_s},
                      Row{"garbage", Fault::Garbage, u"protocol retry"_s, u"protocol retry"_s}}) {
                    const QStringList verdict = (stream ? row.streamed : row.whole).split(u' ');
                    QTest::addRow("%s, %s, %s", qPrintable(protocol), row.name,
                                  stream ? "streamed" : "whole")
                        << protocol << stream << row.fault << verdict.at(0) << verdict.at(1);
                }
            }
        }
    }

    void showsTheSameFaults()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        QFETCH(const Fault, fault);
        QFETCH(const QString, failureClass);
        QFETCH(const QString, advice);
        const auto fleet = makeFleet();
        Probe probe(endpointOf(*fleet, protocol));
        fleet->setFault(kAviary, fault);
        const auto failed = probe.ask(asking(u"heron"_s, stream));
        QCOMPARE(className(failed), failureClass);
        QCOMPARE(adviceName(failed), advice);
        if (fault == Fault::RateLimited)
            QCOMPARE(failed.failure->retryAfter, std::chrono::milliseconds(1000));
        fleet->setFault(kAviary, Fault::None);
        QCOMPARE(className(probe.ask(asking(u"heron"_s, stream))), u"ok"_s);
        QCOMPARE(fleet->requestCount(kAviary), 2);
    }

    void refusesWhatItDoesNotKnow_data() { addProtocols(); }

    void refusesWhatItDoesNotKnow()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        const auto fleet = makeFleet();
        Probe probe(endpointOf(*fleet, protocol));
        QCOMPARE(className(probe.ask(asking(u"dodo"_s, stream))), u"not_found"_s);
        providers::CompletionRequest tools = asking(u"heron"_s, stream);
        tools.parameters["tools"] =
            Json::array({{{"type", "function"}, {"function", {{"name", "f"}}}}});
        const auto refused = probe.ask(tools);
        QVERIFY(!refused.ok());
        QVERIFY2(refused.failure->detail.contains(u"tools"_s), qPrintable(refused.failure->detail));
        QVERIFY(refused.failure->httpStatus == 400);
        providers::CompletionRequest empty = asking(u"heron"_s, stream);
        empty.messages.clear();
        QCOMPARE(probe.ask(empty).failure->httpStatus, 400);
        providers::CompletionRequest longPrompt = asking(u"heron"_s, stream);
        longPrompt.messages.last().text = QString(200'000, u'a');
        QCOMPARE(probe.ask(longPrompt).failure->httpStatus, 400);
    }

    void listsItsModels_data() { addProtocols(); }

    void listsItsModels()
    {
        QFETCH(const QString, protocol);
        const auto fleet = makeFleet();
        Probe probe(endpointOf(*fleet, protocol));
        auto task = probe.provider->listModels({});
        const auto models = QCoro::waitFor(task);
        QStringList expected{u"wren"_s, u"finch-mini"_s, u"heron"_s, u"albatross"_s};
        if (protocol != "anthropic"_L1)
            expected.append(u"plume"_s);
        QVERIFY(models);
        QCOMPARE(*models, expected);
    }

    void givesTheSameVectors_data()
    {
        QTest::addColumn<QString>("protocol");
        for (const char *protocol : {"gemini", "ollama"})
            QTest::newRow(protocol) << QString::fromLatin1(protocol);
    }

    void givesTheSameVectors()
    {
        QFETCH(const QString, protocol);
        const auto fleet = makeFleet();
        SystemClock clock;
        const auto embedded = [&](const QString &spoken, const QString &model) {
            const auto endpoint =
                providers::makeEmbeddingEndpoint(endpointOf(*fleet, spoken), clock);
            providers::EmbeddingRequest request{
                .model = model,
                .texts = {u"the quick brown fox"_s, u"a quick fox"_s, u"invoice due"_s},
                .dimensions = {}};
            auto task = (*endpoint)->embed(std::move(request), {});
            return QCoro::waitFor(task);
        };
        const auto reference = embedded(u"openai"_s, u"plume"_s);
        QVERIFY(reference);
        QCOMPARE(reference->vectors.first().size(), 64);
        QCOMPARE(reference->usage.freshInput, 5 + 3 + 3);
        const auto dot = [&](qsizetype a, qsizetype b) {
            double sum = 0;
            for (qsizetype i = 0; i < 64; ++i)
                sum +=
                    double(reference->vectors.at(a).at(i)) * double(reference->vectors.at(b).at(i));
            return sum;
        };
        QVERIFY(std::abs(dot(0, 0) - 1) < 1e-5);
        QVERIFY(dot(0, 1) > dot(0, 2) + 0.2);
        const auto result = embedded(protocol, u"plume"_s);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        for (qsizetype i = 0; i < 3; ++i) {
            for (qsizetype k = 0; k < 64; ++k)
                QVERIFY(std::abs(result->vectors.at(i).at(k) - reference->vectors.at(i).at(k)) <
                        1e-6F);
        }
        QCOMPARE(embedded(protocol, u"heron"_s).error().code, ErrorCode::NotFound);
    }

    // The official client asks for base64 unless told otherwise.
    void writesVectorsInBase64WhenAsked()
    {
        const auto fleet = makeFleet();
        const QByteArray answer =
            rawAnswer(fleet->baseUrl(kAviary), "/embeddings",
                      R"({"model":"plume","input":"","dimensions":2,"encoding_format":"base64"})");
        // 1 and 0
        QVERIFY2(answer.contains("\"embedding\":\"AACAPwAAAAA=\""), answer.constData());
    }

    // Without alt=sse the stream is one list, piece by piece.
    void streamsGeminisListToo()
    {
        const auto fleet = makeFleet();
        const QByteArray answer = rawAnswer(
            fleet->baseUrl(kAviary, u"gemini"_s), "/v1beta/models/albatross:streamGenerateContent",
            R"({"contents":[{"parts":[{"text":"What is the capital of France?"}]}]})");
        const QByteArray body = answer.sliced(answer.indexOf("\r\n\r\n") + 4);
        const auto list = parseJson(body);
        QVERIFY2(list && list->is_array() && list->size() > 2, answer.constData());
        QVERIFY(list->back()["candidates"][0]["finishReason"] == "STOP");
    }

    // The current version of Anthropic's API has no sampling parameters.
    void refusesSamplingAsAnthropicDoes()
    {
        const auto fleet = makeFleet();
        const QByteArray answer = rawAnswer(fleet->baseUrl(kAviary, u"anthropic"_s), "/v1/messages",
                                            R"({"model":"heron","max_tokens":9,"temperature":1,)"
                                            R"("messages":[{"role":"user","content":"hi"}]})");
        QVERIFY2(answer.contains(" 400 ") && answer.contains("invalid_request_error") &&
                     answer.contains("temperature"),
                 answer.constData());
        Probe probe(endpointOf(*fleet, u"anthropic"_s));
        QVERIFY(probe.ask(asking(u"heron"_s, false, {{"temperature", 1}})).ok());
    }

    void cancellingClosesTheConnection_data() { addProtocols(); }

    void cancellingClosesTheConnection()
    {
        QFETCH(const QString, protocol);
        QFETCH(const bool, stream);
        const auto fleet = SimulatedFleet::start({.seed = 1, .timeScale = 1}).value();
        fleet->setFault(kAviary, Fault::Slow);
        providers::Endpoint endpoint = endpointOf(*fleet, protocol);
        Probe probe(endpoint);
        std::stop_source stop;
        auto task = probe.provider->complete(asking(u"albatross"_s, stream), stop.get_token());
        QTRY_COMPARE(fleet->requestCount(kAviary), 1);
        stop.request_stop();
        const auto result = QCoro::waitFor(task);
        QCOMPARE(className(result), u"cancelled"_s);
        QTRY_COMPARE_WITH_TIMEOUT(fleet->connectionCount(), 0, 100);
    }

    void unknownNamesHaveNoAddress()
    {
        const auto fleet = makeFleet();
        QVERIFY(fleet->baseUrl(u"sim-none"_s).isEmpty());
        QVERIFY(fleet->baseUrl(kAviary, u"telepathy"_s).isEmpty());
        QVERIFY(fleet->baseUrl(kAviary, u"ollama"_s).path() == "/aviary/ollama"_L1);
    }
};

QTEST_GUILESS_MAIN(TestFleetProtocols)
#include "tst_fleet_protocols.moc"
