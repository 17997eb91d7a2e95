#include "core/providers/local_discovery.h"
#include "tests/providers/protocol_fixture.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;

namespace {

ProviderPreset at(const QString &preset, const QUrl &url)
{
    ProviderPreset candidate = *findPreset(preset);
    candidate.endpoint.baseUrl = url;
    return candidate;
}

QList<LocalServer> foundAmong(const QList<ProviderPreset> &candidates)
{
    SystemClock clock;
    LocalDiscovery discovery(clock, candidates);
    auto task = discovery.find({});
    return QCoro::waitFor(task);
}

QStringList namesOf(const LocalServer &server)
{
    QStringList names;
    for (const OfferedModel &model : server.models)
        names.append(model.name);
    return names;
}

Script listing(const char *body)
{
    return Script().send(httpResponse(200, q(body)));
}

} // namespace

class TestLocalDiscovery final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAtTheUsualPorts()
    {
        QStringList addresses;
        for (const ProviderPreset &candidate : localCandidates())
            addresses.append(candidate.id + u' ' + candidate.endpoint.baseUrl.toString());
        QCOMPARE(addresses,
                 QStringList(
                     {u"ollama http://127.0.0.1:11434"_s, u"llamacpp http://127.0.0.1:8080/v1"_s,
                      u"lmstudio http://127.0.0.1:1234/v1"_s, u"vllm http://127.0.0.1:8000/v1"_s}));
    }

    void saysWhatWasFoundAndItsModels()
    {
        ScriptedServer ollama({listing("{'models':[{'name':'qwen3:8b'},"
                                       "{'name':'nomic-embed','capabilities':['embedding']}]}")});
        ScriptedServer llama({listing("{'data':[{'id':'gemma','owned_by':'llamacpp'}]}")});
        const auto found =
            foundAmong({at(u"ollama"_s, ollama.url()), at(u"llamacpp"_s, llama.url(u"/v1"_s))});
        QCOMPARE(found.size(), 2);
        QCOMPARE(found.at(0).preset.id, u"ollama"_s);
        QCOMPARE(found.at(0).preset.endpoint.baseUrl, ollama.url());
        QCOMPARE(namesOf(found.at(0)), QStringList({u"qwen3:8b"_s, u"nomic-embed"_s}));
        QCOMPARE(found.at(0).chatModels(), 1);
        QCOMPARE(found.at(1).preset.id, u"llamacpp"_s);
        QCOMPARE(namesOf(found.at(1)), QStringList({u"gemma"_s}));
        // Patience is short for the search alone.
        QCOMPARE(found.at(1).preset.endpoint.timeouts.total, CallTimeouts().total);
    }

    // Its port says little: another server may have taken it.
    void knowsAServerByTheOwnerOfItsModels()
    {
        ScriptedServer server({listing("{'data':[{'id':'m','owned_by':'vllm'}]}")});
        const auto found = foundAmong({at(u"llamacpp"_s, server.url(u"/v1"_s))});
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().preset.id, u"vllm"_s);
        QCOMPARE(found.first().preset.endpoint.baseUrl, server.url(u"/v1"_s));
    }

    void leavesOutWhatIsNoModelServer_data()
    {
        QTest::addColumn<Script>("script");
        QTest::newRow("a web page") << Script().send(httpResponse(200, "<html>hello</html>"));
        QTest::newRow("nothing there") << Script().send(httpResponse(404, "not found"));
        QTest::newRow("another JSON") << Script().send(httpResponse(200, "{\"status\":\"ok\"}"));
        QTest::newRow("a redirect")
            << Script().send(httpResponse(302, {}, {"Location: https://elsewhere.example/"}));
        QTest::newRow("not HTTP") << Script().send("220 mail.example ESMTP\r\n").close();
    }

    void leavesOutWhatIsNoModelServer()
    {
        QFETCH(const Script, script);
        ScriptedServer server({script});
        for (const QString &preset : {u"ollama"_s, u"lmstudio"_s})
            QVERIFY(foundAmong({at(preset, server.url())}).isEmpty());
        QCOMPARE(server.requests().size(), 2);
    }

    void aServerThatWantsAKeyIsFound()
    {
        ScriptedServer server({Script().send(httpResponse(401, q("{'error':'Unauthorized'}")))});
        const auto found = foundAmong({at(u"vllm"_s, server.url())});
        QCOMPARE(found.size(), 1);
        QVERIFY(found.first().models.isEmpty());
        QVERIFY(found.first().problem.contains(u"key"_s));
    }

    // All are asked at once, and a silent one holds up nobody for long.
    void givesUpSoon()
    {
        ScriptedServer silent({Script()});
        ScriptedServer quick({listing("{'models':[{'name':'a'}]}")});
        QElapsedTimer timer;
        timer.start();
        const auto found = foundAmong({at(u"vllm"_s, silent.url()), at(u"lmstudio"_s, silent.url()),
                                       at(u"ollama"_s, quick.url())});
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().preset.id, u"ollama"_s);
        QTRY_COMPARE(silent.openConnections(), 0);
    }

    void stopsAtOnce()
    {
        ScriptedServer silent({Script()});
        SystemClock clock;
        LocalDiscovery discovery(clock, {at(u"vllm"_s, silent.url())});
        std::stop_source stop;
        auto task = discovery.find(stop.get_token());
        QTRY_COMPARE(silent.requests().size(), 1);
        stop.request_stop();
        QVERIFY(QCoro::waitFor(task).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(silent.openConnections(), 0, 100);
    }

    void neverLeavesThisMachine()
    {
        QVERIFY(foundAmong({at(u"vllm"_s, QUrl(u"http://192.0.2.1:8000/v1"_s))}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLocalDiscovery)
#include "tst_local_discovery.moc"
