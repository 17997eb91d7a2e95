#include "tests/engine/engine_fixture.h"

#include "core/engine/pin_check.h"

#include <QTimer>

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::Hop;
using engine::RunStatus;
using engine::RunTrace;
using providers::Advice;
using providers::FailureClass;
using test::answers;
using test::fails;
using test::told;

namespace {

// What one call of each model costs here: 100 tokens in and 20 out (answers()).
constexpr Money kSmall = Money::fromNanos(140'000);
constexpr Money kLarge = Money::fromNanos(1'400'000);
constexpr Money kJudge = Money::fromNanos(280'000);

test::Scripted verdict(const char *score)
{
    return answers(u"{\"score\": %1, \"reason\": \"So it seems.\"}"_s.arg(QLatin1String(score)));
}

// The cascade with another gate, and a third model, "judge", at the provider "b".
policy::PolicyDocument gatedBy(const Json &scorers, const char *onFailure = "escalate")
{
    policy::PolicyDocument document = test::cascade();
    document.models.append(test::model(u"judge"_s, u"b"_s, 2));
    for (policy::Model &model : document.models)
        model.parameters = {{"max_tokens", 20}};
    document.nodes[2].config = {
        {"scorers", scorers}, {"threshold", 0.6}, {"on_scorer_failure", onFailure}};
    return document;
}

policy::PolicyDocument judged(const char *onFailure = "escalate")
{
    return gatedBy(Json::array({Json{{"kind", "judge"}, {"model", "judge"}}}), onFailure);
}

policy::PolicyDocument sampled(int samples)
{
    return gatedBy(Json::array(
        {Json{{"kind", "self_consistency"}, {"samples", samples}, {"compare", "number"}}}));
}

Money sumOf(const RunTrace &trace)
{
    Money sum;
    for (const Hop &hop : trace.hops)
        sum += hop.cost;
    return sum;
}

struct Bench : test::EngineFixture
{
    Bench()
    {
        a->script(u"small-id"_s, {answers(u"It is 4."_s)});
        b->script(u"large-id"_s, {answers(u"Four."_s)});
        b->script(u"judge-id"_s, {verdict("9")});
    }
    RunTrace ask(const policy::PolicyDocument &document, std::stop_token stop = {})
    {
        return run(document, test::query(u"2 + 2?"_s), std::move(stop));
    }
};

} // namespace

class TestGateQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJudgeAccepts();
    void aJudgeRefuses();
    void proseIsNoVerdict();
    void aJudgeThatFailsEscalatesUnlessTheGateSaysOtherwise_data();
    void aJudgeThatFailsEscalatesUnlessTheGateSaysOtherwise();
    void aRefusedRequestOfAJudgeEndsNothing();
    void theJudgeIsRetriedAndEveryAttemptIsAHop();
    void aHopOfAJudgeIsComplete();
    void theJudgesWordsAreNotShownAsAnAnswer();
    void samplesGoOutTogetherWithParametersOfTheirOwn();
    void samplesThatAgreeAccept();
    void agreementAsksTheOtherModelAsTheNodeWrapsIt();
    void mixedScorersAskOnlyWhatTheyNeed();
    void costsSumToTheNanoDollar();
    void theCostLimitKeepsTheJudgeFromBeingAsked();
    void samplesTogetherStayWithinTheCostLimit();
    void aJudgeOfUnknownPriceIsNotAskedUnderACostLimit();
    void theSharedBudgetMayRunOutInTheMiddle();
    void theTimeLimitBoundsTheJudge();
    void cancelStopsEveryRequest();
    void aBreakerKeepsADeadJudgeFromBeingAsked();
    void theQuerysOwnModelsAreNotBlamedForTheJudge();
    void aPinKeepsTheScoreAndNotTheJudgesCall();
};

void TestGateQuestions::aJudgeAccepts()
{
    Bench bench;
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck judge #1\ncheck 0.90 > accept\nout"_s);
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(trace.answer, u"It is 4."_s);
    QCOMPARE(trace.answeringModel, u"small"_s);
    QVERIFY2(trace.hops[2].why.contains("So it seems."_L1), qPrintable(trace.hops[2].why));
    QCOMPARE(engine::pathText(trace), u"Query › first › check: 0.90"_s);
}

void TestGateQuestions::aJudgeRefuses()
{
    Bench bench;
    bench.b->script(u"judge-id"_s, {verdict("2")});
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(told(trace), u"first small #1 discarded > answer\ncheck judge #1\n"
                          "check 0.20 > escalate\nsecond large #1 > answer\nout"_s);
    QCOMPARE(trace.answer, u"Four."_s);
}

void TestGateQuestions::proseIsNoVerdict()
{
    Bench bench;
    bench.b->script(u"judge-id"_s, {answers(u"I would give it 9 out of 10."_s)});
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(told(trace), u"first small #1 discarded > answer\ncheck judge #1\n"
                          "check !scorer > escalate\nsecond large #1 > answer\nout"_s);
    QVERIFY2(trace.hops[2].error.contains("no JSON object"_L1), qPrintable(trace.hops[2].error));
    QVERIFY(trace.hops[2].why.contains("escalated"_L1));
}

void TestGateQuestions::aJudgeThatFailsEscalatesUnlessTheGateSaysOtherwise_data()
{
    QTest::addColumn<QByteArray>("onFailure");
    QTest::addColumn<QString>("port");
    QTest::addColumn<QString>("answer");
    QTest::newRow("escalates") << QByteArray("escalate") << u"escalate"_s << u"Four."_s;
    QTest::newRow("accepts") << QByteArray("accept") << u"accept"_s << u"It is 4."_s;
}

void TestGateQuestions::aJudgeThatFailsEscalatesUnlessTheGateSaysOtherwise()
{
    QFETCH(const QByteArray, onFailure);
    QFETCH(const QString, port);
    QFETCH(const QString, answer);
    Bench bench;
    bench.b->script(u"judge-id"_s, {fails(FailureClass::NotFound, Advice::Next, 404)});
    const RunTrace trace = bench.ask(judged(onFailure.constData()));
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(trace.answer, answer);
    const Hop &call = trace.hops[1];
    QCOMPARE(call.failureClass, providers::failureClassName(FailureClass::NotFound));
    QCOMPARE(call.httpStatus, 404);
    const Hop &gate = trace.hops[2];
    QCOMPARE(gate.port, port);
    QCOMPARE(gate.failureClass, u"scorer"_s);
    QVERIFY2(gate.error.contains("judge"_L1) && gate.error.contains("It did not work."_L1),
             qPrintable(gate.error));
    QVERIFY2(gate.why.contains("scorer failed"_L1), qPrintable(gate.why));
}

// A request of a query's own that is refused ends the query; a judge's does not.
void TestGateQuestions::aRefusedRequestOfAJudgeEndsNothing()
{
    Bench bench;
    bench.b->script(u"judge-id"_s, {fails(FailureClass::Request, Advice::Stop, 400)});
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(trace.answer, u"Four."_s);
}

void TestGateQuestions::theJudgeIsRetriedAndEveryAttemptIsAHop()
{
    Bench bench;
    bench.b->script(u"judge-id"_s,
                    {fails(FailureClass::Transient, Advice::Retry, 503), verdict("9")});
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck judge #1 !transient\n"
                          "check judge #2 waited\ncheck 0.90 > accept\nout"_s);
    QVERIFY(trace.hops[2].waited > 300ms);
}

