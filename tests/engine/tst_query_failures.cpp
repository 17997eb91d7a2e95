#include "tests/engine/engine_fixture.h"

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::RunEvent;
using engine::RunStatus;
using engine::RunTrace;
using providers::Advice;
using providers::FailureClass;
using test::answers;
using test::fails;
using test::told;

namespace {

test::Scripted unavailable()
{
    return fails(FailureClass::Transient, Advice::Retry, 503);
}

// query -> small -> answer, with no error wire.
policy::PolicyDocument lone(int retries)
{
    policy::PolicyDocument document = test::cascade();
    document.nodes = {document.nodes[0], document.nodes[1], document.nodes[4]};
    document.nodes[1].config["retries"] = retries;
    document.wires = {test::wire(u"in"_s, u"query"_s, u"first"_s),
                      test::wire(u"first"_s, u"answer"_s, u"out"_s)};
    return document;
}

} // namespace

class TestQueryFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retriesWithBackOff();
    void waitsAsLongAsTheServerAsks();
    void aBusyModelIsNotWaitedForWhereAnotherIsReady();
    void failsOverAfterItsRetries();
    void failsOverWithoutRetriesOnTheSpot();
    void anAuthenticationFailureIsNotRetried();
    void garbageIsTriedOnceMore();
    void aCutStreamFailsOverAndItsTextIsDiscarded();
    void failedAttemptsAreBooked();
    void stopEndsTheQueryWhateverIsWired_data();
    void stopEndsTheQueryWhateverIsWired();
    void allFailedListsEachAttempt();
    void anUnwiredErrorFails();
    void aMissingProviderFailsOver();
    void noWaitBeyondTheTimeLimit();
    void noRetryBeyondTheCostLimit();
    void anOutageGetsAtMostAFifthMoreCalls();
    void cancelClosesTheCall();
    void cancelEndsAWait();
    void cancelBeforeTheStartCallsNobody();
};

void TestQueryFailures::retriesWithBackOff()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {unavailable(), unavailable(), answers(u"Paris"_s)});
    const RunTrace trace = engine.run(lone(2), test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(told(trace), u"first small #1 !transient\nfirst small #2 waited !transient\n"
                          "first small #3 waited > answer\nout"_s);
    const auto sleeps = engine.clock.sleeps();
    QCOMPARE(sleeps.size(), 2);
    QVERIFY(sleeps[0] >= 375ms && sleeps[0] <= 500ms);
    QVERIFY(sleeps[1] >= 750ms && sleeps[1] <= 1000ms);
    QCOMPARE(trace.hops.at(1).waited, std::chrono::nanoseconds(sleeps[0]));
    QCOMPARE(trace.hops.at(2).waited, std::chrono::nanoseconds(sleeps[1]));
    QCOMPARE(trace.hops.at(2).start, 20ms + sleeps[0] + sleeps[1]);
    QCOMPARE(trace.latency, 120ms + sleeps[0] + sleeps[1]);
    QCOMPARE(trace.hops.at(0).httpStatus, 503);
    QCOMPARE(trace.hops.at(0).error, u"It did not work."_s);
    QVERIFY(trace.hops.at(0).why.startsWith(u"tried again after 0."_s));
    QCOMPARE(trace.answeringHop, 2);
    qsizetype waits = 0;
    for (const RunEvent &event : engine.events)
        waits += event.kind == RunEvent::Kind::Waiting ? 1 : 0;
    QCOMPARE(waits, 2);
}

void TestQueryFailures::waitsAsLongAsTheServerAsks()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s,
                     {fails(FailureClass::Rate, Advice::Retry, 429, 2000ms), answers(u"Paris"_s)});
    const RunTrace trace = engine.run(lone(2), test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(engine.clock.sleeps().size(), 1);
    QVERIFY(engine.clock.sleeps().first() >= 2000ms);
    QVERIFY(engine.clock.sleeps().first() <= 2200ms);
}

void TestQueryFailures::aBusyModelIsNotWaitedForWhereAnotherIsReady()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {fails(FailureClass::Rate, Advice::Retry, 429, 2000ms)});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Answered);
    QVERIFY(engine.clock.sleeps().isEmpty());
    QCOMPARE(told(trace), u"first small #1 !rate > error\nsecond large #1 > answer\nout"_s);
}

