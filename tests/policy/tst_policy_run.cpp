#include "core/policy/policy_run.h"
#include "tests/support/policy_builder.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::policy;
using namespace headgate::tests;
using namespace std::chrono_literals;

namespace {

constexpr Money cents(qint64 count)
{
    return Money::fromNanos(count * 10'000'000);
}

// A run with the policy that it walks, and the ids of nodes in place of numbers.
class Walk
{
public:
    explicit Walk(const PolicyDocument &document, std::vector<Money> worstCase = {})
        : m_policy(CompiledPolicy::compile(document).value())
        , m_run(*m_policy, worstCase)
    {
    }

    const Run &run() const { return m_run; }
    const Step &step() const { return m_run.step(); }
    QString at() const
    {
        const NodeIndex node = std::visit([](const auto &step) { return step.node; }, m_run.step());
        return m_policy->node(node).id.value;
    }
    template<typename Kind>
    Kind expecting() const
    {
        return std::get<Kind>(m_run.step());
    }

    Walk &answers(Money cost = {}, std::chrono::nanoseconds duration = {})
    {
        m_run.resolve(ModelResult{.ok = true, .cost = cost, .duration = duration});
        return *this;
    }
    Walk &errs(Money cost = {}, std::chrono::nanoseconds duration = {})
    {
        m_run.resolve(ModelResult{.ok = false, .cost = cost, .duration = duration});
        return *this;
    }
    Walk &scores(std::optional<double> score)
    {
        m_run.resolve(ScoreResult{.score = score, .cost = {}});
        return *this;
    }
    Walk &decides(qint32 port)
    {
        m_run.resolve(RouterResult{.port = port, .cost = {}});
        return *this;
    }
    QString way() const
    {
        QStringList names;
        for (const Visit &visit : m_run.visits()) {
            names.append(m_policy->node(visit.node).id.value);
            if (visit.port >= 0)
                names.append(m_policy->portNames(visit.node)[visit.port]);
        }
        return names.join(u' ');
    }

private:
    std::shared_ptr<const CompiledPolicy> m_policy;
    Run m_run;
};

PolicyDocument withBestScoredAnswer(PolicyDocument document)
{
    document.nodes.last().config["which"] = "best_scored";
    return document;
}

} // namespace

using namespace Qt::StringLiterals;

