#include "core/engine/query_runner.h"
#include "core/policy/policy_format.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/engine/policies.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using engine::Hop;
using engine::RunStatus;
using engine::RunTrace;
using simulation::Fault;

namespace {

constexpr int kQueries = 200;

// query -> finch (aviary) -> gate -> albatross (aviary); finch's and albatross's error -> egret
// (rookery).
policy::PolicyDocument liveCascade(int retries)
{
    const auto model = [](const QString &name, const QString &provider) {
        policy::Model made;
        made.name = name;
        made.provider = provider;
        made.model = name;
        return made;
    };
    policy::PolicyDocument document = test::cascade();
    document.baseline = u"albatross"_s;
    document.models = {model(u"albatross"_s, u"sim-aviary"_s), model(u"egret"_s, u"sim-rookery"_s),
                       model(u"finch-mini"_s, u"sim-aviary"_s)};
    document.nodes[1].config = test::callOf(u"finch-mini"_s, retries);
    document.nodes[2].config = test::logProbabilityAbove(0.75);
    document.nodes[3].config = test::callOf(u"albatross"_s, retries);
    document.nodes.append(test::node(u"spare"_s, u"model"_s, test::callOf(u"egret"_s, retries)));
    document.wires.removeIf([](const policy::Wire &wire) { return wire.port == u"error"_s; });
    document.wires += {test::wire(u"first"_s, u"error"_s, u"spare"_s),
                       test::wire(u"second"_s, u"error"_s, u"spare"_s),
                       test::wire(u"spare"_s, u"answer"_s, u"out"_s)};
    return document;
}

Money sumOf(const RunTrace &trace)
{
    Money sum;
    for (const Hop &hop : trace.hops)
        sum += hop.cost;
    return sum;
}

} // namespace

// The engine, the client and the fleet over real sockets.
class TestLiveQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theCascadeAnswersPracticePrompts();
    void theSameQueryGivesTheSameWalk();
    void manyAtOnceAllEnd();
    void failsOverWhateverTheFault_data();
    void failsOverWhateverTheFault();
    void everythingDownIsOneClearError();
    void cancelEndsSoonAndClosesTheConnection();
    void theTimeLimitEndsASlowQuery();

private:
    void start(double timeScale);
    QList<RunTrace> runAll(const policy::PolicyDocument &document, const QStringList &prompts);
    RunTrace run(const policy::PolicyDocument &document, const QString &prompt,
                 std::stop_token stop = {});
    std::shared_ptr<const engine::PreparedPolicy> prepared(const policy::PolicyDocument &document);

    struct Engine;
    std::unique_ptr<Engine> m_engine;
};

struct TestLiveQueries::Engine
{
    SystemClock clock;
    std::unique_ptr<simulation::SimulatedFleet> fleet;
    engine::ProviderDirectory directory{clock};
    catalog::ModelCatalog catalog;
    engine::QueryRunner runner{directory, catalog, clock};
};

void TestLiveQueries::init()
{
    start(0);
}

void TestLiveQueries::start(double timeScale)
{
    m_engine = std::make_unique<Engine>();
    simulation::FleetOptions options;
    options.timeScale = timeScale;
    auto fleet = simulation::SimulatedFleet::start(options);
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().message));
    m_engine->fleet = std::move(*fleet);
    m_engine->catalog.add(simulation::SimulatedFleet::catalogEntries());
    for (const QString &name : m_engine->fleet->providers()) {
        providers::Endpoint endpoint;
        endpoint.name = name;
        endpoint.baseUrl = m_engine->fleet->baseUrl(name);
        endpoint.simulated = true;
        QVERIFY(m_engine->directory.add(endpoint));
    }
}

void TestLiveQueries::cleanup()
{
    m_engine.reset();
}

std::shared_ptr<const engine::PreparedPolicy>
TestLiveQueries::prepared(const policy::PolicyDocument &document)
{
    auto policy = engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                                  scorers::builtinScorers());
    if (!policy)
        qFatal("%s", qPrintable(policy.error().message));
    return *policy;
}

QList<RunTrace> TestLiveQueries::runAll(const policy::PolicyDocument &document,
                                        const QStringList &prompts)
{
    const auto policy = prepared(document);
    std::vector<QCoro::Task<RunTrace>> tasks;
    for (const QString &prompt : prompts)
        tasks.push_back(m_engine->runner.run(policy, test::query(prompt), {}, {}));
    QList<RunTrace> traces;
    for (QCoro::Task<RunTrace> &task : tasks)
        traces.append(QCoro::waitFor(task));
    return traces;
}

RunTrace TestLiveQueries::run(const policy::PolicyDocument &document, const QString &prompt,
                              std::stop_token stop)
{
    auto task = m_engine->runner.run(prepared(document), test::query(prompt), std::move(stop), {});
    return QCoro::waitFor(task);
}

void TestLiveQueries::theCascadeAnswersPracticePrompts()
{
    int escalated = 0;
    for (const simulation::PracticePrompt &prompt : simulation::practicePrompts().first(40)) {
        const RunTrace trace = run(liveCascade(2), prompt.prompt);
        QVERIFY2(trace.status == RunStatus::Answered, qPrintable(trace.error));
        QVERIFY(trace.answer.startsWith(u"[simulated]"_s));
        QVERIFY(trace.simulated);
        QCOMPARE(trace.unknownPrices, 0);
        QCOMPARE(trace.cost, sumOf(trace));
        QVERIFY(trace.cost > Money());
        QVERIFY(trace.baselineCost);
        QVERIFY(trace.firstToken);
        const Hop &call = trace.hops.first();
        QCOMPARE(call.costOrigin, engine::CostOrigin::Exact);
        QCOMPARE(call.quote->source, catalog::PriceSource::Simulated);
        QVERIFY(call.usage.freshInput > 0);
        QVERIFY(trace.hops.at(1).score);
        escalated += trace.answeringModel == u"albatross"_s;
    }
    QVERIFY(escalated > 0);
    QVERIFY(escalated < 40);
}

