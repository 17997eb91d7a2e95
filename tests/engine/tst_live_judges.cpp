#include "core/engine/query_runner.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/engine/policies.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::Hop;
using engine::RunStatus;
using engine::RunTrace;
using simulation::Fault;
using simulation::PracticePrompt;

namespace {

// query -> finch-mini (aviary) -> gate -> albatross (aviary); the judge is egret (rookery).
policy::PolicyDocument gatedBy(const Json &scorer, const char *onFailure = "escalate")
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
    document.nodes[1].config = test::callOf(u"finch-mini"_s, 1);
    document.nodes[2].config = {
        {"scorers", Json::array({scorer})}, {"threshold", 0.6}, {"on_scorer_failure", onFailure}};
    document.nodes[3].config = test::callOf(u"albatross"_s, 1);
    return document;
}

const Json kJudge{{"kind", "judge"}, {"model", "egret"}};

const Hop *hopOfKind(const RunTrace &trace, const QString &kind)
{
    const auto found = std::find_if(trace.hops.cbegin(), trace.hops.cend(),
                                    [&kind](const Hop &hop) { return hop.kind == kind; });
    return found == trace.hops.cend() ? nullptr : &*found;
}

Money sumOf(const RunTrace &trace)
{
    Money sum;
    for (const Hop &hop : trace.hops)
        sum += hop.cost;
    return sum;
}

bool isRight(const PracticePrompt &prompt, const QString &answer)
{
    return answer.simplified().endsWith(prompt.answer.simplified()) ||
           answer.endsWith(u"The answer is %1."_s.arg(prompt.answer));
}

} // namespace

