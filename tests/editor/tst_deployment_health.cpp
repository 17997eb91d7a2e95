#include "tests/editor/live_bench.h"

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::ui;
using test::Bench;
using test::id;
using Flag = engine::DeploymentHealth::Flag;
using State = engine::CircuitBreaker::State;

namespace {

engine::DeploymentHealth healthOf(const QString &model, State breaker,
                                  std::chrono::milliseconds rest, Flag flag = Flag::None)
{
    engine::DeploymentHealth made;
    made.deployment = {u"sim-fleet"_s, model};
    made.breaker = breaker;
    made.rest = rest;
    made.flag = flag;
    return made;
}

QString remark(Bench &bench, const char *node)
{
    return bench.page.scene().nodeItem(id(node))->look().remark;
}

} // namespace

class TestDeploymentHealth final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOpenBreakerStandsOnItsNodeUntilItCloses()
    {
        Bench bench; // “Small” calls finch, “Large” heron
        bench.page.showHealth(healthOf(u"finch"_s, State::Open, std::chrono::seconds(10)));
        QCOMPARE(remark(bench, "s"), u"paused, 10 s"_s);
        QVERIFY(remark(bench, "l").isEmpty());
        QVERIFY(bench.page.scene().nodeItem(id("s"))->toolTipText().contains(u"paused"_s));
        bench.page.showHealth(healthOf(u"finch"_s, State::HalfOpen, {}));
        QCOMPARE(remark(bench, "s"), u"being probed"_s);
        bench.page.showHealth(healthOf(u"finch"_s, State::Closed, {}));
        QVERIFY(remark(bench, "s").isEmpty());
    }

    void aRestThatTheServerAskedForEndsByItself()
    {
        Bench bench;
        bench.page.showHealth(
            healthOf(u"finch"_s, State::Closed, std::chrono::milliseconds(150)));
        QCOMPARE(remark(bench, "s"), u"resting, 1 s"_s);
        QTRY_VERIFY_WITH_TIMEOUT(remark(bench, "s").isEmpty(), 5000);
    }

    void whatTheUserHasToMendIsNamed()
    {
        Bench bench;
        bench.page.showHealth(healthOf(u"heron"_s, State::Closed, {}, Flag::NeedsKey));
        QVERIFY(remark(bench, "l").contains(u"key"_s));
        // Another model in the node is another deployment.
        policy::Model other = *bench.editor.document().model(u"large"_s);
        other.model = u"osprey"_s;
        bench.editor.setModel(other);
        QVERIFY(remark(bench, "l").isEmpty());
    }
};

QTEST_MAIN(TestDeploymentHealth)
#include "tst_deployment_health.moc"