void TestGateQuestions::aHopOfAJudgeIsComplete()
{
    Bench bench;
    const RunTrace trace = bench.ask(judged());
    const Hop &call = trace.hops[1];
    QCOMPARE(call.node.value, u"check"_s);
    QCOMPARE(call.kind, QString(engine::kJudgeCall));
    QCOMPARE(call.title, u"check"_s);
    QCOMPARE(call.askedModel, u"judge"_s);
    QCOMPARE(call.provider, u"b"_s);
    QCOMPARE(call.chosenModel, u"judge-id"_s);
    QVERIFY(!call.fallback);
    QVERIFY(!call.discarded);
    QVERIFY(!call.asksForAnswer());
    QCOMPARE(call.cost, kJudge);
    QCOMPARE(call.costOrigin, engine::CostOrigin::Exact);
    QCOMPARE(call.usage.input(), 100);
    QCOMPARE(call.end - call.start, 100ms);
    QCOMPARE(call.start, 100ms);
    QVERIFY(call.firstToken);
    QVERIFY(call.text.contains("So it seems."_L1));
    QVERIFY(call.port.isEmpty());
    QCOMPARE(trace.latency, 200ms);
    QVERIFY(!trace.hops[0].discarded);
}

void TestGateQuestions::theJudgesWordsAreNotShownAsAnAnswer()
{
    Bench bench;
    const RunTrace trace = bench.ask(judged());
    QStringList shown;
    QStringList ended;
    for (const engine::RunEvent &event : std::as_const(bench.events)) {
        if (event.kind == engine::RunEvent::Kind::Text)
            shown.append(event.text);
        if (event.kind == engine::RunEvent::Kind::HopEnded)
            ended.append(event.hop.kind);
    }
    QCOMPARE(shown, QStringList{u"It is 4."_s});
    QCOMPARE(ended, (QStringList{u"model"_s, u"judge"_s, u"gate"_s, u"answer"_s}));
}

