#include "core/engine/pin_check.h"
#include "tests/engine/engine_fixture.h"
#include "tests/support/random_policy.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::engine;
using namespace headgate::policy;
using State = PinOutcome::State;

namespace {

const QDate kToday(2026, 11, 24);

PinOutcome outcomeOf(const PolicyDocument &document, const RoutePin &pin)
{
    const auto check =
        PinCheck::prepare(document, routers::builtinRouters(), catalog::ModelCatalog(), kToday);
    if (!check)
        qFatal("%s", qPrintable(check.error().message));
    return check->check(pin);
}

// Walks a query through a policy with made-up results of calls and scorers, and writes the trace
// that a live run with those results would have written.
class MadeUpRun
{
public:
    MadeUpRun(const PolicyDocument &document, quint32 seed)
        : m_prepared(test::EngineFixture::prepared(document))
        , m_random(seed)
    {
        m_trace.query = test::query(seed % 2 == 0 ? u"What is the sum?"_s : u"Why?"_s);
        m_trace.query.seed = seed;
        m_trace.query.estimatedTokens = m_random.bounded(400);
    }

    RunTrace trace()
    {
        const CompiledPolicy &policy = m_prepared->compiled();
        std::vector<Money> worst;
        const catalog::ModelCatalog none;
        const CallCost costs(none, kToday);
        if (policy.limits().maxCost) {
            for (const Model &model : policy.document().models)
                worst.push_back(costs.worstCase(model, m_trace.query.estimatedTokens).value());
        }
        Run run(policy, worst);
        while (!run.isOver()) {
            const Step step = run.step();
            const NodeIndex node = std::visit([](const auto &s) { return s.node; }, step);
            Hop hop = hopOf(node);
            answer(run, step, hop);
            const auto visits = run.visits();
            const auto visit = std::find_if(visits.rbegin(), visits.rend(),
                                            [node](const Visit &v) { return v.node == node; });
            if (visit->port >= 0)
                hop.port = policy.portNames(node)[visit->port];
            m_trace.hops.append(hop);
        }
        const NodeIndex last = std::visit([](const auto &s) { return s.node; }, run.step());
        if (m_trace.hops.isEmpty() || m_trace.hops.last().node != policy.node(last).id)
            m_trace.hops.append(hopOf(last));
        const auto *finished = std::get_if<Finished>(&run.step());
        m_trace.status = !finished                                 ? RunStatus::Failed
                         : finished->reason == EndReason::Answered ? RunStatus::Answered
                                                                   : RunStatus::LimitedAnswer;
        return m_trace;
    }

private:
    Hop hopOf(NodeIndex node) const
    {
        Hop hop;
        hop.node = m_prepared->compiled().node(node).id;
        hop.kind = m_prepared->compiled().node(node).kind;
        return hop;
    }

    void answer(Run &run, const Step &step, Hop &hop)
    {
        if (const auto *call = std::get_if<CallModel>(&step)) {
            answerCall(run, m_prepared->compiled().model(call->model), hop);
        } else if (const auto *score = std::get_if<Score>(&step)) {
            hop.scorers = m_prepared->scorersMark(score->node);
            if (m_random.bounded(10) > 0)
                hop.score = m_random.bounded(101) / 100.0;
            run.resolve(ScoreResult{hop.score, {}, {}});
        } else {
            const auto &decide = std::get<Decide>(step);
            const auto decision = m_prepared->router(decide.node)->decide(m_trace.query);
            run.resolve(RouterResult{decision ? decision->port : -1, {}, {}});
        }
    }

    void answerCall(Run &run, const Model &model, Hop &hop)
    {
        hop.askedModel = model.name;
        hop.provider = model.provider;
        hop.chosenModel = model.model;
        hop.attempt = 1;
        hop.start = m_now;
        // Now and then the first attempt fails.
        const bool retried = m_random.bounded(4) == 0;
        ModelResult result{m_random.bounded(100) < 80, {}, {}};
        for (int attempt = retried ? 1 : 2; attempt <= 2; ++attempt) {
            hop.start = m_now;
            m_now += std::chrono::microseconds(m_random.bounded(1'500'000));
            hop.end = m_now;
            hop.cost = Money::fromNanos(m_random.bounded(1000));
            hop.failureClass = attempt == 1 || !result.ok ? u"transient"_s : QString();
            result.cost += hop.cost;
            result.duration += hop.end - hop.start;
            if (attempt == 1)
                m_trace.hops.append(hop);
        }
        run.resolve(result);
    }