// Gates that ask, the client and the fleet over real sockets.
class TestLiveJudges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(0); }
    void cleanup() { m_engine.reset(); }

    void aJudgeTellsRightFromWrong()
    {
        int accepted[2]{}; // of wrong ones, of right ones
        int all[2]{};
        for (const PracticePrompt &prompt : simulation::practicePrompts().first(80)) {
            const RunTrace trace = run(gatedBy(kJudge), prompt.prompt);
            QVERIFY2(trace.status == RunStatus::Answered, qPrintable(trace.error));
            const Hop *judge = hopOfKind(trace, engine::kJudgeCall);
            QVERIFY(judge);
            QCOMPARE(judge->provider, u"sim-rookery"_s);
            QVERIFY(judge->cost > Money());
            QCOMPARE(trace.cost, sumOf(trace));
            const Hop *gate = hopOfKind(trace, u"gate"_s);
            QVERIFY2(gate->failureClass.isEmpty(), qPrintable(gate->error));
            const bool right = isRight(prompt, trace.hops.first().text);
            ++all[right];
            accepted[right] += gate->port == "accept"_L1;
        }
        const double ofRight = double(accepted[1]) / all[1];
        const double ofWrong = double(accepted[0]) / all[0];
        QVERIFY2(ofRight > ofWrong + 0.3,
                 qPrintable(u"%1 of right, %2 of wrong"_s.arg(ofRight).arg(ofWrong)));
    }

    void samplesOfTheSameModelDiffer()
    {
        const Json scorer{{"kind", "self_consistency"}, {"samples", 5}};
        QSet<double> scores;
        for (const PracticePrompt &prompt : simulation::practicePrompts().first(12)) {
            const RunTrace trace = run(gatedBy(scorer), prompt.prompt);
            QCOMPARE(trace.status, RunStatus::Answered);
            const auto calls =
                std::count_if(trace.hops.cbegin(), trace.hops.cend(),
                              [](const Hop &hop) { return hop.kind == engine::kJudgeCall; });
            QCOMPARE(calls, 5);
            scores.insert(*hopOfKind(trace, u"gate"_s)->score);
            QCOMPARE(trace.cost, sumOf(trace));
            const RunTrace again = run(gatedBy(scorer), prompt.prompt);
            QCOMPARE(hopOfKind(again, u"gate"_s)->score, hopOfKind(trace, u"gate"_s)->score);
        }
        QVERIFY2(scores.size() >= 2, qPrintable(QString::number(scores.size())));
    }

    void agreementWithTheStrongModelTellsRightFromWrong()
    {
        const Json scorer{{"kind", "agreement"}, {"model", "egret"}};
        int right = 0;
        int accepted = 0;
        for (const PracticePrompt &prompt : simulation::practicePrompts().first(60)) {
            const RunTrace trace = run(gatedBy(scorer), prompt.prompt);
            QCOMPARE(trace.status, RunStatus::Answered);
            if (hopOfKind(trace, u"gate"_s)->port != "accept"_L1)
                continue;
            ++accepted;
            right += isRight(prompt, trace.answer);
        }
        QVERIFY(accepted > 10 && accepted < 60);
        QVERIFY2(right > accepted * 0.7, qPrintable(u"%1 of %2"_s.arg(right).arg(accepted)));
    }

    void aJudgeThatIsDownLeavesItToTheGate_data()
    {
        QTest::addColumn<Fault>("fault");
        QTest::addColumn<bool>("accepts");
        for (const bool accepts : {false, true}) {
            QTest::addRow("down, %s", accepts ? "accepted" : "escalated") << Fault::Down << accepts;
            QTest::addRow("cut, %s", accepts ? "accepted" : "escalated")
                << Fault::CutMidStream << accepts;
            QTest::addRow("garbage, %s", accepts ? "accepted" : "escalated")
                << Fault::Garbage << accepts;
        }
    }

    void aJudgeThatIsDownLeavesItToTheGate()
    {
        QFETCH(const Fault, fault);
        QFETCH(const bool, accepts);
        m_engine->fleet->setFault(u"sim-rookery"_s, fault);
        const PracticePrompt prompt = simulation::practicePrompts().first();
        const RunTrace trace = run(gatedBy(kJudge, accepts ? "accept" : "escalate"), prompt.prompt);
        QCOMPARE(trace.status, RunStatus::Answered);
        QCOMPARE(trace.answeringModel, accepts ? u"finch-mini"_s : u"albatross"_s);
        const Hop *gate = hopOfKind(trace, u"gate"_s);
        QCOMPARE(gate->failureClass, u"scorer"_s);
        QVERIFY(gate->error.contains("egret"_L1));
        QVERIFY(!gate->why.isEmpty());
        QCOMPARE(trace.cost, sumOf(trace));
    }

    void cancelClosesTheConnectionsOfAllSamples()
    {
        start(1);
        std::stop_source stop;
        QElapsedTimer watch;
        watch.start();
        const Json scorer{{"kind", "self_consistency"}, {"samples", 4}};
        // The samples hang, and nothing else: the fault begins with the gate.
        auto policy = prepared(gatedBy(scorer));
        auto task = m_engine->runner.run(
            policy, test::query(simulation::practicePrompts().first().prompt), stop.get_token(),
            [&](const engine::RunEvent &event) {
                if (event.kind == engine::RunEvent::Kind::HopEnded && event.hop.asksForAnswer()) {
                    m_engine->fleet->setFault(u"sim-aviary"_s, Fault::Slow);
                    watch.restart();
                    QTimer::singleShot(100, [&stop] { stop.request_stop(); });
                }
            });
        const RunTrace trace = QCoro::waitFor(task);
        QCOMPARE(trace.status, RunStatus::Cancelled);
        QVERIFY2(watch.elapsed() < 1500, qPrintable(QString::number(watch.elapsed())));
        const auto stopped =
            std::count_if(trace.hops.cbegin(), trace.hops.cend(), [](const Hop &hop) {
                return hop.kind == engine::kJudgeCall && hop.failureClass == "cancelled"_L1;
            });
        QCOMPARE(stopped, 4);
        QTRY_COMPARE_WITH_TIMEOUT(m_engine->fleet->connectionCount(), 0, 1000);
    }

    void manyQueriesWithASharedBudgetNeverPassIt()
    {
        policy::PolicyDocument document = gatedBy({{"kind", "self_consistency"}, {"samples", 3}});
        for (policy::Model &model : document.models)
            model.parameters = {{"max_tokens", 200}};
        const auto policy = prepared(document);
        const Money amount = Money::fromNanos(20'000'000);
        m_engine->runner.traffic().budget.setAmount(amount);
        std::vector<QCoro::Task<RunTrace>> tasks;
        for (const PracticePrompt &prompt : simulation::practicePrompts().first(60))
            tasks.push_back(m_engine->runner.run(policy, test::query(prompt.prompt), {}, {}));
        Money cost;
        int limited = 0;
        for (auto &task : tasks) {
            const RunTrace trace = QCoro::waitFor(task);
            QCOMPARE(trace.cost, sumOf(trace));
            cost += trace.cost;
            limited += trace.status != RunStatus::Answered;
        }
        QVERIFY(limited > 0);
        QCOMPARE(m_engine->runner.traffic().budget.spent(), cost);
        QCOMPARE(m_engine->runner.traffic().budget.reserved(), Money());
        QVERIFY2(cost <= amount, qPrintable(cost.toDecimal()));
    }

private:
    struct Engine
    {
        SystemClock clock;
        std::unique_ptr<simulation::SimulatedFleet> fleet;
        engine::ProviderDirectory directory{clock};
        catalog::ModelCatalog catalog;
        engine::QueryRunner runner{directory, catalog, clock};
    };

    void start(double timeScale)
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

    static std::shared_ptr<const engine::PreparedPolicy>
    prepared(const policy::PolicyDocument &document)
    {
        auto policy = engine::PreparedPolicy::prepare(document, routers::builtinRouters(),
                                                      scorers::builtinScorers());
        if (!policy)
            qFatal("%s", qPrintable(policy.error().message));
        return *policy;
    }

    RunTrace run(const policy::PolicyDocument &document, const QString &prompt)
    {
        auto task = m_engine->runner.run(prepared(document), test::query(prompt), {}, {});
        return QCoro::waitFor(task);
    }

    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestLiveJudges)
#include "tst_live_judges.moc"
