#include "core/ledger/ledger_thread.h"
#include "tests/engine/fault_bench.h"
#include "tests/support/scarcity.h"

#include <QTemporaryDir>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::CircuitBreaker;
using engine::DeploymentHealth;
using engine::RunStatus;
using engine::RunTrace;
using std::chrono::milliseconds;
using Flag = DeploymentHealth::Flag;

namespace {

// What a row of the table expects of one query, or of the second where the first only prepares.
struct Expected
{
    QString trace;          // told()
    milliseconds least{-1}; // of the one wait; -1: none
    milliseconds most{-1};
    QString message; // a piece of the error of the first hop
    Flag flag = Flag::None;
    milliseconds rest{0}; // how long the target is left alone, at least nearly
    int failuresInARow = 0;
};

const QString kNextAtOnce = u"first small #1 !%1\nfirst large #2 > answer\nout"_s;
const QString kByErrorPort = u"first small #1 !%1 > error\nsecond large #1 > answer\nout"_s;
const QString kRetried = u"first small #1 !%1\nfirst small #2 waited > answer\nout"_s;
const QString kRetriedThenNext =
    u"first small #1 !%1\nfirst small #2 waited !%1\nfirst large #3 > answer\nout"_s;
const QString kEnds = u"first small #1 !%1"_s;

Script status(int code, const QByteArray &body = "{}", const QList<QByteArray> &headers = {})
{
    return Script()
        .send(httpResponse(code, body,
                           QList<QByteArray>{"Content-Type: application/json", "Connection: close",
                                             "x-request-id: req-7"} +
                               headers))
        .close();
}

QByteArray httpDate(const QDateTime &moment)
{
    return QLocale::c().toString(moment.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

QByteArray errorBody(const QByteArray &code, const QByteArray &message = "It did not work.")
{
    return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + code + "\",\"code\":\"" +
           code + "\"}}";
}

QString shown(const QList<milliseconds> &waits)
{
    QStringList texts;
    for (const milliseconds wait : waits)
        texts.append(u"%1 s"_s.arg(double(wait.count()) / 1000, 0, 'f', 2));
    return texts.isEmpty() ? u"-"_s : texts.join(u", "_s);
}

} // namespace

Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(Script)

// Faults of servers as the engine meets them, over real sockets and with a clock that jumps: the
// numbers are those of the table of faults.
class TestEngineFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upstreamFault_data();
    void upstreamFault();
    void aRefusedConnectionGoesOnAtOnce();
    void aNameThatDoesNotResolveGoesOn();
    void allTargetsDownIsOneErrorThatListsEach();
    void aFlappingTargetOpensNoFasterThanItsInterval();
    void aHundredQueriesAndADyingTarget();
    void missingLogProbabilitiesEscalate();
    void theTimeOfDayMayJump_data();
    void theTimeOfDayMayJump();
    void aHugeQueryIsSentOrRefused();
    void parallelQueriesNeverPassTheirBudget();
    void whereMemoryIsScarceTheCallFailsCleanly();
    void aQueryThatMemoryIsTooScarceForFailsCleanly();
    void withoutThreadsQueriesAreAnsweredAndRecorded();
    void stoppingClosesEveryStream();
    void cleanupTestCase();

private:
    static void row(const char *number, const char *name, Spare spare, int retries,
                    const QList<Script> &scripts, const Expected &expected,
                    const WireProtocol &protocol = wireProtocols().first());
    void note(const QString &number, const QString &fault, const QString &trace,
              const QList<milliseconds> &waits);

    QStringList m_table;
};

void TestEngineFaults::row(const char *number, const char *name, Spare spare, int retries,
                           const QList<Script> &scripts, const Expected &expected,
                           const WireProtocol &protocol)
{
    for (const bool stream : {true, false}) {
        // What is whole in one form is an answer in both: the first bytes decide.
        QTest::addRow("%s %s, %s, %s", number, name, qPrintable(protocol.name),
                      stream ? "streamed" : "whole")
            << QString::fromLatin1(number) << QString::fromLatin1(name) << int(spare) << retries
            << scripts << expected << protocol.name << stream;
    }
}

void TestEngineFaults::upstreamFault_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("spare");
    QTest::addColumn<int>("retries");
    QTest::addColumn<QList<Script>>("scripts");
    QTest::addColumn<Expected>("expected");
    QTest::addColumn<QString>("protocol");
    QTest::addColumn<bool>("stream");

    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (const WireProtocol &p : wireProtocols()) {
        const Script good = FaultBench::goodAnswer(p);
        const Script busy = status(429, "{}", {"retry-after: 2"});
        row("1", "429 for 2 s, another in the group", Spare::InGroup, 2, {busy},
            {.trace = kNextAtOnce.arg(u"rate"_s), .message = u"no more calls"_s, .rest = 1900ms},
            p);
        row("1", "429 for 2 s, another behind the error port", Spare::ByError, 2, {busy},
            {.trace = kByErrorPort.arg(u"rate"_s), .message = {}, .rest = 1900ms}, p);
        row("1", "429 for 2 s, nobody else", Spare::Nowhere, 2, {busy, good},
            {.trace = kRetried.arg(u"rate"_s), .least = 2000ms, .most = 2200ms, .message = {}}, p);
        for (const int code : {408, 409, 498, 500, 502, 503, 504, 529})
            row("5", qPrintable(QString::number(code)), Spare::InGroup, 1,
                {status(code), status(code)},
                {.trace = kRetriedThenNext.arg(u"transient"_s),
                 .least = 375ms,
                 .most = 500ms,
                 .message = u"HTTP %1"_s.arg(code),
                 .failuresInARow = 2},
                p);
        row("7", "401", Spare::InGroup, 2, {status(401)},
            {.trace = kNextAtOnce.arg(u"auth"_s),
             .message = u"key"_s,
             .flag = Flag::NeedsKey,
             .rest = 59s},
            p);
        row("7", "404", Spare::InGroup, 2, {status(404)},
            {.trace = kNextAtOnce.arg(u"not_found"_s),
             .message = u"no such model"_s,
             .flag = Flag::Missing,
             .rest = 59s},
            p);
    }

