#include "core/engine/pin_check.h"
#include "tests/engine/group_fixture.h"

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::CircuitBreaker;
using engine::Deployment;
using engine::DeploymentHealth;
using engine::RunEvent;
using engine::RunStatus;
using engine::RunTrace;
using providers::Advice;
using providers::FailureClass;
using test::answers;
using test::down;
using test::fails;
using test::Group;
using test::grouped;
using test::kLarge;
using test::kSmall;
using test::refused;
using test::told;

class TestFailoverGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstAnswersWhereItCan();
    void eachFailureGoesToTheNext();
    void retriesComeBeforeTheNextModel();
    void aRefusedConnectionIsNotTriedTwiceWhereAnotherIsReady();
    void allFailedTakesTheErrorPort();
    void theAnsweringModelIsPricedAndNamed();
    void anOpenBreakerIsSkippedUntilItsProbe();
    void theLastUsableModelNeverRests();
    void everythingRestingIsTriedAllTheSame();
    void aCoolingModelIsSkippedAndComesBack();
    void aLongRetryAfterIsNotWaitedFor();
    void withoutAnotherModelACoolingOneIsWaitedFor();
    void noCreditIsHeldUntilTheUserActs();
    void aNewEndpointIsTriedAtOnce();
    void byWeightTheDrawnModelGoesFirst();
    void theFastestGoesFirst();
    void theCheapestGoesFirst();
    void aTurnOfAnotherModelIsTakenRatherThanWaitedFor();
    void theWaitForATurnShows();
    void aTurnBeyondTheTimeLimitIsNotWaitedFor();
    void theServersWordIsKept();
    void aFallbackThatIsTooDearIsLeftOut();
    void parallelQueriesShareOneBudget();
    void anOutOfMoneyQueryGivesTheBestSoFar();
    void aPinHoldsWhereAFallbackAnswered();
    void healthIsToldToTheView();
};

void TestFailoverGroups::theFirstAnswersWhereItCan()
{
    Group engine;
    const RunTrace trace = engine.ask();
    QCOMPARE(told(trace), u"first small #1 > answer\nout"_s);
    QVERIFY(engine.b->requests().isEmpty());
    QCOMPARE(pathText(trace), u"Query › first"_s);
}

void TestFailoverGroups::eachFailureGoesToTheNext()
{
    Group engine;
    engine.a->script(u"small-id"_s, {down()});
    engine.b->script(u"large-id"_s, {fails(FailureClass::Timeout, Advice::Next)});
    const RunTrace trace = engine.ask();
    QCOMPARE(told(trace), u"first small #1 !transient\nfirst large #2 !timeout\n"
                          "first spare #3 > answer\nout"_s);
    QVERIFY(engine.clock.sleeps().isEmpty());
    QCOMPARE(trace.hops.at(1).start, trace.hops.at(0).end);
    QVERIFY(!trace.hops.at(0).fallback);
    QVERIFY(trace.hops.at(1).fallback && trace.hops.at(2).fallback);
    QCOMPARE(trace.answer, u"spare"_s);
    QCOMPARE(pathText(trace), u"Query › first (spare)"_s);
}

void TestFailoverGroups::retriesComeBeforeTheNextModel()
{
    Group engine;
    engine.a->script(u"small-id"_s, {down(), down(), answers(u"late"_s)});
    const RunTrace trace = engine.ask(grouped({{"retries", 1}}));
    QCOMPARE(told(trace), u"first small #1 !transient\nfirst small #2 waited !transient\n"
                          "first large #3 > answer\nout"_s);
}

void TestFailoverGroups::aRefusedConnectionIsNotTriedTwiceWhereAnotherIsReady()
{
    Group engine;
    engine.a->script(u"small-id"_s, {refused()});
    const RunTrace trace = engine.ask(grouped({{"retries", 2}}));
    QCOMPARE(told(trace), u"first small #1 !transport\nfirst large #2 > answer\nout"_s);
    QCOMPARE(engine.health(kSmall).failuresInARow, 1);
}