class TestPolicyRun final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsAGoodAnswer()
    {
        Walk walk(twoStageCascade().document());
        QCOMPARE(walk.at(), u"small"_s);
        QVERIFY(!walk.expecting<CallModel>().timeLeft && !walk.expecting<CallModel>().moneyLeft);
        walk.answers(cents(1), 20ms);
        QCOMPARE(walk.expecting<Score>().answer, 0);
        walk.scores(0.6); // the threshold itself is enough
        QCOMPARE(walk.expecting<Finished>().answer, 0);
        QCOMPARE(walk.expecting<Finished>().reason, EndReason::Answered);
        QVERIFY(walk.run().isOver());
        QCOMPARE(walk.way(), u"q query small answer gate accept answer"_s);
        QCOMPARE(walk.run().spent(), cents(1));
        QCOMPARE(walk.run().elapsed(), std::chrono::nanoseconds(20ms));
    }

    void escalatesAPoorAnswer()
    {
        Walk walk(twoStageCascade().document());
        walk.answers(cents(1)).scores(0.59);
        QCOMPARE(walk.at(), u"large"_s);
        walk.answers(cents(3));
        QCOMPARE(walk.expecting<Finished>().answer, 1);
        QCOMPARE(walk.way(), u"q query small answer gate escalate large answer answer"_s);
        QCOMPARE(walk.run().spent(), cents(4));
    }

    void aFailedScorerGoesWhereTheGateSays()
    {
        for (const double notAScore : {std::nan(""), -0.1, 1.1}) {
            Walk walk(twoStageCascade().document());
            walk.answers().scores(notAScore);
            QCOMPARE(walk.at(), u"large"_s);
        }
        Walk escalating(twoStageCascade().document());
        QCOMPARE(escalating.answers().scores({}).at(), u"large"_s);
        PolicyDocument document = twoStageCascade().document();
        document.nodes[2].config["on_scorer_failure"] = "accept";
        Walk accepting(document);
        accepting.answers().scores({});
        QCOMPARE(accepting.expecting<Finished>().answer, 0);
        QVERIFY(!accepting.run().visits()[2].score);
    }

    void aModelErrorTakesItsPortOrEndsTheRun()
    {
        PolicyBuilder builder = twoStageCascade();
        Walk ending(builder.document());
        ending.errs(cents(2), 5ms);
        QCOMPARE(ending.expecting<Failed>().reason, EndReason::ModelFailed);
        QCOMPARE(ending.at(), u"small"_s);
        QCOMPARE(ending.run().spent(), cents(2));
        QCOMPARE(ending.run().visits().back().port, -1);
        Walk failingOver(builder.wire("small", "error", "large").document());
        failingOver.errs(cents(2), 5ms).answers(cents(3));
        QCOMPARE(failingOver.expecting<Finished>().answer, 1); // the second call's
        QCOMPARE(failingOver.way(), u"q query small error large answer answer"_s);
        QCOMPARE(failingOver.run().spent(), cents(5));
    }

    void aGateWithoutAnAnswerEscalatesUnscored()
    {
        PolicyBuilder builder = twoStageCascade();
        Walk walk(builder.wire("small", "error", "gate").document());
        walk.errs();
        QCOMPARE(walk.at(), u"large"_s);
        QCOMPARE(walk.way(), u"q query small error gate escalate"_s);
        QVERIFY(!walk.run().visits().back().score);
    }

    void aGateScoresTheLastAnswerThatCame()
    {
        PolicyBuilder builder = threeStageCascade();
        Walk walk(builder.wire("medium", "error", "gate2").document());
        walk.answers().scores(0.1).errs();
        QCOMPARE(walk.expecting<Score>().answer, 0);
        walk.scores(0.9);
        QCOMPARE(walk.expecting<Finished>().answer, 0);
    }

    void anAnswerNodeWithoutAnyAnswerFails()
    {
        Walk walk(PolicyBuilder()
                      .models({"small"})
                      .node("q", "query")
                      .node("m", "model", {{"model", "small"}, {"timeout_s", 30}})
                      .node("a", "answer")
                      .wire("q", "query", "m")
                      .wire("m", "answer", "a")
                      .wire("m", "error", "a")
                      .document());
        walk.errs();
        QCOMPARE(walk.expecting<Failed>().reason, EndReason::NoAnswer);
        QCOMPARE(walk.at(), u"a"_s);
    }

    void lastAndBestScoredChooseDifferently()
    {
        const PolicyDocument last = threeStageCascade().document();
        const PolicyDocument best = withBestScoredAnswer(last);
        // The large model's answer is never scored.
        QCOMPARE(Walk(last)
                     .answers()
                     .scores(0.4)
                     .answers()
                     .scores(0.2)
                     .answers()
                     .expecting<Finished>()
                     .answer,
                 2);
        QCOMPARE(Walk(best)
                     .answers()
                     .scores(0.4)
                     .answers()
                     .scores(0.2)
                     .answers()
                     .expecting<Finished>()
                     .answer,
                 0);
        QCOMPARE(Walk(best)
                     .answers()
                     .scores(0.2)
                     .answers()
                     .scores(0.4)
                     .answers()
                     .expecting<Finished>()
                     .answer,
                 1);
        // Of equals the later one.
        QCOMPARE(Walk(best)
                     .answers()
                     .scores(0.3)
                     .answers()
                     .scores(0.3)
                     .answers()
                     .expecting<Finished>()
                     .answer,
                 1);
        // Unscored below any score, and without scores the last.
        QCOMPARE(Walk(best)
                     .answers()
                     .scores(0.0)
                     .answers()
                     .scores({})
                     .answers()
                     .expecting<Finished>()
                     .answer,
                 0);
        QCOMPARE(Walk(best)
                     .answers()
                     .scores({})
                     .answers()
                     .scores({})
                     .answers()
                     .expecting<Finished>()
                     .answer,
                 2);
    }

    void routersChooseThePort()
    {
        PolicyBuilder builder = twoStageCascade();
        builder.node("rule", "rule", {{"cases", {{{"name", "long"}, {"min_length", 9}}}}});
        builder.wire("rule", "long", "large").wire("rule", "otherwise", "small");
        PolicyDocument document = builder.document();
        document.wires[0].to = {u"rule"_s};
        Walk walk(document);
        walk.expecting<Decide>();
        walk.decides(0);
        QCOMPARE(walk.at(), u"large"_s);
        QCOMPARE(Walk(document).decides(1).at(), u"small"_s);
        for (const qint32 noPort : {-1, 2}) {
            Walk failing(document);
            failing.decides(noPort);
            QCOMPARE(failing.expecting<Failed>().reason, EndReason::RouterFailed);
            QCOMPARE(failing.at(), u"rule"_s);
        }
    }

    void costLimitStopsBeforeACallThatCouldPassIt()
    {
        // Models are in the order of their names: large, small.
        const std::vector<Money> worst = {cents(8), cents(2)};
        const PolicyDocument document = twoStageCascade().maxCost(cents(10)).document();
        Walk walk(document, worst);
        QCOMPARE(walk.expecting<CallModel>().moneyLeft, cents(10));
        walk.answers(cents(2)).scores(0.1);
        QCOMPARE(walk.at(), u"large"_s); // 2 + 8 is just allowed
        QCOMPARE(walk.expecting<CallModel>().moneyLeft, cents(8));
        Walk stopped(document, worst);
        stopped.answers(cents(2) + Money::fromNanos(1)).scores(0.1);
        QCOMPARE(stopped.expecting<Finished>().reason, EndReason::CostLimit);
        QCOMPARE(stopped.expecting<Finished>().answer, 0);
        QCOMPARE(stopped.at(), u"large"_s);
        QCOMPARE(stopped.way(), u"q query small answer gate escalate"_s);
    }

    void costLimitWithoutWorstCasesStopsOnceItIsSpent()
    {
        const PolicyDocument document = twoStageCascade().maxCost(cents(10)).document();
        QCOMPARE(Walk(document).answers(cents(10) - Money::fromNanos(1)).scores(0).at(),
                 u"large"_s);
        Walk stopped(document);
        stopped.answers(cents(12)).scores(0);
        QCOMPARE(stopped.expecting<Finished>().reason, EndReason::CostLimit);
        QCOMPARE(stopped.run().spent(), cents(12)); // counted, though it passed the limit
    }

    void aHugeWorstCaseDoesNotOverflow()
    {
        const Money huge = Money::fromNanos(std::numeric_limits<qint64>::max());
        Walk walk(twoStageCascade().maxCost(cents(10)).document(), {huge, cents(1)});
        walk.answers(cents(1)).scores(0);
        QCOMPARE(walk.expecting<Finished>().reason, EndReason::CostLimit);
    }

    void latencyLimitStopsBeforeTheNextCall()
    {
        const PolicyDocument document = twoStageCascade().maxLatency(1s).document();
        Walk walk(document);
        QCOMPARE(walk.expecting<CallModel>().timeLeft, std::chrono::nanoseconds(1s));
        walk.answers({}, 999ms).scores(0);
        QCOMPARE(walk.expecting<CallModel>().timeLeft, std::chrono::nanoseconds(1ms));
        walk.answers({}, 5s); // late, and still an answer
        QCOMPARE(walk.expecting<Finished>().reason, EndReason::Answered);
        QCOMPARE(walk.run().elapsed(), std::chrono::nanoseconds(5999ms));
        Walk stopped(document);
        stopped.answers({}, 1s).scores(0);
        QCOMPARE(stopped.expecting<Finished>().reason, EndReason::LatencyLimit);
    }

    void aLimitWithoutAnAnswerOrByOrderFails()
    {
        Walk nothing(twoStageCascade().maxCost(cents(1)).document(), {cents(2), cents(2)});
        QCOMPARE(nothing.expecting<Failed>().reason, EndReason::CostLimit);
        QCOMPARE(nothing.at(), u"small"_s);
        Walk ordered(twoStageCascade().maxLatency(1s).failAtLimit().document());
        ordered.answers({}, 2s).scores(0.5);
        QCOMPARE(ordered.expecting<Failed>().reason, EndReason::LatencyLimit);
        QCOMPARE(ordered.run().visits().size(), size_t(3));
    }

    void bestSoFarIsTheBestScoredWhateverTheAnswerNodeSays()
    {
        Walk walk(threeStageCascade().maxLatency(1s).document());
        walk.answers().scores(0.4).answers({}, 1s).scores(0.2);
        QCOMPARE(walk.expecting<Finished>().answer, 0);
        QCOMPARE(walk.expecting<Finished>().reason, EndReason::LatencyLimit);
    }

    void startsAgainAsNew()
    {
        const auto policy =
            CompiledPolicy::compile(twoStageCascade().maxCost(cents(5)).document()).value();
        Run run(*policy);
        run.resolve(ModelResult{.ok = true, .cost = cents(1), .duration = 1ms});
        run.resolve(ScoreResult{.score = 0.9, .cost = {}});
        QVERIFY(run.isOver());
        run.reset();
        QVERIFY(!run.isOver());
        QCOMPARE(run.spent(), Money());
        QCOMPARE(run.elapsed(), 0ns);
        QCOMPARE(run.visits().size(), size_t(1));
        QCOMPARE(std::get<CallModel>(run.step()).moneyLeft, cents(5));
        run.reset(std::vector<Money>{cents(6), cents(6)});
        QCOMPARE(std::get<Failed>(run.step()).reason, EndReason::CostLimit);
    }
};

QTEST_GUILESS_MAIN(TestPolicyRun)
#include "tst_policy_run.moc"