    const Script good = FaultBench::goodAnswer(wireProtocols().first());
    row("2", "retry-after as a date", Spare::Nowhere, 2,
        {status(429, "{}", {"date: " + httpDate(now), "retry-after: " + httpDate(now.addSecs(3))}),
         good},
        {.trace = kRetried.arg(u"rate"_s), .least = 3000ms, .most = 3300ms, .message = {}});
    row("2", "retry-after as a date that has passed", Spare::Nowhere, 2,
        {status(429, "{}", {"date: " + httpDate(now), "retry-after: " + httpDate(now.addSecs(-3))}),
         good},
        {.trace = kRetried.arg(u"rate"_s), .least = 375ms, .most = 500ms, .message = {}});
    row("2", "retry-after of a server whose clock is a year ahead", Spare::Nowhere, 2,
        {status(429, "{}",
                {"date: " + httpDate(now.addYears(1)),
                 "retry-after: " + httpDate(now.addYears(1).addSecs(3))}),
         good},
        {.trace = kRetried.arg(u"rate"_s), .least = 3000ms, .most = 3300ms, .message = {}});
    row("2", "retry-after that cannot be read", Spare::Nowhere, 2,
        {status(429, "{}", {"retry-after: soon"}), good},
        {.trace = kRetried.arg(u"rate"_s), .least = 375ms, .most = 500ms, .message = {}});
    row("2", "retry-after in milliseconds", Spare::Nowhere, 2,
        {status(429, "{}", {"retry-after-ms: 1500"}), good},
        {.trace = kRetried.arg(u"rate"_s), .least = 1500ms, .most = 1650ms, .message = {}});
    row("2", "retry-after of ten minutes is not waited for", Spare::Nowhere, 2,
        {status(429, "{}", {"retry-after: 600"})},
        {.trace = kEnds.arg(u"rate"_s), .message = u"no more calls"_s, .rest = 599s});
    row("3", "429 insufficient_quota", Spare::InGroup, 2,
        {status(429, errorBody("insufficient_quota"), {"retry-after: 1"})},
        {.trace = kNextAtOnce.arg(u"credit"_s), .message = u"credit"_s, .flag = Flag::NeedsCredit});
    row("3", "402", Spare::InGroup, 2, {status(402)},
        {.trace = kNextAtOnce.arg(u"credit"_s), .message = u"credit"_s, .flag = Flag::NeedsCredit});
    row("6", "400 unknown parameter", Spare::InGroup, 2,
        {status(400, errorBody("unknown_parameter"))},
        {.trace = kNextAtOnce.arg(u"capability"_s), .message = u"cannot do"_s});
    row("6", "400 context too long", Spare::InGroup, 2,
        {status(400, errorBody("context_length_exceeded"))},
        {.trace = kNextAtOnce.arg(u"capability"_s), .message = u"cannot do"_s});
    row("6", "422", Spare::InGroup, 2, {status(422)},
        {.trace = kEnds.arg(u"request"_s), .message = u"did not understand"_s});
    row("7", "403", Spare::InGroup, 2, {status(403)},
        {.trace = kNextAtOnce.arg(u"permission"_s), .message = u"does not allow"_s});

