#include "tests/engine/engine_fixture.h"

#include "core/policy/node_kinds/gate_kind.h"

#include <cmath>

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::CostOrigin;
using engine::Hop;
using engine::RunEvent;
using engine::RunStatus;
using engine::RunTrace;
using test::answers;
using test::told;

class TestQueryRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodAnswerIsAccepted();
    void aDoubtfulAnswerEscalates();
    void aRemarkOnTheCallStandsInTheTrace();
    void everyHopIsComplete();
    void costsSumOverAllHops();
    void theBaselinesOwnAnswerIsNoEstimate();
    void anUnknownPriceIsCounted();
    void tellsTheViewWhatHappens();
    void sendsTheSystemMessageAndTheParameters();
    void asksForLogProbabilitiesOnlyWhereAGateNeedsThem();
    void missingLogProbabilitiesEscalate();
    void aGateMayAcceptWhenItsScorerFails();
    void routersDecisionsAreHops();
    void theBestScoredAnswerWins();
    void aCostLimitKeepsACallFromBeingMade();
    void aCostLimitWithAnUnknownPriceMakesNoCall();
    void aTimeLimitBoundsCallsAndRun();
    void theNodesTimeoutBoundsEachCall();
    void manyQueriesOverlap();
    void theVersionFollowsTheDocument();
    void refusesAPolicyThatCannotRun();
    void gatesAndScorersAgreeOnTheirKinds();
};

void TestQueryRunner::aGoodAnswerIsAccepted()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Paris"_s, -0.1)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"Capital of France?"_s));
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(trace.answer, u"Paris"_s);
    QCOMPARE(trace.answeringModel, u"small"_s);
    QCOMPARE(trace.answeringHop, 0);
    QVERIFY(trace.error.isEmpty());
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck 0.90 > accept\nout"_s);
    QCOMPARE(engine.b->requests().size(), 0);
}

void TestQueryRunner::aRemarkOnTheCallStandsInTheTrace()
{
    test::EngineFixture engine;
    test::Scripted cut = answers(u"Paris"_s, -0.1);
    cut.result.completion.remark = u"the server read 9 of about 900 tokens sent"_s;
    engine.a->script(u"small-id"_s, {cut});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"Capital of France?"_s));
    QCOMPARE(trace.hops.first().why, u"the server read 9 of about 900 tokens sent"_s);
}

void TestQueryRunner::aDoubtfulAnswerEscalates()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Lyon"_s, -2)});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"Capital of France?"_s));
    QCOMPARE(trace.answer, u"Paris"_s);
    QCOMPARE(trace.answeringModel, u"large"_s);
    QCOMPARE(told(trace), u"first small #1 discarded > answer\ncheck 0.14 > escalate\n"
                          "second large #1 > answer\nout"_s);
    QCOMPARE(engine::pathText(trace), u"Query › first › check: 0.14 › second"_s);
}

void TestQueryRunner::everyHopIsComplete()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Lyon"_s, -2)});
    test::Scripted large = answers(u"Paris"_s);
    large.result.completion.servedModel = u"large-id-2026"_s;
    engine.b->script(u"large-id"_s, {large});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QVERIFY(!QUuid::fromString(trace.id).isNull());
    QCOMPARE(trace.policyName, u"Two stages"_s);
    QCOMPARE(trace.policyVersion.size(), 12);
    QCOMPARE(trace.startedAt.timeSpec(), Qt::UTC);
    QCOMPARE(trace.latency, 200ms);
    QCOMPARE(trace.firstToken, std::optional<std::chrono::nanoseconds>(130ms));
    QVERIFY(!trace.simulated);

    const Hop &gate = trace.hops.at(1);
    QCOMPARE(gate.kind, u"gate"_s);
    QCOMPARE(gate.threshold, std::optional(0.5));
    QVERIFY(std::abs(*gate.score - std::exp(-2)) < 1e-12);
    QCOMPARE(gate.why, u"mean log-probability −2.00"_s);

    const Hop &hop = trace.hops.at(2);
    QCOMPARE(hop.node.value, u"second"_s);
    QCOMPARE(hop.kind, u"model"_s);
    QCOMPARE(hop.title, u"second"_s);
    QCOMPARE(hop.askedModel, u"large"_s);
    QCOMPARE(hop.provider, u"b"_s);
    QCOMPARE(hop.chosenModel, u"large-id"_s);
    QCOMPARE(hop.servedModel, u"large-id-2026"_s);
    QCOMPARE(hop.finishReason, u"stop"_s);
    QCOMPARE(hop.requestId, u"request-1"_s);
    QCOMPARE(hop.usage.freshInput, 100);
    QCOMPARE(hop.start, std::chrono::nanoseconds(100ms));
    QCOMPARE(hop.firstToken, std::optional<std::chrono::nanoseconds>(130ms));
    QCOMPARE(hop.end, std::chrono::nanoseconds(200ms));
    QCOMPARE(hop.text, u"Paris"_s);
    QCOMPARE(hop.quote->source, catalog::PriceSource::Override);
}