void TestGateQuestions::samplesGoOutTogetherWithParametersOfTheirOwn()
{
    Bench bench;
    policy::PolicyDocument document = sampled(3);
    document.models[1].parameters = {{"max_tokens", 20}, {"seed", 5}, {"top_p", 0.9}};
    document.nodes[1].config["system"] = "Be brief.";
    const RunTrace trace = bench.ask(document);
    QCOMPARE(trace.status, RunStatus::Answered);
    const auto &requests = bench.a->requests();
    QCOMPARE(requests.size(), 4);
    QSet<quint64> seeds;
    for (qsizetype i = 1; i < requests.size(); ++i) {
        QCOMPARE(requests[i].messages, requests[0].messages);
        QCOMPARE(requests[i].messages.first().text, u"Be brief."_s);
        QCOMPARE(requests[i].parameters["temperature"], Json(0.7));
        QCOMPARE(requests[i].parameters["top_p"], Json(0.9));
        QCOMPARE(requests[i].parameters["max_tokens"], Json(20));
        seeds.insert(requests[i].parameters["seed"].get<quint64>());
        QVERIFY(!requests[i].wantLogProbabilities);
    }
    QCOMPARE(seeds.size(), 3);
}

void TestGateQuestions::samplesThatAgreeAccept()
{
    Bench bench;
    bench.a->script(u"small-id"_s,
                    {answers(u"It is 4."_s), answers(u"4"_s), answers(u"5"_s), answers(u"So 4"_s)});
    const RunTrace trace = bench.ask(sampled(3));
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck small #1\ncheck small #1\n"
                          "check small #1\ncheck 0.67 > accept\nout"_s);
    QCOMPARE(trace.answeringHop, 0);
    QCOMPARE(trace.cost, Money::fromNanos(4 * kSmall.nanos()));
}

void TestGateQuestions::agreementAsksTheOtherModelAsTheNodeWrapsIt()
{
    Bench bench;
    bench.b->script(u"large-id"_s, {answers(u"4"_s)});
    policy::PolicyDocument document = gatedBy(
        Json::array({Json{{"kind", "agreement"}, {"model", "large"}, {"compare", "number"}}}));
    document.nodes[1].config["system"] = "Be brief.";
    const RunTrace trace = bench.ask(document);
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck large #1\ncheck 1.00 > accept\nout"_s);
    QCOMPARE(bench.b->requests().first().messages, bench.a->requests().first().messages);
}

void TestGateQuestions::mixedScorersAskOnlyWhatTheyNeed()
{
    Bench bench;
    bench.b->script(u"judge-id"_s, {verdict("4")});
    const RunTrace trace = bench.ask(gatedBy(
        Json::array({Json{{"kind", "truncation"}}, Json{{"kind", "judge"}, {"model", "judge"}}})));
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck judge #1\ncheck 0.70 > accept\nout"_s);
}