    const auto gemini = std::find_if(wireProtocols().begin(), wireProtocols().end(),
                                     [](const WireProtocol &p) { return p.name == u"gemini"_s; });
    QVERIFY(gemini != wireProtocols().end());
    const QByteArray retryInfo =
        "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"Quota\","
        "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
        "\"retryDelay\":\"34s\"}]}}";
    const QByteArray daily =
        "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"Quota\","
        "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\",\"violations\":"
        "[{\"quotaId\":\"GenerateRequestsPerDayPerProject\"}]}]}}";
    row("4", "RetryInfo of 34 s, another in the group", Spare::InGroup, 2, {status(429, retryInfo)},
        {.trace = kNextAtOnce.arg(u"rate"_s), .message = {}, .rest = 33s}, *gemini);
    row("4", "RetryInfo of 34 s, nobody else", Spare::Nowhere, 2,
        {status(429, retryInfo), FaultBench::goodAnswer(*gemini)},
        {.trace = kRetried.arg(u"rate"_s), .least = 34s, .most = 37'400ms, .message = {}}, *gemini);
    row("4", "a quota of the day", Spare::InGroup, 2, {status(429, daily)},
        {.trace = kNextAtOnce.arg(u"credit"_s),
         .message = u"daily quota"_s,
         .flag = Flag::NeedsCredit},
        *gemini);
}

void TestEngineFaults::upstreamFault()
{
    QFETCH(const QString, number);
    QFETCH(const QString, name);
    QFETCH(const int, spare);
    QFETCH(const int, retries);
    QFETCH(const QList<Script>, scripts);
    QFETCH(const Expected, expected);
    QFETCH(const QString, protocol);
    QFETCH(const bool, stream);
    const auto wire = std::find_if(wireProtocols().begin(), wireProtocols().end(),
                                   [&](const WireProtocol &p) { return p.name == protocol; });
    FaultBench bench(*wire, scripts);
    const RunTrace trace = bench.run(FaultBench::policyFor(Spare(spare), retries, stream));

    QCOMPARE(told(trace), expected.trace);
    QVERIFY2(trace.hops.first().error.contains(expected.message),
             qPrintable(trace.hops.first().error));
    QCOMPARE(trace.hops.first().requestId, u"req-7"_s);
    QCOMPARE(bench.waits, bench.clock.sleeps()); // the view counts down what is waited
    QCOMPARE(bench.waits.size(), expected.least >= 0ms ? 1 : 0);
    for (const milliseconds wait : std::as_const(bench.waits))
        QVERIFY2(wait >= expected.least && wait <= expected.most, qPrintable(shown(bench.waits)));
    const DeploymentHealth health = bench.health();
    QCOMPARE(health.flag, expected.flag);
    QCOMPARE(health.failuresInARow, expected.failuresInARow);
    QVERIFY2(health.rest >= expected.rest && health.rest <= expected.rest + 1s,
             qPrintable(QString::number(health.rest.count())));
    QTRY_COMPARE(bench.first().openConnections(), 0);
    QTRY_COMPARE(bench.second().openConnections(), 0);
    note(number, u"%1 (%2, %3)"_s.arg(name, protocol, stream ? u"streamed"_s : u"whole"_s),
         told(trace), bench.waits);
}

void TestEngineFaults::aRefusedConnectionGoesOnAtOnce()
{
    FaultBench bench(wireProtocols().first(), {Script().close()});
    {
        const ScriptedServer gone({Script().close()});
        bench.add(wireProtocols().first(), u"a"_s, gone.url());
    }
    const RunTrace trace = bench.run(FaultBench::policyFor(Spare::InGroup, 2));
    QCOMPARE(told(trace), kNextAtOnce.arg(u"transport"_s));
    QVERIFY(bench.clock.sleeps().isEmpty());
    QCOMPARE(bench.health().failuresInARow, 1);
    note(u"8"_s, u"connection refused"_s, told(trace), bench.waits);
}

void TestEngineFaults::aNameThatDoesNotResolveGoesOn()
{
    FaultBench bench(wireProtocols().first(), {Script().close()});
    bench.add(wireProtocols().first(), u"a"_s, QUrl(u"http://nobody.invalid/v1"_s));
    const RunTrace trace = bench.run(FaultBench::policyFor(Spare::InGroup, 2));
    QCOMPARE(told(trace), kNextAtOnce.arg(u"transport"_s));
    QVERIFY2(trace.hops.first().error.contains(u"name of the server"_s),
             qPrintable(trace.hops.first().error));
    note(u"9"_s, u"name does not resolve"_s, told(trace), bench.waits);
}

void TestEngineFaults::allTargetsDownIsOneErrorThatListsEach()
{
    FaultBench bench(wireProtocols().first(), {status(503)});
    const ScriptedServer other({status(401)});
    bench.add(wireProtocols().first(), u"b"_s, other.url());
    policy::PolicyDocument document = FaultBench::policyFor(Spare::InGroup, 1);
    document.limits.maxLatency = 30s;
    const RunTrace trace = bench.run(document);
    QCOMPARE(trace.status, RunStatus::Failed);
    QCOMPARE(told(trace), u"first small #1 !transient\nfirst small #2 waited !transient\n"
                          "first large #3 !auth"_s);
    const QRegularExpression sentence(
        u"^No model answered: a small-id \\(transient, HTTP 503, \\d+ ms, req-7\\); a small-id "
        "\\(transient, HTTP 503, \\d+ ms, req-7\\); b large-id \\(auth, HTTP 401, \\d+ ms, "
        "req-7\\)\\.$"_s);
    QVERIFY2(sentence.match(trace.error).hasMatch(), qPrintable(trace.error));
    QVERIFY(trace.latency < *document.limits.maxLatency);
    QTRY_COMPARE(bench.first().openConnections(), 0);
    QTRY_COMPARE(other.openConnections(), 0);
    note(u"34"_s, u"all targets down"_s, told(trace), bench.waits);
}

void TestEngineFaults::aFlappingTargetOpensNoFasterThanItsInterval()
{
    QList<Script> flapping;
    for (int i = 0; i < 40; ++i)
        flapping << status(503) << FaultBench::goodAnswer(wireProtocols().first());
    FaultBench bench(wireProtocols().first(), flapping);
    QList<std::chrono::nanoseconds> opened;
    bench.runner.traffic().deployments.onChange = [&](const DeploymentHealth &health) {
        if (health.breaker == CircuitBreaker::State::Open)
            opened.append(bench.clock.steadyNow());
    };
    for (int query = 0; query < 60; ++query) {
        QCOMPARE(bench.run(FaultBench::policyFor(Spare::InGroup, 0)).status, RunStatus::Answered);
        bench.clock.advance(1s);
    }
    QVERIFY(opened.size() > 1);
    for (qsizetype i = 1; i < opened.size(); ++i)
        QVERIFY(opened[i] - opened[i - 1] >= 10s);
    QVERIFY(bench.first().requests().size() < 60);
    note(u"35"_s, u"flapping target, 60 queries"_s,
         u"opened %1 times; %2 of 60 sent to it; none lost"_s.arg(opened.size())
             .arg(bench.first().requests().size()),
         bench.waits);
}

void TestEngineFaults::aHundredQueriesAndADyingTarget()
{
    const auto askHundred = [](FaultBench &bench, int retries) {
        const auto policy = EngineFixture::prepared(FaultBench::policyFor(Spare::InGroup, retries));
        std::vector<QCoro::Task<RunTrace>> tasks;
        for (quint64 seed = 1; seed <= 100; ++seed) {
            policy::Query asked = query(u"Say hello."_s);
            asked.seed = seed;
            tasks.push_back(bench.runner.run(policy, asked, {}, {}));
        }
        int answered = 0;
        for (QCoro::Task<RunTrace> &task : tasks)
            answered += QCoro::waitFor(task).status == RunStatus::Answered ? 1 : 0;
        return answered;
    };
    FaultBench retrying(wireProtocols().first(), {status(503)});
    QCOMPARE(askHundred(retrying, 2), 100);
    const qsizetype load = retrying.first().requests().size();
    QVERIFY2(load <= 120, qPrintable(QString::number(load)));

    FaultBench bench(wireProtocols().first(), {status(503)});
    int opened = 0;
    bench.runner.traffic().deployments.onChange = [&opened](const DeploymentHealth &health) {
        opened += health.breaker == CircuitBreaker::State::Open ? 1 : 0;
    };
    QCOMPARE(askHundred(bench, 0), 100);
    QCOMPARE(bench.first().requests().size(), 100);
    QCOMPARE(opened, 1);
    QCOMPARE(askHundred(bench, 0), 100); // while it rests
    QCOMPARE(bench.first().requests().size(), 100);
    bench.clock.advance(10s);
    QCOMPARE(askHundred(bench, 0), 100);
    QCOMPARE(bench.first().requests().size(), 101); // one probe
    QCOMPARE(opened, 2);
    QTRY_COMPARE(bench.first().openConnections(), 0);
    note(u"36"_s, u"100 parallel queries, one target dies"_s,
         u"%1 requests with retries; without: 100, 0 while it rested, 1 probe; none lost"_s.arg(
             load),
         {});
}

void TestEngineFaults::missingLogProbabilitiesEscalate()
{
    FaultBench bench(wireProtocols().first(), {FaultBench::goodAnswer(wireProtocols().first())});
    const RunTrace trace = bench.run(cascade());
    QCOMPARE(told(trace), u"first small #1 discarded > answer\ncheck !scorer > escalate\n"
                          "second large #1 > answer\nout"_s);
    QCOMPARE(trace.hops.at(1).why, u"the scorer failed, so the answer was escalated"_s);
    note(u"38, 39"_s, u"a gate judges by log-probabilities that are not sent"_s, told(trace), {});
}

void TestEngineFaults::theTimeOfDayMayJump_data()
{
    QTest::addColumn<qint64>("hours");
    QTest::newRow("an hour on") << qint64(1);
    QTest::newRow("an hour back") << qint64(-1);
    QTest::newRow("a year on") << qint64(365 * 24);
    QTest::newRow("a year back") << qint64(-365 * 24);
}

void TestEngineFaults::theTimeOfDayMayJump()
{
    QFETCH(const qint64, hours);
    FaultBench bench(wireProtocols().first(),
                     {status(503), FaultBench::goodAnswer(wireProtocols().first())});
    bench.clock.onSleep = [&] { bench.clock.setTimeOfDay(std::chrono::hours(hours)); };
    const QDateTime before = bench.clock.utcNow();
    const RunTrace trace = bench.run(FaultBench::policyFor(Spare::Nowhere, 1));
    QCOMPARE(told(trace), kRetried.arg(u"transient"_s));
    QVERIFY(trace.latency >= 375ms && trace.latency < 10s);
    for (const engine::Hop &hop : trace.hops)
        QVERIFY(hop.end >= hop.start && hop.start >= 0ns);
    QVERIFY(std::abs(before.secsTo(trace.startedAt)) < 10);
    QVERIFY(std::abs(bench.clock.utcNow().secsTo(before)) > 3000); // it did jump
    note(u"40"_s, u"the time of day jumps by %1 h in a wait"_s.arg(hours), told(trace),
         bench.waits);
}

void TestEngineFaults::aHugeQueryIsSentOrRefused()
{
    policy::Query large = query(QString(10'000'000, u'x'));
    for (int i = 0; i < 10'000; ++i)
        large.messages.append(Message{.role = Message::Role::Assistant, .text = u"yes"_s});
    FaultBench bench(wireProtocols().first(), {status(413)});
    const RunTrace trace = bench.run(FaultBench::policyFor(Spare::InGroup, 2), large);
    QCOMPARE(told(trace), kNextAtOnce.arg(u"too_large"_s));
    QVERIFY2(trace.hops.first().error.contains(u"too large"_s),
             qPrintable(trace.hops.first().error));
    QCOMPARE(bench.second().requests().size(), 1);
    QVERIFY(bench.second().requests().first().size() > 10'000'000);
    note(u"48"_s, u"10 MB prompt and 10,000 messages, 413"_s, told(trace), bench.waits);
}

void TestEngineFaults::parallelQueriesNeverPassTheirBudget()
{
    FaultBench bench(wireProtocols().first(), {FaultBench::goodAnswer(wireProtocols().first())});
    policy::PolicyDocument document = FaultBench::policyFor(Spare::Nowhere, 0);
    for (policy::Model &model : document.models)
        model.parameters["max_tokens"] = 10;
    const auto policy = EngineFixture::prepared(document);
    const Money amount = Money::fromNanos(150'000);
    bench.runner.traffic().budget.setAmount(amount);
    std::vector<QCoro::Task<RunTrace>> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(bench.runner.run(policy, query(u"Say hello."_s), {}, {}));
    int answered = 0;
    Money spent;
    for (QCoro::Task<RunTrace> &task : tasks) {
        const RunTrace trace = QCoro::waitFor(task);
        answered += trace.status == RunStatus::Answered ? 1 : 0;
        spent += trace.cost;
    }
    QVERIFY(answered > 0 && answered < 20);
    QCOMPARE(bench.first().requests().size(), answered);
    QVERIFY(spent <= amount);
    QCOMPARE(bench.runner.traffic().budget.spent(), spent);
    QCOMPARE(bench.runner.traffic().budget.reserved(), Money());
    note(u"55"_s, u"a budget for 20 parallel queries"_s,
         u"%1 answered for %2 of %3 USD, the others refused before sending"_s.arg(answered).arg(
             spent.toDecimal(), amount.toDecimal()),
         {});
}

void TestEngineFaults::whereMemoryIsScarceTheCallFailsCleanly()
{
    if (!ScarceMemory::isReal())
        QSKIP("The sanitizer has an allocator of its own.");
    for (const bool stream : {true, false}) {
        const WireProtocol &p = wireProtocols().first();
        const QByteArray start = stream ? "data: {\"x\":\"" : "{\"x\":\"";
        FaultBench bench(p, {Script()
                                 .send(openHead(p.streamType) + start)
                                 .sendForEver(QByteArray(128 * 1024, 'a'), 1ms)});
        const ScarceMemory scarce(4 * 1024 * 1024);
        const RunTrace trace = bench.run(FaultBench::policyFor(Spare::InGroup, 2, stream));
        QCOMPARE(told(trace), kNextAtOnce.arg(u"too_large"_s));
        QVERIFY2(trace.hops.first().error.contains(u"too little memory"_s),
                 qPrintable(trace.hops.first().error));
        QTRY_COMPARE_WITH_TIMEOUT(bench.first().openConnections(), 0, 1000);
        note(u"56"_s, u"no memory for the answer"_s, told(trace), bench.waits);
    }
}

void TestEngineFaults::aQueryThatMemoryIsTooScarceForFailsCleanly()
{
    if (!ScarceMemory::isReal())
        QSKIP("The sanitizer has an allocator of its own.");
    const policy::Query large = query(QString(10'000'000, u'x'));
    FaultBench bench(wireProtocols().first(), {FaultBench::goodAnswer(wireProtocols().first())});
    RunTrace trace;
    {
        const ScarceMemory scarce(4 * 1024 * 1024);
        trace = bench.run(FaultBench::policyFor(Spare::Nowhere, 0), large);
    }
    QCOMPARE(trace.status, RunStatus::Failed);
    QVERIFY2(trace.error.contains(u"too_large"_s), qPrintable(trace.error));
    QCOMPARE(bench.first().accepted(), 0);
    note(u"56"_s, u"no memory for the query"_s, told(trace), bench.waits);
    // The next one is none the worse for it.
    const RunTrace next = bench.run(FaultBench::policyFor(Spare::Nowhere, 0));
    QCOMPARE(next.status, RunStatus::Answered);
}

void TestEngineFaults::withoutThreadsQueriesAreAnsweredAndRecorded()
{
    const QTemporaryDir folder;
    FaultBench bench(wireProtocols().first(), {FaultBench::goodAnswer(wireProtocols().first())});
    const NoThreads none;
    ledger::LedgerThread ledger;
    QVERIFY(ledger.open(folder.filePath(u"l.sqlite"_s)).result());
    const RunTrace trace = bench.run(FaultBench::policyFor(Spare::Nowhere, 0));
    QCOMPARE(trace.answer, u"Hello, world"_s);
    QVERIFY(ledger.record(trace, false).result());
    const auto runs =
        ledger.query([](const ledger::Ledger &open) { return open.runs({}, 10); }).result();
    QCOMPARE(runs->size(), 1);
    QCOMPARE(runs->first().id, trace.id);
    note(u"56"_s, u"no further threads"_s, told(trace) + u"; recorded"_s, bench.waits);

    // A name takes a thread to look up: the call fails, and another model serves.
    bench.add(wireProtocols().first(), u"a"_s, QUrl(u"http://nobody.invalid/v1"_s));
    const RunTrace named = bench.run(FaultBench::policyFor(Spare::InGroup, 2));
    QCOMPARE(told(named), kNextAtOnce.arg(u"transport"_s));
    QVERIFY2(named.hops.first().error.contains(u"no further thread"_s),
             qPrintable(named.hops.first().error));
    note(u"56"_s, u"no further threads, a server with a name"_s, told(named), bench.waits);
}

void TestEngineFaults::stoppingClosesEveryStream()
{
    const WireProtocol &p = wireProtocols().first();
    FaultBench bench(
        p, {Script().send(openHead(p.streamType) + p.begun()).sendForEver(p.piece("x"), 20ms)});
    const auto policy = EngineFixture::prepared(FaultBench::policyFor(Spare::InGroup, 2));
    std::stop_source stop;
    int speaking = 0;
    std::vector<QCoro::Task<RunTrace>> tasks;
    for (int i = 0; i < 20; ++i)
        tasks.push_back(bench.runner.run(
            policy, query(u"Say hello."_s), stop.get_token(),
            [&speaking, spoke = false](const engine::RunEvent &event) mutable {
                speaking += event.kind == engine::RunEvent::Kind::Text && !spoke ? 1 : 0;
                spoke |= event.kind == engine::RunEvent::Kind::Text;
            }));
    QTRY_COMPARE(speaking, 20);
    stop.request_stop();
    for (QCoro::Task<RunTrace> &task : tasks) {
        const RunTrace trace = QCoro::waitFor(task);
        QCOMPARE(trace.status, RunStatus::Cancelled);
        QCOMPARE(told(trace), u"first small #1 !cancelled discarded"_s);
        QVERIFY(trace.hops.first().usage.estimated); // what was said is paid for
    }
    QTRY_COMPARE(bench.first().openConnections(), 0);
    QVERIFY(bench.second().requests().isEmpty());
    note(u"59"_s, u"stopped during 20 streams"_s, u"20 cancelled, every connection closed"_s, {});
}

void TestEngineFaults::note(const QString &number, const QString &fault, const QString &trace,
                            const QList<milliseconds> &waits)
{
    QString line = trace;
    line.replace(u'\n', u" | "_s);
    m_table.append(
        u"%1  %2  waits %3  %4"_s.arg(number, -6).arg(fault, -70).arg(shown(waits), -8).arg(line));
}

void TestEngineFaults::cleanupTestCase()
{
    for (const QString &line : std::as_const(m_table))
        std::puts(qPrintable(line));
}

QTEST_GUILESS_MAIN(TestEngineFaults)
#include "tst_engine_faults.moc"