void TestQueryRunner::costsSumOverAllHops()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Lyon"_s, -2)});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    policy::PolicyDocument document = test::cascade();
    document.models.append(test::model(u"huge"_s, u"b"_s, 100));
    document.baseline = u"huge"_s;
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.hops.at(0).cost, Money::fromNanos(140'000));
    QCOMPARE(trace.hops.at(2).cost, Money::fromNanos(1'400'000));
    QCOMPARE(trace.cost, Money::fromNanos(1'540'000));
    QCOMPARE(trace.baseline, u"huge"_s);
    QCOMPARE(trace.baselineCost, std::optional(Money::fromNanos(14'000'000)));
    QVERIFY(trace.baselineEstimated);
    QCOMPARE(trace.saving(), std::optional(Money::fromNanos(12'460'000)));
}

void TestQueryRunner::theBaselinesOwnAnswerIsNoEstimate()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Lyon"_s, -2)});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QVERIFY(!trace.baselineEstimated);
    QCOMPARE(trace.baselineCost, std::optional(Money::fromNanos(1'400'000)));
    // The rejected attempt was spent on top.
    QCOMPARE(trace.saving(), std::optional(Money::fromNanos(-140'000)));
}

void TestQueryRunner::anUnknownPriceIsCounted()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Paris"_s)});
    policy::PolicyDocument document = test::cascade();
    document.models[1].price.reset();
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.unknownPrices, 1);
    QCOMPARE(trace.hops.at(0).costOrigin, CostOrigin::UnknownPrice);
    QCOMPARE(trace.cost, Money());
}

void TestQueryRunner::tellsTheViewWhatHappens()
{
    test::EngineFixture engine;
    test::Scripted small = answers(u"Lyon"_s, -2);
    small.pieces = {u"Ly"_s, u"on"_s};
    engine.a->script(u"small-id"_s, {small});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QStringList seen;
    QList<Hop> hops;
    for (const RunEvent &event : engine.events) {
        switch (event.kind) {
        case RunEvent::Kind::Begun:
            seen.append(u"begun"_s);
            break;
        case RunEvent::Kind::NodeStarted:
            seen.append(u"at "_s + event.node.value);
            break;
        case RunEvent::Kind::Text:
            seen.append(event.node.value + u" says "_s + event.text);
            break;
        case RunEvent::Kind::HopEnded:
            seen.append(u"left "_s + event.node.value);
            hops.append(event.hop);
            break;
        case RunEvent::Kind::Waiting:
            seen.append(u"waits"_s);
            break;
        }
    }
    const QStringList expected{u"begun"_s,         u"at first"_s,   u"first says Ly"_s,
                               u"first says on"_s, u"left first"_s, u"at check"_s,
                               u"left check"_s,    u"at second"_s,  u"second says Paris"_s,
                               u"left second"_s,   u"at out"_s,     u"left out"_s};
    QCOMPARE(seen, expected);
    // That the first answer is not the one given shows only at the end.
    hops.first().discarded = true;
    QCOMPARE(hops, trace.hops);
}

void TestQueryRunner::sendsTheSystemMessageAndTheParameters()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"4"_s)});
    policy::PolicyDocument document = test::cascade();
    document.nodes[1].config["system"] = "Answer briefly.";
    document.models[1].parameters = {{"temperature", 0.2}, {"stream", false}};
    const policy::Query query = test::query(u"2 + 2?"_s);
    const RunTrace trace = engine.run(document, query);
    const providers::CompletionRequest &request = engine.a->requests().first();
    QCOMPARE(request.model, u"small-id"_s);
    QCOMPARE(request.messages.size(), 2);
    QCOMPARE(request.messages.at(0).role, Message::Role::System);
    QCOMPARE(request.messages.at(0).text, u"Answer briefly."_s);
    QCOMPARE(request.messages.at(1), query.messages.first());
    QCOMPARE(request.parameters, Json({{"temperature", 0.2}}));
    QVERIFY(!request.stream);
    QCOMPARE(trace.query.messages, query.messages);
}

