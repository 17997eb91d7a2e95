#include "core/engine/deployment_watch.h"
#include "core/ledger/ledger.h"
#include "sample_traces.h"
#include "tests/support/fake_clock.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ledger;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::Deployment;
using engine::Hop;

namespace {

const QDateTime kNow(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
const Deployment kSmall{u"house"_s, u"small-id"_s};

Hop call(std::chrono::milliseconds duration, const QString &failureClass = {})
{
    Hop hop;
    hop.node = {u"n1"_s};
    hop.kind = u"model"_s;
    hop.attempt = 1;
    hop.provider = kSmall.provider;
    hop.chosenModel = kSmall.model;
    hop.failureClass = failureClass;
    hop.start = 1s;
    hop.firstToken = hop.start + duration / 4;
    hop.end = hop.start + duration;
    hop.usage.output = 31;
    return hop;
}

} // namespace

class TestDeploymentCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void figuresAreThoseOfTheCalls();
    void olderRunsAreLeftOut();
    void theNewestCallsCount();
    void whatWasNeverSentSaysNothing();
    void eachDeploymentIsToldApart();
    void anEmptyLedgerHasNone();
    void theSessionGoesOnFromThem();
    void percentilesAreNearestRank();

private:
    void record(const QList<Hop> &hops, const QDateTime &at = kNow)
    {
        engine::RunTrace trace = test::plainTrace(QString::number(++m_runs), at, 0);
        trace.hops = hops;
        QVERIFY(m_ledger->record(trace, false));
    }

    int m_runs = 0;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Ledger> m_ledger;
};

void TestDeploymentCalls::init()
{
    m_ledger.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_ledger = Ledger::open(m_folder->filePath(u"ledger.sqlite"_s)).value();
}

void TestDeploymentCalls::figuresAreThoseOfTheCalls()
{
    for (int i = 1; i <= 19; ++i)
        record({call(i * 100ms)});
    record({call(5ms, u"transient"_s)});
    const auto deployments = m_ledger->deployments(kNow.addDays(-1)).value();
    QCOMPARE(deployments.size(), 1);
    QCOMPARE(deployments.first().deployment, kSmall);
    const engine::CallFigures &figures = deployments.first().figures;
    QCOMPARE(figures.calls, 20);
    QCOMPARE(figures.answered, 19);
    QCOMPARE(figures.successRate(), std::optional(0.95));
    QCOMPARE(figures.median, std::optional<std::chrono::nanoseconds>(1000ms));
    QCOMPARE(figures.p95, std::optional<std::chrono::nanoseconds>(1900ms));
    QCOMPARE(figures.firstToken, std::optional<std::chrono::nanoseconds>(250ms));
    // 30 tokens after the first in the 750 ms that the median call took for them.
    QVERIFY(std::abs(*figures.tokensPerSecond - 40.0) < 1e-6);
}

void TestDeploymentCalls::olderRunsAreLeftOut()
{
    record({call(100ms)}, kNow.addDays(-2));
    record({call(200ms)}, kNow);
    const auto deployments = m_ledger->deployments(kNow.addDays(-1)).value();
    QCOMPARE(deployments.first().samples.size(), 1);
    QCOMPARE(deployments.first().samples.front().duration, std::chrono::nanoseconds(200ms));
    QVERIFY(m_ledger->deployments(kNow.addDays(1)).value().isEmpty());
}

void TestDeploymentCalls::theNewestCallsCount()
{
    for (int i = 1; i <= 10; ++i)
        record({call(i * 100ms)});
    const auto deployments = m_ledger->deployments({}, 3).value();
    QList<std::chrono::nanoseconds> durations;
    for (const engine::CallSample &sample : deployments.first().samples)
        durations.append(sample.duration);
    QCOMPARE(durations, (QList<std::chrono::nanoseconds>{800ms, 900ms, 1000ms}));
}

void TestDeploymentCalls::whatWasNeverSentSaysNothing()
{
    record({call(0ms, u"resting"_s), call(0ms, u"not_configured"_s), call(0ms, u"key_limit"_s),
            call(50ms, u"cancelled"_s)});
    QVERIFY(m_ledger->deployments({}).value().isEmpty());
}

void TestDeploymentCalls::eachDeploymentIsToldApart()
{
    Hop other = call(900ms);
    other.provider = u"elsewhere"_s;
    record({call(100ms), other});
    const auto deployments = m_ledger->deployments({}).value();
    QCOMPARE(deployments.size(), 2);
    QCOMPARE(deployments.first().deployment.provider, u"elsewhere"_s);
    QCOMPARE(deployments.first().figures.median, std::optional<std::chrono::nanoseconds>(900ms));
}

void TestDeploymentCalls::anEmptyLedgerHasNone()
{
    QVERIFY(m_ledger->deployments({}).value().isEmpty());
}

void TestDeploymentCalls::theSessionGoesOnFromThem()
{
    for (int i = 1; i <= 5; ++i)
        record({call(i * 100ms)});
    test::FakeClock clock;
    engine::DeploymentWatch watch(clock);
    QVERIFY(!watch.latency(kSmall, 0.5));
    const auto deployments = m_ledger->deployments({}).value();
    watch.seed(kSmall, deployments.first().samples);
    QCOMPARE(watch.latency(kSmall, 0.5), std::optional<std::chrono::nanoseconds>(300ms));
    QVERIFY(!watch.latency(kSmall, 0.5, 6));
    QCOMPARE(watch.health(kSmall).figures.calls, 5);
    clock.advance(1h); // by then it may have changed
    QVERIFY(!watch.latency(kSmall, 0.5));
}

void TestDeploymentCalls::percentilesAreNearestRank()
{
    std::vector<std::chrono::nanoseconds> values;
    for (int i = 100; i >= 1; --i)
        values.push_back(std::chrono::nanoseconds(i));
    QCOMPARE(engine::percentile(values, 0.95)->count(), 95);
    QCOMPARE(engine::percentile(values, 0.001)->count(), 1);
    QCOMPARE(engine::percentile(values, 1.0)->count(), 100);
    QVERIFY(!engine::percentile({}, 0.5));
}

QTEST_GUILESS_MAIN(TestDeploymentCalls)
#include "tst_deployment_calls.moc"