void TestFailoverGroups::allFailedTakesTheErrorPort()
{
    Group engine;
    engine.a->script(u"small-id"_s, {refused()});
    engine.b->script(u"large-id"_s, {down()});
    engine.b->script(u"spare-id"_s, {fails(FailureClass::Auth, Advice::Next, 401)});
    engine.a->script(u"last-id"_s, {answers(u"last"_s)});
    policy::PolicyDocument document = grouped();
    document.models.insert(1, test::model(u"last"_s, u"a"_s, 1));
    document.nodes.append(test::node(u"second"_s, u"model"_s, test::callOf(u"last"_s, 0)));
    document.wires += {test::wire(u"first"_s, u"error"_s, u"second"_s),
                       test::wire(u"second"_s, u"answer"_s, u"out"_s)};
    QCOMPARE(told(engine.ask(document)),
             u"first small #1 !transport\nfirst large #2 !transient\nfirst spare #3 !auth > error\n"
             "second last #1 > answer\nout"_s);
    engine.a->script(u"last-id"_s, {down()});
    const RunTrace failed = engine.ask(document);
    QCOMPARE(failed.error,
             u"No model answered: a small-id (transport, 10 ms); b large-id (transient, HTTP 503, "
             "10 ms); a last-id (transient, HTTP 503, 10 ms)."_s);
}

void TestFailoverGroups::theAnsweringModelIsPricedAndNamed()
{
    Group engine;
    engine.a->script(u"small-id"_s, {down()});
    const RunTrace trace = engine.ask();
    QCOMPARE(trace.answeringModel, u"large"_s);
    QCOMPARE(trace.cost, Money::fromNanos(1'400'000));
    QCOMPARE(trace.baseline, u"large"_s);
    QCOMPARE(trace.baselineCost, std::optional(trace.cost)); // the baseline itself answered
    QVERIFY(!trace.baselineEstimated);
    QCOMPARE(engine.b->requests().first().model, u"large-id"_s);
}

void TestFailoverGroups::anOpenBreakerIsSkippedUntilItsProbe()
{
    Group engine;
    engine.a->script(u"small-id"_s, {down(), down(), down(), down(), down(), answers(u"back"_s)});
    for (int query = 0; query < 5; ++query)
        QCOMPARE(engine.ask().answer, u"large"_s);
    QCOMPARE(engine.health(kSmall).breaker, CircuitBreaker::State::Open);
    QCOMPARE(engine.health(kSmall).rest, 10s - 100ms); // the fifth query took that long since
    const RunTrace skipped = engine.ask();
    QCOMPARE(told(skipped), u"first large #1 > answer\nout"_s);
    QCOMPARE(skipped.hops.first().why, u"“small” is left alone for now"_s);
    QCOMPARE(engine.a->requests().size(), 5);
    engine.clock.advance(10s);
    QCOMPARE(engine.ask().answer, u"back"_s);
    QCOMPARE(engine.health(kSmall).breaker, CircuitBreaker::State::Closed);
}

void TestFailoverGroups::theLastUsableModelNeverRests()
{
    Group engine;
    engine.a->script(u"small-id"_s, {refused()});
    engine.b->script(u"large-id"_s, {down()});
    engine.b->script(u"spare-id"_s, {down()});
    for (int query = 0; query < 20; ++query)
        QCOMPARE(engine.ask().status, RunStatus::Failed);
    int closed = 0;
    for (const DeploymentHealth &health : engine.runner.traffic().deployments.all())
        closed += health.breaker == CircuitBreaker::State::Closed ? 1 : 0;
    QCOMPARE(closed, 1);
    engine.b->script(u"spare-id"_s, {answers(u"spare"_s)});
    QCOMPARE(engine.ask().answer, u"spare"_s);
}

void TestFailoverGroups::everythingRestingIsTriedAllTheSame()
{
    Group engine;
    engine.b->script(u"spare-id"_s, {down()});
    engine.b->script(u"large-id"_s, {down()});
    engine.a->script(u"small-id"_s, {down()});
    for (int query = 0; query < 20; ++query)
        engine.ask();
    // The first two rest, and the third fails now, though one of the first is back already.
    engine.b->script(u"large-id"_s, {answers(u"large"_s)});
    const RunTrace trace = engine.ask();
    QCOMPARE(trace.status, RunStatus::Answered);
    QCOMPARE(trace.answer, u"large"_s);
}