void TestQueryFailures::failsOverAfterItsRetries()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {unavailable()});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(trace.answeringModel, u"large"_s);
    QCOMPARE(told(trace),
             u"first small #1 !transient\nfirst small #2 waited !transient\n"
             "first small #3 waited !transient > error\nsecond large #1 > answer\nout"_s);
}

void TestQueryFailures::failsOverWithoutRetriesOnTheSpot()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {unavailable()});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    policy::PolicyDocument document = test::cascade();
    document.nodes[1].config["retries"] = 0;
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(told(trace), u"first small #1 !transient > error\nsecond large #1 > answer\nout"_s);
    QCOMPARE(trace.hops.at(1).start, trace.hops.at(0).end);
}

void TestQueryFailures::anAuthenticationFailureIsNotRetried()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {fails(FailureClass::Auth, Advice::Next, 401)});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(told(trace), u"first small #1 !auth > error\nsecond large #1 > answer\nout"_s);
}

void TestQueryFailures::garbageIsTriedOnceMore()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {fails(FailureClass::Protocol, Advice::Next, 200)});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(told(trace), u"first small #1 !protocol\nfirst small #2 waited !protocol > error\n"
                          "second large #1 > answer\nout"_s);
}

void TestQueryFailures::aCutStreamFailsOverAndItsTextIsDiscarded()
{
    test::EngineFixture engine;
    test::Scripted cut = fails(FailureClass::Truncated, Advice::Retry, 200);
    cut.pieces = {u"Par"_s};
    cut.result.completion.text = u"Par"_s;
    cut.result.completion.usage = {.freshInput = 100, .output = 1, .estimated = true};
    engine.a->script(u"small-id"_s, {cut});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(told(trace), u"first small #1 !truncated discarded > error\n"
                          "second large #1 > answer\nout"_s);
    QCOMPARE(trace.hops.first().text, u"Par"_s);
    QCOMPARE(trace.hops.first().cost, Money::fromNanos(102'000));
    QCOMPARE(trace.hops.first().costOrigin, engine::CostOrigin::EstimatedTokens);
    QCOMPARE(trace.answer, u"Paris"_s);
    QCOMPARE(trace.cost, Money::fromNanos(1'502'000));
}

void TestQueryFailures::failedAttemptsAreBooked()
{
    test::EngineFixture engine;
    test::Scripted paid = unavailable();
    paid.result.completion.usage.freshInput = 100;
    engine.a->script(u"small-id"_s, {paid, paid, answers(u"Paris"_s)});
    const RunTrace trace = engine.run(lone(2), test::query(u"?"_s));
    QCOMPARE(trace.cost, Money::fromNanos(2 * 100'000 + 140'000));
}

void TestQueryFailures::stopEndsTheQueryWhateverIsWired_data()
{
    QTest::addColumn<FailureClass>("failureClass");
    QTest::addColumn<int>("status");
    QTest::newRow("request") << FailureClass::Request << 400;
    QTest::newRow("moderation") << FailureClass::Moderation << 403;
    QTest::newRow("redirect") << FailureClass::Redirect << 302;
}

void TestQueryFailures::stopEndsTheQueryWhateverIsWired()
{
    QFETCH(const FailureClass, failureClass);
    QFETCH(const int, status);
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {fails(failureClass, Advice::Stop, status)});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Failed);
    QCOMPARE(trace.error, u"It did not work."_s);
    QCOMPARE(trace.hops.size(), 1);
    QCOMPARE(trace.hops.first().port, QString());
    QVERIFY(engine.b->requests().isEmpty());
    QVERIFY(engine.clock.sleeps().isEmpty());
}

void TestQueryFailures::allFailedListsEachAttempt()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {fails(FailureClass::Timeout, Advice::Next)});
    engine.b->script(u"large-id"_s, {fails(FailureClass::Auth, Advice::Next, 401)});
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Failed);
    QCOMPARE(trace.error,
             u"No model answered: a small-id (timeout, 10 ms); b large-id (auth, HTTP 401, "
             "10 ms)."_s);
    QCOMPARE(trace.answeringHop, -1);
    QVERIFY(!trace.baselineCost);
    QCOMPARE(told(trace), u"first small #1 !timeout > error\nsecond large #1 !auth"_s);
}