    std::shared_ptr<const PreparedPolicy> m_prepared;
    QRandomGenerator m_random;
    std::chrono::nanoseconds m_now{};
    RunTrace m_trace;
};

} // namespace

class TestPinCheck final : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::EngineFixture> m_engine;

    // Of an answer whose tokens had this log-probability, through two stages.
    RoutePin pinned(double logProbability, const PolicyDocument &document = test::cascade())
    {
        m_engine = std::make_unique<test::EngineFixture>();
        m_engine->a->script(u"small-id"_s, {test::answers(u"first"_s, logProbability)});
        m_engine->b->script(u"large-id"_s, {test::answers(u"second"_s)});
        const RunTrace trace = m_engine->run(document, test::query(u"Why?"_s));
        return makePin(trace, document, u"p1"_s, u"Why?"_s).value();
    }
    static PolicyDocument withThreshold(double threshold)
    {
        PolicyDocument document = test::cascade();
        document.nodes[2].config["threshold"] = threshold;
        return document;
    }

private Q_SLOTS:
    void keepsPathCallsAndScores()
    {
        const RoutePin pin = pinned(-2.0);
        QCOMPARE(pin.path.size(), 4);
        QCOMPARE(pin.path[1], (PinnedStep{{u"check"_s}, u"escalate"_s}));
        QCOMPARE(pin.path[3], (PinnedStep{{u"out"_s}, QString()}));
        QCOMPARE(pin.calls.size(), 2);
        QCOMPARE(pin.calls[0].modelId, u"small-id"_s);
        QCOMPARE(pin.calls[0].duration, std::chrono::milliseconds(100));
        QCOMPARE(pin.scores.size(), 1);
        QCOMPARE(pin.scores[0].model, u"small"_s);
        QVERIFY(*pin.scores[0].score < 0.5);
        QCOMPARE(pin.query.prompt(), u"Why?"_s);
    }

    void whatHasNoAnswerOrNoPromptIsRefused()
    {
        RunTrace failed;
        failed.query = test::query(u"Why?"_s);
        const auto refused = makePin(failed, test::cascade(), u"p"_s, u"x"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
        RunTrace withoutText;
        withoutText.status = RunStatus::Answered;
        QVERIFY(!makePin(withoutText, test::cascade(), u"p"_s, u"x"_s));
    }

    void holdsOnTheUnchangedPolicy()
    {
        QCOMPARE(outcomeOf(test::cascade(), pinned(-0.1)), (PinOutcome{u"p1"_s, State::Holds}));
        QCOMPARE(outcomeOf(test::cascade(), pinned(-2.0)), (PinOutcome{u"p1"_s, State::Holds}));
    }

    void aThresholdBeyondTheScoreBreaksIt()
    {
        const RoutePin pin = pinned(-2.0);
        QCOMPARE(outcomeOf(withThreshold(0.3), pin).state, State::Holds);
        const PinOutcome outcome = outcomeOf(withThreshold(0.01), pin);
        QCOMPARE(outcome.state, State::Broken);
        QCOMPARE(outcome.node, NodeId{u"check"_s});
        QCOMPARE(outcome.sentence, u"check sends “Why?” to out by “accept”; its pin expects "
                                   "“escalate”."_s);
        QVERIFY(outcome.newPath);
        QCOMPARE(outcome.newPath->size(), 3);
        RoutePin accepted = pin;
        accepted.path = *outcome.newPath;
        QCOMPARE(outcomeOf(withThreshold(0.01), accepted).state, State::Holds);
    }

    void anEscalationToACallThatWasNotRecordedIsKnownAsABreak()
    {
        const PinOutcome outcome = outcomeOf(withThreshold(0.99), pinned(-0.1));
        QCOMPARE(outcome.state, State::Broken);
        QCOMPARE(outcome.node, NodeId{u"check"_s});
        QVERIFY(!outcome.newPath); // its end is not known
    }

    void aReroutedWireBreaksItAtTheNodeBefore()
    {
        PolicyDocument document = test::cascade();
        document.wires[1].to = {u"second"_s}; // past the gate
        const PinOutcome outcome = outcomeOf(document, pinned(-2.0));
        QCOMPARE(outcome.state, State::Broken);
        QCOMPARE(outcome.node, NodeId{u"first"_s});
        QCOMPARE(outcome.sentence, u"first sends “Why?” to second; its pin expects check."_s);
    }

    void otherScorersAndOtherModelsCannotBeTold()
    {
        PolicyDocument scorers = test::cascade();
        scorers.nodes[2].config["scorers"] = {{{"kind", "refusal"}, {"weight", 1}}};
        const RoutePin pin = pinned(-2.0);
        const PinOutcome judged = outcomeOf(scorers, pin);
        QCOMPARE(judged.state, State::Unknown);
        QCOMPARE(judged.node, NodeId{u"check"_s});
        PolicyDocument model = test::cascade();
        model.models[1].model = u"other-id"_s;
        const PinOutcome called = outcomeOf(model, pin);
        QCOMPARE(called.state, State::Unknown);
        QCOMPARE(called.node, NodeId{u"first"_s});
        QVERIFY2(called.sentence.contains(u"small"_s), qPrintable(called.sentence));
    }

    void aRuleThatNowMatchesBreaksIt()
    {
        PolicyDocument document = test::cascade();
        Json cases = Json::array({Json{{"name", "hard"}, {"any_keyword", {"integral"}}}});
        document.nodes.append(test::node(u"rule"_s, u"rule"_s, {{"cases", cases}}));
        document.wires[0] = test::wire(u"in"_s, u"query"_s, u"rule"_s);
        document.wires.append(test::wire(u"rule"_s, u"hard"_s, u"second"_s));
        document.wires.append(test::wire(u"rule"_s, u"otherwise"_s, u"first"_s));
        const RoutePin pin = pinned(-0.1, document);
        QCOMPARE(outcomeOf(document, pin).state, State::Holds);
        document.nodes.last().config["cases"][0]["any_keyword"] = {"why"};
        const PinOutcome outcome = outcomeOf(document, pin);
        QCOMPARE(outcome.state, State::Broken);
        QCOMPARE(outcome.node, NodeId{u"rule"_s});
    }

    void aPolicyWithErrorsLeavesAllUnknown()
    {
        PolicyDocument document = test::cascade();
        document.pins = {pinned(-0.1), pinned(-2.0)};
        document.wires.removeFirst();
        const auto outcomes =
            checkPins(document, routers::builtinRouters(), catalog::ModelCatalog(), kToday);
        QCOMPARE(outcomes.size(), 2);
        QCOMPARE(outcomes[1].state, State::Unknown);
        QVERIFY(!outcomes[1].sentence.isEmpty());
    }

    void aPinOfAnyAnswerHoldsOnItsPolicy()
    {
        int pins = 0;
        for (quint32 seed = 0; seed < 2000; ++seed) {
            const PolicyDocument document = tests::randomPolicy(seed);
            const RunTrace trace = MadeUpRun(document, seed).trace();
            const auto pin = makePin(trace, document, u"p"_s, u"x"_s);
            if (!pin)
                continue;
            ++pins;
            const PinOutcome outcome = outcomeOf(document, *pin);
            QVERIFY2(outcome.state == State::Holds,
                     qPrintable(u"seed %1: %2"_s.arg(seed).arg(outcome.sentence)));
        }
        QVERIFY2(pins > 1000, qPrintable(QString::number(pins)));
    }
};

QTEST_GUILESS_MAIN(TestPinCheck)
#include "tst_pin_check.moc"
