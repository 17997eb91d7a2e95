#include "tests/engine/group_fixture.h"

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::RunEvent;
using engine::RunStatus;
using engine::RunTrace;
using test::answers;
using test::down;
using test::Group;
using test::grouped;
using test::kLarge;
using test::kSmall;
using test::told;

namespace {

// A group of small and large with a hedge after the 95th percentile of ten answers of 100 ms.
struct HedgedGroup : Group
{
    HedgedGroup()
    {
        std::vector<engine::CallSample> samples(10);
        for (engine::CallSample &sample : samples)
            sample = {true, 100ms, {}, 20};
        runner.traffic().deployments.seed(kSmall, samples);
        test::Scripted hanging = answers(u"never"_s);
        hanging.hangs = true;
        a->script(u"small-id"_s, {hanging});
    }

    static policy::PolicyDocument policy(const Json &config = {{"fallbacks", {"large"}}})
    {
        policy::PolicyDocument document = grouped(config);
        document.nodes[1].config["hedge_after_percentile"] = 95;
        return document;
    }
};

} // namespace

class TestHedgedRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSlowRequestIsHedgedAtTheNextModel();
    void theFirstGoodAnswerWins();
    void aHedgeWithoutAnotherModelGoesToTheSame();
    void noHedgeWithoutMeasurements();
    void noHedgeWhereItIsOff();
    void noHedgeBeyondTheCostLimit();
    void stoppingEndsBothRequests();
};

void TestHedgedRequests::aSlowRequestIsHedgedAtTheNextModel()
{
    HedgedGroup engine;
    const RunTrace trace = engine.ask(HedgedGroup::policy());
    QCOMPARE(told(trace), u"first small #1 !cancelled\nfirst large #2 > answer\nout"_s);
    QCOMPARE(trace.answer, u"large"_s);
    QCOMPARE(engine.clock.sleeps(), QList<std::chrono::milliseconds>{100ms});
    QCOMPARE(engine.a->closed(), 1); // nothing is left running
    QVERIFY(trace.hops.at(0).hedge && trace.hops.at(1).hedge);
    QCOMPARE(trace.hops.at(0).why, u"another request answered first"_s);
    QCOMPARE(trace.hops.at(1).why, u"the first request took longer than usual"_s);
    // The prompt of the slower one may be billed, too: what it cost is an estimate.
    QCOMPARE(trace.hops.at(0).costOrigin, engine::CostOrigin::EstimatedTokens);
    QVERIFY(trace.hops.at(0).cost > Money());
    QCOMPARE(trace.cost, trace.hops.at(0).cost + trace.hops.at(1).cost);
    // Being slow once is no failure.
    QCOMPARE(engine.health(kSmall).failuresInARow, 0);
    QCOMPARE(pathText(trace), u"Query › first (large)"_s);
}

void TestHedgedRequests::theFirstGoodAnswerWins()
{
    HedgedGroup engine;
    engine.b->script(u"large-id"_s, {down()});
    // The hedge fails; the first one answers after all.
    test::Scripted late = answers(u"late"_s);
    late.hangs = true;
    late.hangsFor = 30ms;
    engine.a->script(u"small-id"_s, {late});
    const RunTrace trace = engine.ask(HedgedGroup::policy());
    QCOMPARE(told(trace), u"first large #2 !transient\nfirst small #1 > answer\nout"_s);
    QCOMPARE(trace.answer, u"late"_s);
    QVERIFY(trace.hops.at(0).hedge && trace.hops.at(1).hedge);
}

void TestHedgedRequests::aHedgeWithoutAnotherModelGoesToTheSame()
{
    HedgedGroup engine;
    test::Scripted hanging = answers(u"never"_s);
    hanging.hangs = true;
    engine.a->script(u"small-id"_s, {hanging, answers(u"second try"_s)});
    const RunTrace trace = engine.ask(HedgedGroup::policy({{"fallbacks", Json::array()}}));
    QCOMPARE(told(trace), u"first small #1 !cancelled\nfirst small #2 > answer\nout"_s);
    QCOMPARE(trace.answer, u"second try"_s);
}

void TestHedgedRequests::noHedgeWithoutMeasurements()
{
    Group engine;
    engine.ask(HedgedGroup::policy());
    QVERIFY(engine.clock.sleeps().isEmpty());
    QVERIFY(engine.b->requests().isEmpty());
}

void TestHedgedRequests::noHedgeWhereItIsOff()
{
    HedgedGroup engine;
    engine.a->script(u"small-id"_s, {answers(u"in its time"_s)});
    const RunTrace trace = engine.ask(grouped());
    QCOMPARE(trace.answer, u"in its time"_s);
    QVERIFY(!trace.hops.first().hedge);
    QVERIFY(engine.clock.sleeps().isEmpty());
}

void TestHedgedRequests::noHedgeBeyondTheCostLimit()
{
    HedgedGroup engine;
    test::Scripted late = answers(u"late"_s);
    late.hangs = true;
    late.hangsFor = 30ms;
    engine.a->script(u"small-id"_s, {late});
    policy::PolicyDocument document = HedgedGroup::policy();
    for (policy::Model &model : document.models)
        model.parameters["max_tokens"] = 100;
    document.limits.maxCost = Money::fromNanos(2'100'000); // of either, not of both
    const RunTrace trace = engine.ask(document);
    QCOMPARE(told(trace), u"first small #1 > answer\nout"_s);
    QVERIFY(engine.b->requests().isEmpty());
}

void TestHedgedRequests::stoppingEndsBothRequests()
{
    HedgedGroup engine;
    test::Scripted hanging = answers(u"never"_s);
    hanging.hangs = true;
    engine.b->script(u"large-id"_s, {hanging});
    std::stop_source stop;
    QTimer::singleShot(0, [&stop] { stop.request_stop(); });
    const RunTrace trace = engine.run(HedgedGroup::policy(), test::query(u"?"_s), stop.get_token());
    QCOMPARE(trace.status, RunStatus::Cancelled);
    QCOMPARE(engine.a->closed(), 1);
    QCOMPARE(engine.b->closed(), 1);
}

QTEST_GUILESS_MAIN(TestHedgedRequests)
#include "tst_hedged_requests.moc"