void TestQueryRunner::asksForLogProbabilitiesOnlyWhereAGateNeedsThem()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"4"_s)});
    policy::PolicyDocument document = test::cascade();
    engine.run(document, test::query(u"?"_s));
    QVERIFY(engine.a->requests().last().wantLogProbabilities);
    document.nodes[2].config["scorers"] = Json::array({Json{{"kind", "refusal"}}});
    engine.run(document, test::query(u"?"_s));
    QVERIFY(!engine.a->requests().last().wantLogProbabilities);
}

void TestQueryRunner::missingLogProbabilitiesEscalate()
{
    test::EngineFixture engine;
    test::Scripted small = answers(u"Paris"_s);
    small.result.completion.logProbabilities.clear();
    engine.a->script(u"small-id"_s, {small});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(told(trace), u"first small #1 discarded > answer\ncheck !scorer > escalate\n"
                          "second large #1 > answer\nout"_s);
    QCOMPARE(trace.hops.at(1).why, u"the scorer failed, so the answer was escalated"_s);
    QCOMPARE(trace.hops.at(1).error, u"The model sent no log-probabilities for this answer."_s);
}

void TestQueryRunner::aGateMayAcceptWhenItsScorerFails()
{
    test::EngineFixture engine;
    test::Scripted small = answers(u"Paris"_s);
    small.result.completion.logProbabilities.clear();
    engine.a->script(u"small-id"_s, {small});
    policy::PolicyDocument document = test::cascade();
    document.nodes[2].config["on_scorer_failure"] = "accept";
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.answeringModel, u"small"_s);
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck !scorer > accept\nout"_s);
    QCOMPARE(trace.hops.at(1).why, u"the scorer failed, and the gate accepts then"_s);
}

void TestQueryRunner::routersDecisionsAreHops()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Paris"_s)});
    policy::PolicyDocument document = test::cascade();
    document.nodes.append(test::node(
        u"which"_s, u"split"_s,
        Json::parse(
            R"({"branches": [{"name": "one", "weight": 1}, {"name": "two", "weight": 1e-6}]})")));
    document.wires[0] = test::wire(u"in"_s, u"query"_s, u"which"_s);
    document.wires.append(test::wire(u"which"_s, u"one"_s, u"first"_s));
    document.wires.append(test::wire(u"which"_s, u"two"_s, u"second"_s));
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(told(trace), u"which > one\nfirst small #1 > answer\ncheck 0.90 > accept\nout"_s);
    QVERIFY(!trace.hops.first().why.isEmpty());
    QCOMPARE(trace.hops.first().kind, u"split"_s);
}

void TestQueryRunner::theBestScoredAnswerWins()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Lyon"_s, -1)});
    engine.b->script(u"large-id"_s, {answers(u"Nice"_s, -2)});
    policy::PolicyDocument document = test::cascade();
    document.nodes[4].config["which"] = "best_scored";
    document.nodes.append(test::node(u"again"_s, u"gate"_s, test::logProbabilityAbove(0.5)));
    document.wires.last() = test::wire(u"second"_s, u"answer"_s, u"again"_s);
    document.wires.append(test::wire(u"again"_s, u"accept"_s, u"out"_s));
    document.wires.append(test::wire(u"again"_s, u"escalate"_s, u"out"_s));
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.answer, u"Lyon"_s);
    QCOMPARE(trace.answeringHop, 0);
    QCOMPARE(trace.hops.last().why, u"the best-scored answer"_s);
}