void TestFailoverGroups::aCoolingModelIsSkippedAndComesBack()
{
    Group engine;
    engine.a->script(u"small-id"_s,
                     {fails(FailureClass::Rate, Advice::Retry, 429, 2000ms), answers(u"back"_s)});
    QCOMPARE(told(engine.ask(grouped({{"retries", 2}}))),
             u"first small #1 !rate\nfirst large #2 > answer\nout"_s);
    QVERIFY(engine.clock.sleeps().isEmpty());
    QCOMPARE(engine.health(kSmall).rest, 1900ms);
    QCOMPARE(told(engine.ask()), u"first large #1 > answer\nout"_s);
    engine.clock.advance(2s);
    QCOMPARE(engine.ask().answer, u"back"_s);
    // Being busy is no failure of the deployment.
    QCOMPARE(engine.health(kSmall).failuresInARow, 0);
}

void TestFailoverGroups::aLongRetryAfterIsNotWaitedFor()
{
    Group engine;
    engine.a->script(u"small-id"_s, {fails(FailureClass::Rate, Advice::Next, 429, 600s)});
    policy::PolicyDocument document = grouped({{"fallbacks", Json::array()}, {"retries", 3}});
    const RunTrace trace = engine.ask(document);
    QCOMPARE(told(trace), u"first small #1 !rate"_s);
    QVERIFY(engine.clock.sleeps().isEmpty());
    QCOMPARE(engine.health(kSmall).rest, 600s);
    QCOMPARE(told(engine.ask(grouped())), u"first large #1 > answer\nout"_s);
}

void TestFailoverGroups::withoutAnotherModelACoolingOneIsWaitedFor()
{
    Group engine;
    engine.a->script(u"small-id"_s,
                     {fails(FailureClass::Rate, Advice::Next, 429, 3000ms), answers(u"back"_s)});
    const policy::PolicyDocument lone = grouped({{"fallbacks", Json::array()}});
    engine.ask(lone);
    const RunTrace trace = engine.ask(lone);
    QCOMPARE(told(trace), u"first small #1 waited > answer\nout"_s);
    QCOMPARE(engine.clock.sleeps(), QList<std::chrono::milliseconds>{3000ms});
    QCOMPARE(trace.hops.first().waited, std::chrono::nanoseconds(3000ms));
}

void TestFailoverGroups::noCreditIsHeldUntilTheUserActs()
{
    Group engine;
    engine.a->script(u"small-id"_s,
                     {fails(FailureClass::Credit, Advice::Next, 402), answers(u"paid"_s)});
    engine.ask();
    QCOMPARE(engine.health(kSmall).flag, DeploymentHealth::Flag::NeedsCredit);
    engine.clock.advance(24h);
    QCOMPARE(told(engine.ask()), u"first large #1 > answer\nout"_s);
    engine.runner.traffic().deployments.release(u"a"_s);
    QCOMPARE(engine.ask().answer, u"paid"_s);
    QCOMPARE(engine.health(kSmall).flag, DeploymentHealth::Flag::None);
}

void TestFailoverGroups::aNewEndpointIsTriedAtOnce()
{
    Group engine;
    engine.a->script(u"small-id"_s, {fails(FailureClass::Auth, Advice::Next, 401)});
    engine.ask();
    QCOMPARE(engine.health(kSmall).flag, DeploymentHealth::Flag::NeedsKey);
    QCOMPARE(told(engine.ask()), u"first large #1 > answer\nout"_s);
    providers::Endpoint endpoint;
    endpoint.name = u"a"_s;
    auto provider = std::make_unique<test::FakeProvider>(engine.clock);
    provider->script(u"small-id"_s, {answers(u"new key"_s)});
    engine.directory.add(endpoint, std::move(provider));
    QCOMPARE(engine.ask().answer, u"new key"_s);
}

void TestFailoverGroups::byWeightTheDrawnModelGoesFirst()
{
    Group engine;
    const Json weights = Json::array({{{"name", "small"}, {"weight", 1}},
                                      {{"name", "large"}, {"weight", 8}},
                                      {{"name", "spare"}, {"weight", 1}}});
    const auto document = grouped({{"order", "weighted"}, {"weights", weights}});
    QHash<QString, int> answered;
    for (quint64 seed = 1; seed <= 500; ++seed) {
        policy::Query query = test::query(u"?"_s);
        query.seed = seed * 104'729;
        ++answered[engine.run(document, query).answeringModel];
    }
    QVERIFY(answered[u"large"_s] > 350 && answered[u"large"_s] < 450);
    QVERIFY(answered[u"small"_s] > 20);
    QVERIFY(answered[u"spare"_s] > 20);
}

