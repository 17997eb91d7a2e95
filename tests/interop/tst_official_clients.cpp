#include "core/common/json.h"
#include "core/providers/embedding.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::simulation;

namespace {

const QString kAviary = u"sim-aviary"_s;
const QString kQuestion = u"What is the capital of France?"_s;

// Where the libraries are installed: `npm install` in this folder, or wherever the variable says.
QString modulesFolder()
{
    const QString named = qEnvironmentVariable("HEADGATE_INTEROP_MODULES");
    return named.isEmpty() ? QStringLiteral(HEADGATE_SOURCE_DIR "/tests/interop") : named;
}

struct ClientRun
{
    bool missing = false;
    QString problem;
    Json told;
};

ClientRun run(const QString &protocol, const QUrl &base)
{
    ClientRun result;
    const QString node = QStandardPaths::findExecutable(u"node"_s);
    if (node.isEmpty() || !QDir(modulesFolder() + u"/node_modules"_s).exists()) {
        result.missing = true;
        return result;
    }
    QProcess process;
    process.start(node, {QStringLiteral(HEADGATE_SOURCE_DIR "/tests/interop/official_client.mjs"),
                         protocol, base.toString(), modulesFolder()});
    process.waitForFinished(60'000);
    result.missing = process.exitCode() == 3;
    result.problem = QString::fromUtf8(process.readAllStandardError());
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return result;
    if (auto json = parseJson(process.readAllStandardOutput()))
        result.told = std::move(*json);
    return result;
}

providers::CompletionRequest sameRequest(bool stream)
{
    providers::CompletionRequest request;
    request.model = u"albatross"_s;
    request.messages = {{Message::Role::System, u"Be brief."_s, Json::object()},
                        {Message::Role::User, kQuestion, Json::object()}};
    request.parameters = {{"max_tokens", 64}, {"stop", Json::array({"END"})}};
    request.stream = stream;
    return request;
}

// The body of a request that our own client sends.
Json ownBody(const QString &protocol, bool stream)
{
    ScriptedServer server({Script().send(httpResponse(500, {}))});
    providers::Endpoint endpoint = endpointAt(server.url());
    endpoint.protocol = protocol;
    Probe probe(endpoint);
    probe.ask(sameRequest(stream));
    const QByteArray request = server.requests().value(0);
    return Json::parse(request.sliced(request.indexOf("\r\n\r\n") + 4).toStdString());
}

QByteArray ownTarget(const QString &protocol, bool stream)
{
    ScriptedServer server({Script().send(httpResponse(500, {}))});
    providers::Endpoint endpoint = endpointAt(server.url());
    endpoint.protocol = protocol;
    Probe probe(endpoint);
    probe.ask(sameRequest(stream));
    return server.requests().value(0).split(' ').value(1);
}

// Some ways to write the same, brought to one: what is absent by default, a lone text as a list of
// parts, a role that goes without saying.
Json plain(const QString &protocol, Json body)
{
    if (protocol == "anthropic"_L1 && body.value("stream", Json(true)) == false)
        body.erase("stream");
    if (protocol == "openai"_L1 && body.value("stream", Json(true)) == false)
        body.erase("stream");
    if (protocol == "gemini"_L1 && body.contains("systemInstruction"))
        body["systemInstruction"].erase("role");
    return body;
}

} // namespace

// The official client libraries against the same fleet as our own clients. Skipped where they are
// not installed.
class TestOfficialClients final : public QObject
{
    Q_OBJECT

private:
    QMap<QString, ClientRun> m_runs;
    std::unique_ptr<SimulatedFleet> m_fleet;

    const ClientRun &runOf(const QString &protocol)
    {
        if (!m_runs.contains(protocol))
            m_runs.insert(protocol, run(protocol, m_fleet->baseUrl(kAviary, protocol)));
        return m_runs[protocol];
    }

    providers::Endpoint endpointOf(const QString &protocol)
    {
        providers::Endpoint endpoint = endpointAt(m_fleet->baseUrl(kAviary, protocol));
        endpoint.protocol = protocol;
        return endpoint;
    }

private Q_SLOTS:
    void initTestCase() { m_fleet = SimulatedFleet::start({.seed = 1, .timeScale = 0}).value(); }

