#include "core/providers/call_probe.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::test;
using namespace headgate::providers;
using MaxTokens = Dialect::MaxTokensField;
using LogProbabilities = Dialect::LogProbabilities;

namespace {

QByteArray refusal(const QByteArray &message)
{
    return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\"}}";
}

QByteArray withLogProbabilities()
{
    return goodBody().replace("\"logprobs\":null",
                              "\"logprobs\":{\"content\":[{\"token\":\"Hello\","
                              "\"logprob\":-0.25}]}");
}

ProbeReport probed(const Endpoint &endpoint)
{
    SystemClock clock;
    auto task = probeCall(endpoint, u"m1"_s, environmentKeys(), clock, {});
    return QCoro::waitFor(task);
}

} // namespace

class TestCallProbe final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneCallTellsHowTheServerTakesRequests_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<MaxTokens>("before");
        QTest::addColumn<MaxTokens>("after");
        QTest::addColumn<bool>("gives");
        QTest::addColumn<QString>("finding");
        const auto row = [](const char *name, int status, const QByteArray &body, MaxTokens before,
                            MaxTokens after, bool gives, const QString &finding) {
            QTest::newRow(name) << status << body << before << after << gives << finding;
        };
        row("all is taken", 200, withLogProbabilities(), MaxTokens::MaxTokens, MaxTokens::MaxTokens,
            true, u"takes the token limit as max_tokens. It gives log-probabilities."_s);
        row("none are given", 200, goodBody(), MaxTokens::MaxCompletionTokens,
            MaxTokens::MaxCompletionTokens, true, u"gives no log-probabilities"_s);
        row("a model that reasons", 400,
            refusal("Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                    "'max_completion_tokens' instead."),
            MaxTokens::MaxTokens, MaxTokens::MaxCompletionTokens, true,
            u"refuses the token limit as max_tokens, so it is sent as max_completion_tokens"_s);
        row("a strict server", 422,
            "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\","
            "\"max_completion_tokens\"],\"msg\":\"Extra inputs are not permitted\"}]}",
            MaxTokens::MaxCompletionTokens, MaxTokens::MaxTokens, true,
            u"sent as max_tokens from now on"_s);
        row("no log-probabilities", 400, refusal("logprobs is not supported with this model"),
            MaxTokens::MaxTokens, MaxTokens::MaxTokens, false,
            u"refuses to be asked for log-probabilities"_s);
    }

    void oneCallTellsHowTheServerTakesRequests()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const MaxTokens, before);
        QFETCH(const MaxTokens, after);
        QFETCH(const bool, gives);
        QFETCH(const QString, finding);
        ScriptedServer server({Script().send(httpResponse(status, body))});
        Endpoint endpoint = endpointAt(server.url());
        endpoint.dialect.maxTokensField = before;
        const ProbeReport report = probed(endpoint);
        QVERIFY2(report.isGood(), qPrintable(report.problem));
        QVERIFY(report.isSent);
        QCOMPARE(report.dialect.maxTokensField, after);
        QCOMPARE(report.dialect.logProbabilities != LogProbabilities::None, gives);
        const QString told = report.findings.join(u' ');
        QVERIFY2(told.contains(finding), qPrintable(told));
        // One tiny call, whatever comes of it.
        QCOMPARE(server.requests().size(), 1);
        QVERIFY(server.requests().first().contains(
            before == MaxTokens::MaxTokens ? "\"max_tokens\":16" : "\"max_completion_tokens\":16"));
    }

    void whatIsNotTriedIsSaid()
    {
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        Endpoint endpoint = endpointAt(server.url());
        endpoint.dialect.logProbabilities = LogProbabilities::None;
        const ProbeReport report = probed(endpoint);
        QVERIFY(report.findings.join(u' ').contains(u"Log-probabilities were not tried"_s));
        QVERIFY(!server.requests().first().contains("logprobs"));
    }

    void nothingIsSentWhereThereIsNothingToLearn()
    {
        ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
        Endpoint endpoint = endpointAt(server.url());
        endpoint.protocol = u"anthropic"_s;
        const ProbeReport report = probed(endpoint);
        QVERIFY(report.isGood() && !report.isSent);
        QVERIFY(report.findings.join(u' ').contains(u"only one way to limit tokens"_s));
        QCOMPARE(server.accepted(), 0);
    }

    void anyOtherRefusalTeachesNothing_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("the key") << 401 << refusal("wrong key, max_tokens or not");
        QTest::newRow("no such model") << 404 << refusal("no model m1");
        QTest::newRow("busy") << 503 << refusal("max_tokens are few today");
        QTest::newRow("another parameter") << 400 << refusal("messages: too short");
    }

    void anyOtherRefusalTeachesNothing()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        ScriptedServer server({Script().send(httpResponse(status, body))});
        const Endpoint endpoint = endpointAt(server.url());
        const ProbeReport report = probed(endpoint);
        QVERIFY(!report.isGood());
        QCOMPARE(report.dialect, endpoint.dialect);
    }
};

QTEST_GUILESS_MAIN(TestCallProbe)
#include "tst_call_probe.moc"