void TestQueryRunner::aCostLimitKeepsACallFromBeingMade()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Lyon"_s, -2)});
    policy::PolicyDocument document = test::cascade();
    for (policy::Model &model : document.models)
        model.parameters["max_tokens"] = 100;
    // Room for the small model, and after it for no more than 860 us-dollars.
    document.limits.maxCost = Money::fromNanos(1'000'000);
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::LimitedAnswer);
    QCOMPARE(trace.answer, u"Lyon"_s);
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck 0.14 > escalate\nsecond !limit"_s);
    QVERIFY(trace.hops.last().error.contains(u"cost limit of $0.001"_s));
    QCOMPARE(engine.b->requests().size(), 0);

    document.limits.onLimit = policy::Limits::OnLimit::Fail;
    const RunTrace failed = engine.run(document, test::query(u"?"_s));
    QCOMPARE(failed.status, RunStatus::Failed);
    QVERIFY(failed.error.contains(u"cost limit of $0.001"_s));
    QVERIFY(failed.answer.isEmpty());
    QCOMPARE(failed.cost, Money::fromNanos(140'000));
    QVERIFY(failed.hops.first().discarded);
}

void TestQueryRunner::aCostLimitWithAnUnknownPriceMakesNoCall()
{
    test::EngineFixture engine;
    policy::PolicyDocument document = test::cascade();
    document.models[1].price.reset();
    document.limits.maxCost = Money::fromNanos(1'000'000'000);
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Failed);
    QCOMPARE(engine.a->requests().size(), 0);
    QVERIFY2(trace.error.contains(u"the price of “small” is not known"_s), qPrintable(trace.error));
}

void TestQueryRunner::aTimeLimitBoundsCallsAndRun()
{
    test::EngineFixture engine;
    test::Scripted slow = answers(u"Lyon"_s, -2);
    slow.takes = 1500ms;
    engine.a->script(u"small-id"_s, {slow});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    policy::PolicyDocument document = test::cascade();
    document.limits.maxLatency = 2s;
    engine.run(document, test::query(u"?"_s));
    QCOMPARE(engine.a->requests().first().deadline,
             std::optional<std::chrono::milliseconds>(2000ms));
    QCOMPARE(engine.b->requests().first().deadline,
             std::optional<std::chrono::milliseconds>(500ms));

    document.limits.maxLatency = 1s;
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::LimitedAnswer);
    QCOMPARE(trace.answer, u"Lyon"_s);
    QCOMPARE(trace.hops.last().error, u"The query's time limit of 1 s was used up."_s);
    QCOMPARE(engine.b->requests().size(), 1);
}

void TestQueryRunner::theNodesTimeoutBoundsEachCall()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Paris"_s)});
    policy::PolicyDocument document = test::cascade();
    document.nodes[1].config["timeout_s"] = 2.5;
    engine.run(document, test::query(u"?"_s));
    QCOMPARE(engine.a->requests().last().deadline,
             std::optional<std::chrono::milliseconds>(2500ms));
    document.nodes[1].config.erase("timeout_s");
    engine.run(document, test::query(u"?"_s));
    QVERIFY(!engine.a->requests().last().deadline);
}

void TestQueryRunner::manyQueriesOverlap()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {answers(u"Lyon"_s, -2)});
    test::Scripted hanging = answers(u"Paris"_s);
    hanging.hangs = true;
    engine.b->script(u"large-id"_s, {hanging});
    const auto policy = engine.prepared(test::cascade());
    std::stop_source stop;
    std::vector<QCoro::Task<RunTrace>> tasks;
    for (int i = 0; i < 200; ++i)
        tasks.push_back(
            engine.runner.run(policy, test::query(u"%1?"_s.arg(i)), stop.get_token(), {}));
    // All of them are on their way at once.
    QCOMPARE(engine.b->requests().size(), 200);
    stop.request_stop();
    QSet<QString> ids;
    for (int i = 0; i < 200; ++i) {
        const RunTrace trace = QCoro::waitFor(tasks[size_t(i)]);
        QCOMPARE(trace.status, RunStatus::Cancelled);
        QCOMPARE(trace.query.prompt(), u"%1?"_s.arg(i));
        ids.insert(trace.id);
    }
    QCOMPARE(ids.size(), 200);
    QCOMPARE(engine.b->closed(), 200);
}

void TestQueryRunner::theVersionFollowsTheDocument()
{
    policy::PolicyDocument document = test::cascade();
    const QString version = test::EngineFixture::prepared(document)->version();
    static const QRegularExpression hex(u"^[0-9a-f]{12}$"_s);
    QVERIFY(hex.match(version).hasMatch());
    QCOMPARE(test::EngineFixture::prepared(document)->version(), version);
    document.nodes[2].config["threshold"] = 0.6;
    QVERIFY(test::EngineFixture::prepared(document)->version() != version);
}

void TestQueryRunner::refusesAPolicyThatCannotRun()
{
    policy::PolicyDocument document = test::cascade();
    document.nodes[2].config["scorers"] =
        Json::parse(R"([{"kind": "format", "format": "json_schema", "schema": {"type": 7}}])");
    const auto prepared = engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                                          scorers::builtinScorers());
    QVERIFY(!prepared);
    QVERIFY2(prepared.error().message.startsWith(u"“check”: The JSON schema"_s),
             qPrintable(prepared.error().message));
}

void TestQueryRunner::gatesAndScorersAgreeOnTheirKinds()
{
    QStringList known = policy::knownScorerKinds();
    known.sort();
    QCOMPARE(scorers::builtinScorers().kinds(), known);
}

QTEST_GUILESS_MAIN(TestQueryRunner)
#include "tst_query_runner.moc"