void TestGateQuestions::costsSumToTheNanoDollar()
{
    Bench bench;
    bench.b->script(u"judge-id"_s,
                    {fails(FailureClass::Transient, Advice::Retry, 503), verdict("1")});
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(trace.cost, kSmall + kJudge + kLarge);
    QCOMPARE(trace.cost, sumOf(trace));
    QCOMPARE(bench.runner.traffic().budget.spent(), trace.cost);
    QCOMPARE(bench.runner.traffic().budget.reserved(), Money());
    QCOMPARE(*trace.baselineCost, kLarge);
    QCOMPARE(*trace.saving(), kLarge - trace.cost);
}

// The judge's prompt is longer than what it answers in the script; the bound goes by its prompt.
void TestGateQuestions::theCostLimitKeepsTheJudgeFromBeingAsked()
{
    for (const bool best : {true, false}) {
        Bench bench;
        policy::PolicyDocument document = judged();
        document.limits.maxCost = kSmall + Money::fromNanos(100'000);
        document.limits.onLimit =
            best ? policy::Limits::OnLimit::BestSoFar : policy::Limits::OnLimit::Fail;
        const RunTrace trace = bench.ask(document);
        QCOMPARE(bench.b->requests().size(), 0);
        QCOMPARE(trace.status, best ? RunStatus::LimitedAnswer : RunStatus::Failed);
        QCOMPARE(trace.cost, kSmall);
        const Hop &limit = trace.hops.last();
        QCOMPARE(limit.node.value, u"check"_s);
        QCOMPARE(limit.failureClass, u"limit"_s);
        QVERIFY2(limit.error.contains("check"_L1), qPrintable(limit.error));
        if (best)
            QCOMPARE(trace.answer, u"It is 4."_s);
        else
            QCOMPARE(trace.error, limit.error);
    }
}

void TestGateQuestions::samplesTogetherStayWithinTheCostLimit()
{
    // Every sample fails and may be tried again, as long as money is left.
    const auto tried = [](qint64 nanos) {
        Bench bench;
        test::Scripted failing = fails(FailureClass::Transient, Advice::Retry, 503);
        failing.result.completion.usage = answers({}).result.completion.usage;
        bench.a->script(u"small-id"_s, {answers(u"It is 4."_s), failing});
        policy::PolicyDocument document = sampled(3);
        document.nodes[1].config["system"] = "x";
        document.limits.maxCost = Money::fromNanos(nanos);
        const RunTrace trace = bench.ask(document);
        if (trace.cost > *document.limits.maxCost)
            qFatal("the limit was passed");
        if (trace.cost != sumOf(trace))
            qFatal("the sum is another");
        return bench.a->requests().size() - 1;
    };
    QCOMPARE(tried(kSmall.nanos() + 100'000), 0);
    const auto some = tried(4 * kSmall.nanos());
    QCOMPARE(some, 3); // what is left beyond the worst cases is too little for a second try
    QVERIFY(tried(100 * kSmall.nanos()) > some);
}

void TestGateQuestions::aJudgeOfUnknownPriceIsNotAskedUnderACostLimit()
{
    Bench bench;
    policy::PolicyDocument document = judged();
    document.models.last().price.reset();
    document.limits.maxCost = Money::fromNanos(1'000'000'000);
    const RunTrace trace = bench.ask(document);
    QCOMPARE(trace.status, RunStatus::LimitedAnswer);
    QVERIFY2(trace.hops.last().error.contains(u"price of “judge”"_s),
             qPrintable(trace.hops.last().error));
    QCOMPARE(bench.b->requests().size(), 0);
}

void TestGateQuestions::theSharedBudgetMayRunOutInTheMiddle()
{
    Bench bench;
    bench.runner.traffic().budget.setAmount(kSmall + Money::fromNanos(100'000));
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(trace.status, RunStatus::LimitedAnswer);
    QCOMPARE(trace.answer, u"It is 4."_s);
    QVERIFY2(trace.hops.last().error.contains("budget of all queries"_L1),
             qPrintable(trace.hops.last().error));
    QCOMPARE(bench.runner.traffic().budget.reserved(), Money());
}

void TestGateQuestions::theTimeLimitBoundsTheJudge()
{
    Bench bench;
    policy::PolicyDocument document = judged();
    document.limits.maxLatency = 150ms;
    bench.b->script(u"judge-id"_s, {verdict("9")});
    const RunTrace trace = bench.ask(document);
    QCOMPARE(trace.status, RunStatus::Answered); // it came late and accepts all the same
    const auto deadline = bench.b->requests().first().deadline;
    QVERIFY(deadline);
    QCOMPARE(*deadline, 50ms);

    Bench late;
    test::Scripted slow = answers(u"It is 4."_s);
    slow.takes = 151ms;
    late.a->script(u"small-id"_s, {slow});
    const RunTrace none = late.ask(document);
    QCOMPARE(late.b->requests().size(), 0);
    QCOMPARE(none.status, RunStatus::LimitedAnswer);
    QCOMPARE(none.answer, u"It is 4."_s);
    QVERIFY(none.hops[1].error.contains("was not asked"_L1));
}

void TestGateQuestions::cancelStopsEveryRequest()
{
    Bench bench;
    test::Scripted hanging = answers(u"4"_s);
    hanging.hangs = true;
    bench.a->script(u"small-id"_s, {answers(u"It is 4."_s), hanging});
    std::stop_source stop;
    QTimer::singleShot(20, [&stop] { stop.request_stop(); });
    const RunTrace trace = bench.ask(sampled(4), stop.get_token());
    QCOMPARE(trace.status, RunStatus::Cancelled);
    QCOMPARE(bench.a->requests().size(), 5);
    QCOMPARE(bench.a->closed(), 4);
    QCOMPARE(bench.b->requests().size(), 0);
    QCOMPARE(trace.cost, sumOf(trace));
}

void TestGateQuestions::aBreakerKeepsADeadJudgeFromBeingAsked()
{
    Bench bench;
    bench.b->script(u"judge-id"_s, {fails(FailureClass::Transport, Advice::Next)});
    int asked = 0;
    for (int i = 0; i < 40; ++i)
        asked += told(bench.ask(judged("accept"))).contains("!transport"_L1) ? 1 : 0;
    QVERIFY2(asked < 20, qPrintable(QString::number(asked)));
    const RunTrace trace = bench.ask(judged("accept"));
    QCOMPARE(trace.hops[1].failureClass, u"resting"_s);
    QCOMPARE(trace.hops[1].kind, QString(engine::kJudgeCall));
    QCOMPARE(trace.answer, u"It is 4."_s);
}

void TestGateQuestions::theQuerysOwnModelsAreNotBlamedForTheJudge()
{
    Bench bench;
    bench.b->script(u"judge-id"_s, {fails(FailureClass::NotFound, Advice::Next, 404)});
    bench.b->script(u"large-id"_s, {fails(FailureClass::Permission, Advice::Next, 403)});
    const RunTrace trace = bench.ask(judged());
    QCOMPARE(trace.status, RunStatus::Failed);
    QVERIFY2(trace.error.contains("large"_L1), qPrintable(trace.error));
    QVERIFY2(!trace.error.contains("judge"_L1), qPrintable(trace.error));
}

void TestGateQuestions::aPinKeepsTheScoreAndNotTheJudgesCall()
{
    Bench bench;
    policy::PolicyDocument document = judged();
    const RunTrace trace = bench.ask(document);
    const auto pin = engine::makePin(trace, document, u"p1"_s, u"2 + 2?"_s);
    QVERIFY(pin);
    QCOMPARE(pin->calls.size(), 1);
    QCOMPARE(pin->scores.size(), 1);
    QCOMPARE(pin->scores[0].score, std::optional(0.9));
    QCOMPARE(pin->scores[0].model, u"small"_s);
    QCOMPARE(pin->scores[0].cost, kJudge);
    QCOMPARE(pin->scores[0].duration, 100ms);
    document.pins = {*pin};
    const auto outcomes =
        engine::checkPins(document, routers::builtinRouters(), bench.catalog, QDate(2026, 11, 25));
    QCOMPARE(outcomes.size(), 1);
    QVERIFY2(outcomes[0].state == engine::PinOutcome::State::Holds,
             qPrintable(outcomes[0].sentence));
}

QTEST_GUILESS_MAIN(TestGateQuestions)
#include "tst_gate_questions.moc"