void TestLiveQueries::theSameQueryGivesTheSameWalk()
{
    for (const simulation::PracticePrompt &prompt : simulation::practicePrompts().first(10)) {
        const RunTrace first = run(liveCascade(2), prompt.prompt);
        const RunTrace second = run(liveCascade(2), prompt.prompt);
        QCOMPARE(second.answer, first.answer);
        QCOMPARE(engine::pathText(second), engine::pathText(first));
        QCOMPARE(second.cost, first.cost);
    }
}

void TestLiveQueries::manyAtOnceAllEnd()
{
    QStringList prompts;
    const auto practice = simulation::practicePrompts();
    for (int i = 0; i < kQueries; ++i)
        prompts.append(practice.at(i).prompt);
    const QList<RunTrace> traces = runAll(liveCascade(2), prompts);
    QCOMPARE(traces.size(), kQueries);
    for (qsizetype i = 0; i < traces.size(); ++i) {
        QVERIFY2(traces[i].status == RunStatus::Answered, qPrintable(traces[i].error));
        QCOMPARE(traces[i].query.prompt(), prompts[i]);
    }
}

void TestLiveQueries::failsOverWhateverTheFault_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("failureClass");
    QTest::addColumn<bool>("discarded");
    QTest::newRow("down") << Fault::Down << u"transient"_s << false;
    QTest::newRow("rate-limited") << Fault::RateLimited << u"rate"_s << false;
    QTest::newRow("cut mid-stream") << Fault::CutMidStream << u"truncated"_s << true;
    QTest::newRow("garbage") << Fault::Garbage << u"protocol"_s << false;
}

void TestLiveQueries::failsOverWhateverTheFault()
{
    QFETCH(const Fault, fault);
    QFETCH(const QString, failureClass);
    QFETCH(const bool, discarded);
    m_engine->fleet->setFault(u"sim-aviary"_s, fault);
    bool asked = false;
    for (const simulation::PracticePrompt &prompt : simulation::practicePrompts().first(5)) {
        const RunTrace trace = run(liveCascade(0), prompt.prompt);
        QVERIFY2(trace.status == RunStatus::Answered, qPrintable(trace.error));
        QCOMPARE(trace.answeringModel, u"egret"_s);
        // It asks to be left alone, so that the next query does not call it.
        const bool leftAlone = std::exchange(asked, true) && fault == Fault::RateLimited;
        QCOMPARE(trace.hops.size(), 3);
        QCOMPARE(trace.hops.first().port, u"error"_s);
        QCOMPARE(trace.hops.first().failureClass, leftAlone ? u"resting"_s : failureClass);
        QCOMPARE(trace.hops.first().discarded, discarded);
        QVERIFY(!trace.hops.first().error.isEmpty());
        QCOMPARE(trace.cost, sumOf(trace));
    }
}

void TestLiveQueries::everythingDownIsOneClearError()
{
    m_engine->fleet->setFault(u"sim-aviary"_s, Fault::Down);
    m_engine->fleet->setFault(u"sim-rookery"_s, Fault::Down);
    const RunTrace trace = run(liveCascade(0), u"What is 2 + 2?"_s);
    QCOMPARE(trace.status, RunStatus::Failed);
    const QRegularExpression sentence(
        u"^No model answered: sim-aviary finch-mini \\(transient, HTTP 503, \\d+ ms[^;]*\\); "
        "sim-rookery egret \\(transient, HTTP 503, \\d+ ms[^;]*\\)\\.$"_s);
    QVERIFY2(sentence.match(trace.error).hasMatch(), qPrintable(trace.error));
    QCOMPARE(trace.cost, Money());
}

void TestLiveQueries::cancelEndsSoonAndClosesTheConnection()
{
    start(1);
    m_engine->fleet->setFault(u"sim-aviary"_s, Fault::Slow); // two seconds to the first token
    std::stop_source stop;
    QTimer::singleShot(50, [&stop] { stop.request_stop(); });
    QElapsedTimer watch;
    watch.start();
    const RunTrace trace = run(liveCascade(2), u"What is 2 + 2?"_s, stop.get_token());
    QCOMPARE(trace.status, RunStatus::Cancelled);
    QVERIFY(watch.elapsed() < 1500);
    QCOMPARE(trace.hops.size(), 1);
    QCOMPARE(trace.hops.first().failureClass, u"cancelled"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_engine->fleet->connectionCount(), 0, 1000);
}

void TestLiveQueries::theTimeLimitEndsASlowQuery()
{
    start(1);
    m_engine->fleet->setFault(u"sim-aviary"_s, Fault::Slow);
    policy::PolicyDocument document = liveCascade(2);
    document.limits.maxLatency = std::chrono::milliseconds(150);
    const RunTrace trace = run(document, u"What is 2 + 2?"_s);
    QCOMPARE(trace.status, RunStatus::Failed);
    QCOMPARE(trace.hops.first().failureClass, u"timeout"_s);
    QCOMPARE(trace.error, u"The query's time limit of 0.15 s was used up."_s);
    QVERIFY(trace.latency < std::chrono::milliseconds(1150));
}

QTEST_GUILESS_MAIN(TestLiveQueries)
#include "tst_live_queries.moc"