void TestQueryFailures::anUnwiredErrorFails()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {unavailable()});
    const RunTrace trace = engine.run(lone(1), test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Failed);
    QCOMPARE(trace.error, u"No model answered: a small-id (transient, HTTP 503, 10 ms); "
                          "a small-id (transient, HTTP 503, 10 ms)."_s);
}

void TestQueryFailures::aMissingProviderFailsOver()
{
    test::EngineFixture engine;
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    policy::PolicyDocument document = test::cascade();
    document.models[1].provider = u"elsewhere"_s;
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(told(trace),
             u"first small #1 !not_configured > error\nsecond large #1 > answer\nout"_s);
    QCOMPARE(trace.hops.first().error,
             u"The model “small” needs the provider “elsewhere”, which is not configured."_s);
}

void TestQueryFailures::noWaitBeyondTheTimeLimit()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {fails(FailureClass::Rate, Advice::Retry, 429, 5000ms)});
    policy::PolicyDocument document = lone(2);
    document.limits.maxLatency = 4s;
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(trace.status, RunStatus::Failed);
    QVERIFY(engine.clock.sleeps().isEmpty());
    QCOMPARE(trace.latency, std::chrono::nanoseconds(10ms));
}

void TestQueryFailures::noRetryBeyondTheCostLimit()
{
    test::EngineFixture engine;
    test::Scripted paid = unavailable();
    paid.result.completion.usage.freshInput = 100;
    engine.a->script(u"small-id"_s, {paid});
    policy::PolicyDocument document = lone(5);
    document.models[1].parameters["max_tokens"] = 100;
    // One attempt costs 100, and the next could cost over 200 us-dollars.
    document.limits.maxCost = Money::fromNanos(350'000);
    const RunTrace trace = engine.run(document, test::query(u"?"_s));
    QCOMPARE(engine.a->requests().size(), 2);
    QCOMPARE(trace.cost, Money::fromNanos(200'000));
}

void TestQueryFailures::anOutageGetsAtMostAFifthMoreCalls()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {unavailable()});
    engine.b->script(u"large-id"_s, {answers(u"Paris"_s)});
    for (int i = 0; i < 200; ++i)
        QCOMPARE(engine.run(test::cascade(), test::query(u"?"_s)).status, RunStatus::Answered);
    QVERIFY(engine.a->requests().size() <= 240);
}

void TestQueryFailures::cancelClosesTheCall()
{
    test::EngineFixture engine;
    test::Scripted hanging = answers(u"Paris"_s);
    hanging.hangs = true;
    engine.a->script(u"small-id"_s, {hanging});
    std::stop_source stop;
    QTimer::singleShot(0, [&stop] { stop.request_stop(); });
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s), stop.get_token());
    QCOMPARE(trace.status, RunStatus::Cancelled);
    QCOMPARE(trace.error, u"Stopped."_s);
    QCOMPARE(told(trace), u"first small #1 !cancelled"_s);
    QCOMPARE(engine.a->closed(), 1);
    QVERIFY(engine.b->requests().isEmpty());
}

void TestQueryFailures::cancelEndsAWait()
{
    test::EngineFixture engine;
    engine.a->script(u"small-id"_s, {unavailable()});
    std::stop_source stop;
    engine.clock.onSleep = [&stop](std::chrono::milliseconds) { stop.request_stop(); };
    const RunTrace trace = engine.run(lone(2), test::query(u"?"_s), stop.get_token());
    QCOMPARE(trace.status, RunStatus::Cancelled);
    QCOMPARE(told(trace), u"first small #1 !transient"_s);
    QCOMPARE(engine.a->requests().size(), 1);
}

void TestQueryFailures::cancelBeforeTheStartCallsNobody()
{
    test::EngineFixture engine;
    std::stop_source stop;
    stop.request_stop();
    const RunTrace trace = engine.run(test::cascade(), test::query(u"?"_s), stop.get_token());
    QCOMPARE(trace.status, RunStatus::Cancelled);
    QVERIFY(trace.hops.isEmpty());
    QVERIFY(engine.a->requests().isEmpty());
}

QTEST_GUILESS_MAIN(TestQueryFailures)
#include "tst_query_failures.moc"
