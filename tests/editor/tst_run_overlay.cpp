#include "tests/editor/editor_fixture.h"

#include "ui/editor/run_overlay.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using engine::RunEvent;
using test::id;
using namespace std::chrono_literals;

namespace {

RunEvent started(const char *node)
{
    RunEvent event;
    event.node = id(node);
    return event;
}

engine::Hop hop(const char *node, const QString &port)
{
    engine::Hop made;
    made.node = id(node);
    made.port = port;
    made.start = 100ms;
    made.end = 520ms;
    made.cost = Money::fromNanos(40'000);
    made.usage.freshInput = 200;
    made.usage.output = 12;
    return made;
}

RunEvent ended(const engine::Hop &made)
{
    RunEvent event;
    event.kind = RunEvent::Kind::HopEnded;
    event.node = made.node;
    event.hop = made;
    return event;
}

} // namespace

class TestRunOverlay final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGateThatAsksRunsUntilItHasScored()
    {
        RunOverlay overlay;
        overlay.start(test::cascade());
        overlay.apply(started("g"));
        for (int sample = 0; sample < 2; ++sample) {
            engine::Hop call = hop("g", {});
            call.kind = engine::kJudgeCall;
            call.attempt = 1;
            call.failureClass = u"transient"_s;
            call.error = u"Down."_s;
            overlay.apply(ended(call));
            QCOMPARE(overlay.node(id("g")).state, NodeState::Running);
            QVERIFY(overlay.node(id("g")).error.isEmpty());
        }
        engine::Hop score = hop("g", u"accept"_s);
        score.start = score.end = 530ms;
        score.cost = Money();
        score.score = 0.8;
        overlay.apply(ended(score));
        const NodeRun gate = overlay.node(id("g"));
        QCOMPARE(gate.state, NodeState::Done);
        QCOMPARE(gate.score, std::optional(0.8));
        QCOMPARE(gate.cost, Money::fromNanos(80'000));
        QCOMPARE(gate.duration, 430ms); // both samples at a time
        QVERIFY(overlay.isLit(id("g"), u"accept"_s));
    }

    void followsARunNodeByNode()
    {
        RunOverlay overlay;
        QVERIFY(overlay.isEmpty());
        overlay.start(test::cascade());
        QCOMPARE(overlay.node(id("q")).state, NodeState::Done);
        QVERIFY(overlay.isLit(id("q"), u"query"_s));
        overlay.apply(started("s"));
        QCOMPARE(overlay.node(id("s")).state, NodeState::Running);
        QCOMPARE(overlay.node(id("l")).state, NodeState::Queued);
        overlay.apply(ended(hop("s", u"answer"_s)));
        const NodeRun small = overlay.node(id("s"));
        QCOMPARE(small.state, NodeState::Done);
        QCOMPARE(small.duration, 420ms);
        QCOMPARE(small.cost, Money::fromNanos(40'000));
        QCOMPARE(small.tokens, 212);
        QVERIFY(overlay.isLit(id("s"), u"answer"_s));
        QVERIFY(!overlay.isLit(id("g"), u"accept"_s));
    }

    void whatCanNoLongerComeIsSkipped()
    {
        RunOverlay overlay;
        overlay.start(test::cascade());
        overlay.apply(started("g"));
        QCOMPARE(overlay.node(id("l")).state, NodeState::Queued);
        overlay.apply(ended(hop("g", u"accept"_s)));
        overlay.apply(started("a"));
        QCOMPARE(overlay.node(id("l")).state, NodeState::Skipped);
        QVERIFY(!overlay.isLit(id("g"), u"escalate"_s));
    }

    void aRetryAddsUpAndAFailureShows()
    {
        RunOverlay overlay;
        overlay.start(test::cascade());
        overlay.apply(started("s"));
        engine::Hop failed = hop("s", {});
        failed.failureClass = u"rate_limited"_s;
        failed.error = u"The provider is busy."_s;
        overlay.apply(ended(failed));
        QCOMPARE(overlay.node(id("s")).state, NodeState::Failed);
        RunEvent waiting;
        waiting.kind = RunEvent::Kind::Waiting;
        waiting.node = id("s");
        overlay.apply(waiting);
        QVERIFY(overlay.node(id("s")).waiting);
        overlay.apply(ended(hop("s", u"answer"_s)));
        QCOMPARE(overlay.node(id("s")).state, NodeState::Done);
        QCOMPARE(overlay.node(id("s")).duration, 840ms);
        QVERIFY(!overlay.node(id("s")).waiting);
    }

    void anUnknownPriceIsNeverZero()
    {
        RunOverlay overlay;
        overlay.start(test::cascade());
        engine::Hop unpriced = hop("s", u"answer"_s);
        unpriced.costOrigin = engine::CostOrigin::UnknownPrice;
        overlay.apply(ended(unpriced));
        QVERIFY(!overlay.node(id("s")).costKnown);
    }

    void aTraceGivesTheSamePictureAsItsEvents()
    {
        engine::Hop gate = hop("g", u"escalate"_s);
        gate.score = 0.47;
        const QList<engine::Hop> hops{hop("s", u"answer"_s), gate, hop("l", u"answer"_s),
                                      hop("a", {})};
        engine::RunTrace trace;
        trace.hops = hops;
        RunOverlay live;
        live.start(test::cascade());
        for (const engine::Hop &each : hops) {
            RunEvent begin;
            begin.node = each.node;
            live.apply(begin);
            live.apply(ended(each));
        }
        live.finish();
        const RunOverlay whole = RunOverlay::fromTrace(test::cascade(), trace);
        for (const char *node : {"q", "s", "g", "l", "a"}) {
            QCOMPARE(whole.node(id(node)), live.node(id(node)));
            QCOMPARE(whole.node(id(node)).state, NodeState::Done);
        }
        QCOMPARE(whole.node(id("g")).score, std::optional(0.47));
        QVERIFY(whole.isLit(id("g"), u"escalate"_s) && !whole.isLit(id("g"), u"accept"_s));
    }

    void aTraceIsBuiltUpToAnyStep()
    {
        engine::RunTrace trace;
        engine::Hop retried = hop("s", {});
        retried.failureClass = u"transient"_s;
        trace.hops = {retried, hop("s", u"answer"_s), hop("g", u"escalate"_s),
                      hop("l", u"answer"_s), hop("a", {})};
        const auto at = [&trace](qsizetype hops) {
            return RunOverlay::fromTrace(test::cascade(), trace, hops);
        };
        QCOMPARE(at(0).node(id("s")).state, NodeState::Queued);
        QCOMPARE(at(1).node(id("s")).state, NodeState::Failed);
        QCOMPARE(at(2).node(id("s")).state, NodeState::Done);
        QCOMPARE(at(2).node(id("l")).state, NodeState::Queued);
        QVERIFY(!at(2).isLit(id("g"), u"escalate"_s) && at(3).isLit(id("g"), u"escalate"_s));
        QCOMPARE(at(5).node(id("a")), RunOverlay::fromTrace(test::cascade(), trace).node(id("a")));
        QCOMPARE(at(99).node(id("a")).state, NodeState::Done);
    }

    void theNewestWordsStayUntilTheCallEnds()
    {
        RunOverlay overlay;
        overlay.start(test::cascade());
        overlay.apply(started("s"));
        RunEvent text;
        text.kind = RunEvent::Kind::Text;
        text.node = id("s");
        text.text = u"word "_s.repeated(100);
        overlay.apply(text);
        text.text = u"the end"_s;
        overlay.apply(text);
        QVERIFY(overlay.node(id("s")).tail.endsWith(u"the end"_s));
        QVERIFY(overlay.node(id("s")).tail.size() <= 80);
        overlay.apply(ended(hop("s", u"answer"_s)));
        QVERIFY(overlay.node(id("s")).tail.isEmpty());
    }

    void namesTheNodesThatAreGone()
    {
        engine::RunTrace trace;
        engine::Hop gone = hop("gone", u"answer"_s);
        gone.title = u"Old model"_s;
        trace.hops = {gone, gone, hop("s", u"answer"_s)};
        QCOMPARE(RunOverlay::missingNodes(test::cascade(), trace), QStringList{u"Old model"_s});
    }

    void hopsOfNodesThatAreGoneAreLeftOut()
    {
        engine::RunTrace trace;
        trace.hops = {hop("gone", u"answer"_s), hop("s", u"answer"_s)};
        const RunOverlay overlay = RunOverlay::fromTrace(test::cascade(), trace);
        QCOMPARE(overlay.node(id("gone")).state, NodeState::Idle);
        QCOMPARE(overlay.node(id("s")).state, NodeState::Done);
        QCOMPARE(overlay.node(id("l")).state, NodeState::Skipped);
    }
};

QTEST_GUILESS_MAIN(TestRunOverlay)
#include "tst_run_overlay.moc"