void TestFailoverGroups::theFastestGoesFirst()
{
    Group engine;
    const auto took = [](const QString &text, std::chrono::milliseconds duration) {
        test::Scripted entry = answers(text);
        entry.takes = duration;
        entry.result.completion.total = duration;
        return entry;
    };
    engine.a->script(u"small-id"_s, {took(u"small"_s, 900ms)});
    engine.b->script(u"large-id"_s, {took(u"large"_s, 100ms)});
    engine.b->script(u"spare-id"_s, {took(u"spare"_s, 300ms)});
    const auto document = grouped({{"order", "fastest"}});
    QStringList answered;
    for (int query = 0; query < 5; ++query)
        answered.append(engine.ask(document).answer);
    // Each is measured once, in the order of listing.
    const QStringList expected{u"small"_s, u"large"_s, u"spare"_s, u"large"_s, u"large"_s};
    QCOMPARE(answered, expected);
}

void TestFailoverGroups::theCheapestGoesFirst()
{
    Group engine;
    policy::PolicyDocument document = grouped({{"order", "cheapest"}});
    document.models[1].price = test::priceOf(20);
    QCOMPARE(engine.ask(document).answeringModel, u"spare"_s);
}

void TestFailoverGroups::aTurnOfAnotherModelIsTakenRatherThanWaitedFor()
{
    Group engine;
    engine.directory.find(u"a"_s)->endpoint.requestsPerMinute = 1;
    QCOMPARE(engine.ask().answer, u"small"_s);
    QCOMPARE(engine.ask().answer, u"large"_s);
    QVERIFY(engine.clock.sleeps().isEmpty());
    engine.clock.advance(60s);
    QCOMPARE(engine.ask().answer, u"small"_s);
}

void TestFailoverGroups::theWaitForATurnShows()
{
    Group engine;
    engine.directory.find(u"a"_s)->endpoint.requestsPerMinute = 1;
    const auto lone = grouped({{"fallbacks", Json::array()}});
    engine.ask(lone);
    const RunTrace trace = engine.ask(lone);
    QCOMPARE(told(trace), u"first small #1 waited > answer\nout"_s);
    const auto waiting =
        std::find_if(engine.events.cbegin(), engine.events.cend(),
                     [](const RunEvent &event) { return event.kind == RunEvent::Kind::Waiting; });
    QVERIFY(waiting != engine.events.cend());
    QCOMPARE(waiting->wait, 60s - 100ms);
    QCOMPARE(engine.clock.sleeps(), QList<std::chrono::milliseconds>{60s - 100ms});
}

void TestFailoverGroups::aTurnBeyondTheTimeLimitIsNotWaitedFor()
{
    Group engine;
    engine.directory.find(u"a"_s)->endpoint.requestsPerMinute = 1;
    policy::PolicyDocument lone = grouped({{"fallbacks", Json::array()}});
    lone.limits.maxLatency = 5s;
    engine.ask(lone);
    const RunTrace trace = engine.ask(lone);
    QCOMPARE(told(trace), u"first small #1 !key_limit"_s);
    QCOMPARE(trace.hops.first().error,
             u"The limits of the key for “a” leave no room for another 59.90 s."_s);
    QVERIFY(engine.clock.sleeps().isEmpty());
    QCOMPARE(engine.a->requests().size(), 1);
}