    void everyProtocol_data()
    {
        QTest::addColumn<QString>("protocol");
        for (const QString &protocol : SimulatedFleet::protocols())
            QTest::newRow(qPrintable(protocol)) << protocol;
    }

    void theyUnderstandTheFleetAsWeDo_data() { everyProtocol_data(); }

    void theyUnderstandTheFleetAsWeDo()
    {
        QFETCH(const QString, protocol);
        const ClientRun &theirs = runOf(protocol);
        if (theirs.missing)
            QSKIP("needs node and the client libraries: npm install in tests/interop");
        QVERIFY2(theirs.told.is_object(), qPrintable(theirs.problem));
        Probe probe(endpointOf(protocol));
        for (const bool stream : {false, true}) {
            const auto ours = probe.ask(sameRequest(stream));
            QVERIFY(ours.ok());
            const Json &told = theirs.told[stream ? "streamed" : "whole"];
            QCOMPARE(toQString(told["text"].get<std::string>()), ours.completion.text);
            QCOMPARE(told["usage"][0].get<qint64>(), ours.completion.usage.input());
            QCOMPARE(told["usage"][1].get<qint64>(), ours.completion.usage.output);
            QVERIFY(!told["finish"].get<std::string>().empty());
        }
        QCOMPARE(theirs.told["refused"].get<int>(), 404);
        auto listing = probe.provider->listModels({});
        QStringList names;
        for (const Json &name : theirs.told["models"])
            names.append(toQString(name.get<std::string>()));
        QCOMPARE(names, QCoro::waitFor(listing).value());
    }

    void theyReadTheSameVectors_data()
    {
        QTest::addColumn<QString>("protocol");
        for (const char *protocol : {"openai", "gemini", "ollama"})
            QTest::newRow(protocol) << QString::fromLatin1(protocol);
    }

    void theyReadTheSameVectors()
    {
        QFETCH(const QString, protocol);
        const ClientRun &theirs = runOf(protocol);
        if (theirs.missing)
            QSKIP("needs node and the client libraries: npm install in tests/interop");
        QVERIFY2(theirs.told.is_object(), qPrintable(theirs.problem));
        SystemClock clock;
        const auto endpoint = providers::makeEmbeddingEndpoint(endpointOf(protocol), clock);
        providers::EmbeddingRequest request{.model = u"plume"_s,
                                            .texts = {u"the quick brown fox"_s, u"invoice due"_s},
                                            .dimensions = {}};
        auto task = (*endpoint)->embed(std::move(request), {});
        const auto ours = QCoro::waitFor(task);
        QVERIFY(ours);
        const Json &vectors = theirs.told["vectors"];
        QCOMPARE(vectors.size(), 2u);
        for (size_t i = 0; i < 2; ++i) {
            QCOMPARE(vectors[i].size(), 64u);
            for (size_t k = 0; k < 64; ++k)
                QVERIFY(std::abs(vectors[i][k].get<float>() -
                                 ours->vectors.at(qsizetype(i)).at(qsizetype(k))) < 1e-6F);
        }
    }

    void theyAskInTheSameWords_data() { everyProtocol_data(); }

    void theyAskInTheSameWords()
    {
        QFETCH(const QString, protocol);
        const ClientRun &theirs = runOf(protocol);
        if (theirs.missing)
            QSKIP("needs node and the client libraries: npm install in tests/interop");
        QVERIFY2(theirs.told.is_object(), qPrintable(theirs.problem));
        for (const bool stream : {false, true}) {
            const Json &sent = theirs.told["sent"][stream ? 1 : 0];
            QCOMPARE(QByteArray::fromStdString(sent["target"].get<std::string>()),
                     ownTarget(protocol, stream));
            COMPARE_JSON(plain(protocol, sent["body"]), plain(protocol, ownBody(protocol, stream)));
        }
    }
};

QTEST_GUILESS_MAIN(TestOfficialClients)
#include "tst_official_clients.moc"