void TestFailoverGroups::theServersWordIsKept()
{
    Group engine;
    test::Scripted last = answers(u"last of the minute"_s);
    last.result.rateLimits.requests = {{}, 0, 20'000ms};
    engine.a->script(u"small-id"_s, {last, answers(u"fresh"_s)});
    const auto lone = grouped({{"fallbacks", Json::array()}});
    engine.ask(lone);
    QCOMPARE(engine.ask(lone).answer, u"fresh"_s);
    QCOMPARE(engine.clock.sleeps(), QList<std::chrono::milliseconds>{20'000ms});
}

void TestFailoverGroups::aFallbackThatIsTooDearIsLeftOut()
{
    Group engine;
    engine.a->script(u"small-id"_s, {down()});
    policy::PolicyDocument document = grouped();
    for (policy::Model &model : document.models)
        model.parameters["max_tokens"] = 100;
    // The large one could cost over 2 thousandths of a dollar, the spare one over 0.6.
    document.limits.maxCost = Money::fromNanos(1'000'000);
    const RunTrace trace = engine.ask(document);
    QCOMPARE(told(trace), u"first small #1 !transient\nfirst spare #2 > answer\nout"_s);
    QVERIFY(trace.cost <= *document.limits.maxCost);
}

void TestFailoverGroups::parallelQueriesShareOneBudget()
{
    Group engine;
    policy::PolicyDocument document = grouped({{"fallbacks", Json::array()}});
    for (policy::Model &model : document.models)
        model.parameters["max_tokens"] = 100;
    // All are on their way together, and each may cost 0.2 thousandths of a dollar and a little.
    const Money amount = Money::fromNanos(1'500'000);
    engine.runner.traffic().budget.setAmount(amount);
    test::Scripted hanging = answers(u"?"_s);
    hanging.hangs = true;
    engine.a->script(u"small-id"_s, {hanging});
    std::stop_source stop;
    const auto policy = test::EngineFixture::prepared(document);
    std::vector<QCoro::Task<RunTrace>> tasks;
    for (int query = 0; query < 20; ++query)
        tasks.push_back(engine.runner.run(policy, test::query(u"?"_s), stop.get_token(), {}));
    QCOMPARE(engine.a->requests().size(), 7);
    QVERIFY(engine.runner.traffic().budget.reserved() <= amount);
    stop.request_stop();
    int refused = 0;
    for (QCoro::Task<RunTrace> &task : tasks) {
        const RunTrace trace = QCoro::waitFor(task);
        refused += trace.status == RunStatus::Failed ? 1 : 0;
        if (trace.status == RunStatus::Failed)
            QCOMPARE(trace.error,
                     u"Of the budget of all queries too little was left for another call."_s);
    }
    QCOMPARE(refused, 13);
    QCOMPARE(engine.runner.traffic().budget.reserved(), Money());
    QVERIFY(engine.runner.traffic().budget.spent() <= amount);
}

void TestFailoverGroups::anOutOfMoneyQueryGivesTheBestSoFar()
{
    Group engine;
    engine.a->script(u"small-id"_s, {answers(u"unsure"_s, -2)});
    policy::PolicyDocument document = test::cascade();
    for (policy::Model &model : document.models)
        model.parameters["max_tokens"] = 100;
    engine.runner.traffic().budget.setAmount(Money::fromNanos(1'000'000));
    const RunTrace trace = engine.ask(document);
    QCOMPARE(trace.status, RunStatus::LimitedAnswer);
    QCOMPARE(trace.answer, u"unsure"_s);
    QCOMPARE(told(trace), u"first small #1 > answer\ncheck 0.14 > escalate\nsecond !limit"_s);
}

void TestFailoverGroups::aPinHoldsWhereAFallbackAnswered()
{
    Group engine;
    engine.a->script(u"small-id"_s, {down()});
    const policy::PolicyDocument document = grouped();
    const RunTrace trace = engine.ask(document);
    const auto pin = engine::makePin(trace, document, u"p"_s, u"pin"_s);
    QVERIFY(pin);
    QCOMPARE(pin->calls.size(), 1);
    QCOMPARE(pin->calls.first().model, u"large"_s);
    policy::PolicyDocument pinned = document;
    pinned.pins = {*pin};
    const auto outcomes =
        engine::checkPins(pinned, routers::builtinRouters(), engine.catalog, QDate(2026, 11, 24));
    QCOMPARE(outcomes.first().state, engine::PinOutcome::State::Holds);
}

void TestFailoverGroups::healthIsToldToTheView()
{
    Group engine;
    engine.a->script(u"small-id"_s, {down()});
    QList<DeploymentHealth> told;
    engine.runner.traffic().deployments.onChange = [&told](const DeploymentHealth &health) {
        told.append(health);
    };
    for (int query = 0; query < 6; ++query)
        engine.ask();
    const auto opened = std::count_if(told.cbegin(), told.cend(), [](const auto &health) {
        return health.breaker == CircuitBreaker::State::Open;
    });
    QCOMPARE(opened, 1);
    QCOMPARE(told.constLast().deployment, kSmall);
    QCOMPARE(told.constLast().breaker, CircuitBreaker::State::Open);
    QCOMPARE(engine.health(kLarge).figures.answered, 6);
    QCOMPARE(engine.health(kSmall).figures.successRate(), std::optional(0.0));
}

QTEST_GUILESS_MAIN(TestFailoverGroups)
#include "tst_failover_groups.moc"
