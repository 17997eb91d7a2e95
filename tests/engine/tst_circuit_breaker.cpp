#include "core/engine/deployment_health.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::CircuitBreaker;
using State = CircuitBreaker::State;
using Time = CircuitBreaker::Time;

namespace {

// A breaker with a clock, and the sequence of its states: "0 closed, 5 open, 15 half_open".
class Bench
{
public:
    Bench() { note(); }

    void at(Time now)
    {
        Q_ASSERT(now >= m_now);
        m_now = now;
    }
    bool lets() const { return m_breaker.lets(m_now); }
    CircuitBreaker::Ticket send()
    {
        const auto ticket = m_breaker.send();
        note();
        return ticket;
    }
    void fails(CircuitBreaker::Ticket ticket, bool mayOpen = true)
    {
        m_breaker.failed(ticket, m_now, mayOpen);
        note();
    }
    void succeeds(CircuitBreaker::Ticket ticket)
    {
        m_breaker.succeeded(ticket, m_now);
        note();
    }
    void failure() { fails(send()); }
    void success() { succeeds(send()); }

    CircuitBreaker &breaker() { return m_breaker; }
    QString sequence() const { return m_sequence.join(", "_L1); }

private:
    void note()
    {
        if (m_last == m_breaker.state())
            return;
        m_last = m_breaker.state();
        m_sequence.append(
            u"%1 %2"_s.arg(std::chrono::duration_cast<std::chrono::seconds>(m_now).count())
                .arg(nameOf(m_breaker.state())));
    }

    CircuitBreaker m_breaker;
    Time m_now{};
    std::optional<State> m_last;
    QStringList m_sequence;
};

} // namespace

class TestCircuitBreaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAfterFiveFailuresInARow();
    void aSuccessBreaksTheRow();
    void opensAtHalfOfSixWithinAMinute();
    void fewerThanSixCallsAreNoRate();
    void outcomesOlderThanAMinuteDoNotCount();
    void probesAfterTenThenTwentyUpToThreeHundredSeconds();
    void aGoodProbeClosesAndForgets();
    void oneProbeAtATime();
    void anAbandonedProbeIsReplacedAtOnce();
    void aRefusalEndsAProbeWell();
    void neverOpensTheLastUsableTarget();
    void lateResultsOfAnEarlierEraDoNotCount();
    void aFlappingTargetChangesNoFasterThanItsInterval();
    void aHundredParallelFailuresOpenItOnce();
};

void TestCircuitBreaker::opensAfterFiveFailuresInARow()
{
    Bench bench;
    for (int second = 1; second <= 4; ++second) {
        bench.at(std::chrono::seconds(second));
        bench.failure();
        QVERIFY(bench.lets());
    }
    bench.at(5s);
    bench.failure();
    QVERIFY(!bench.lets());
    QCOMPARE(bench.sequence(), u"0 closed, 5 open"_s);
}

void TestCircuitBreaker::aSuccessBreaksTheRow()
{
    Bench bench;
    // 4 of 12 fail: neither five in a row nor half.
    for (int i = 0; i < 8; ++i)
        bench.success();
    for (int i = 0; i < 4; ++i)
        bench.failure();
    bench.success();
    QCOMPARE(bench.breaker().failuresInARow(), 0);
    QCOMPARE(bench.sequence(), u"0 closed"_s);
}

void TestCircuitBreaker::opensAtHalfOfSixWithinAMinute()
{
    Bench bench;
    for (int second = 1; second <= 5; ++second) {
        bench.at(std::chrono::seconds(second));
        second % 2 == 0 ? bench.failure() : bench.success();
    }
    QCOMPARE(bench.sequence(), u"0 closed"_s);
    bench.at(6s);
    bench.failure(); // the third of six
    QCOMPARE(bench.sequence(), u"0 closed, 6 open"_s);
}

void TestCircuitBreaker::fewerThanSixCallsAreNoRate()
{
    Bench bench;
    bench.success();
    for (int i = 0; i < 4; ++i)
        bench.failure();
    QCOMPARE(bench.sequence(), u"0 closed"_s);
}

void TestCircuitBreaker::outcomesOlderThanAMinuteDoNotCount()
{
    Bench bench;
    for (int i = 0; i < 3; ++i)
        bench.failure();
    bench.at(61s);
    for (int i = 0; i < 4; ++i)
        bench.success();
    bench.failure();
    bench.failure(); // 2 of the 6 of the last minute
    QCOMPARE(bench.sequence(), u"0 closed"_s);
    bench.success();
    bench.failure();
    bench.failure(); // 4 of 9
    bench.failure(); // 5 of 10
    QCOMPARE(bench.sequence(), u"0 closed, 61 open"_s);
}

void TestCircuitBreaker::probesAfterTenThenTwentyUpToThreeHundredSeconds()
{
    Bench bench;
    for (int i = 0; i < 5; ++i)
        bench.failure();
    Time now{};
    for (const Time pause : {10s, 20s, 40s, 80s, 160s, 300s, 300s}) {
        bench.at(now + pause - 1ns);
        QVERIFY(!bench.lets());
        now += pause;
        bench.at(now);
        QVERIFY(bench.lets());
        bench.failure();
    }
    QCOMPARE(bench.sequence(),
             u"0 closed, 0 open, 10 half_open, 10 open, 30 half_open, 30 open, 70 half_open, "
             "70 open, 150 half_open, 150 open, 310 half_open, 310 open, 610 half_open, 610 open, "
             "910 half_open, 910 open"_s);
}

void TestCircuitBreaker::aGoodProbeClosesAndForgets()
{
    Bench bench;
    for (int i = 0; i < 5; ++i)
        bench.failure();
    bench.at(10s);
    bench.failure(); // open for 20 s
    bench.at(30s);
    bench.success();
    QCOMPARE(bench.breaker().failuresInARow(), 0);
    for (int i = 0; i < 4; ++i)
        bench.failure();
    QVERIFY(bench.lets());
    bench.failure();
    bench.at(40s); // the first pause again
    QVERIFY(bench.lets());
    QCOMPARE(bench.sequence(),
             u"0 closed, 0 open, 10 half_open, 10 open, 30 half_open, 30 closed, 30 open"_s);
}

void TestCircuitBreaker::oneProbeAtATime()
{
    Bench bench;
    for (int i = 0; i < 5; ++i)
        bench.failure();
    bench.at(10s);
    int sent = 0;
    CircuitBreaker::Ticket probe;
    for (int query = 0; query < 100; ++query) {
        if (!bench.lets())
            continue;
        probe = bench.send();
        ++sent;
    }
    QCOMPARE(sent, 1);
    bench.at(400s); // however long the probe takes
    QVERIFY(!bench.lets());
    bench.succeeds(probe);
    QVERIFY(bench.lets());
}

void TestCircuitBreaker::anAbandonedProbeIsReplacedAtOnce()
{
    Bench bench;
    for (int i = 0; i < 5; ++i)
        bench.failure();
    bench.at(10s);
    const auto probe = bench.send();
    bench.breaker().abandoned(probe);
    QVERIFY(bench.lets());
    bench.success();
    QCOMPARE(bench.breaker().state(), State::Closed);
}

void TestCircuitBreaker::aRefusalEndsAProbeWell()
{
    Bench bench;
    for (int i = 0; i < 4; ++i)
        bench.failure();
    bench.breaker().refused(bench.send()); // counts for nothing while closed
    QCOMPARE(bench.breaker().failuresInARow(), 4);
    bench.failure();
    bench.at(10s);
    bench.breaker().refused(bench.send());
    QCOMPARE(bench.breaker().state(), State::Closed);
}

void TestCircuitBreaker::neverOpensTheLastUsableTarget()
{
    Bench bench;
    for (int i = 0; i < 50; ++i)
        bench.fails(bench.send(), false);
    QVERIFY(bench.lets());
    QCOMPARE(bench.sequence(), u"0 closed"_s);
    // Another one is back: what has failed all the time need not fail five times more.
    bench.failure();
    QCOMPARE(bench.sequence(), u"0 closed, 0 open"_s);
}

void TestCircuitBreaker::lateResultsOfAnEarlierEraDoNotCount()
{
    Bench bench;
    const auto slow = bench.send();
    const auto slower = bench.send();
    for (int i = 0; i < 5; ++i)
        bench.failure();
    bench.at(9s);
    bench.succeeds(slow); // sent before it opened
    QVERIFY(!bench.lets());
    bench.at(10s);
    const auto probe = bench.send();
    bench.fails(slower);
    QCOMPARE(bench.breaker().state(), State::HalfOpen);
    bench.succeeds(probe);
    QCOMPARE(bench.sequence(), u"0 closed, 0 open, 10 half_open, 10 closed"_s);
}

void TestCircuitBreaker::aFlappingTargetChangesNoFasterThanItsInterval()
{
    Bench bench;
    Time lastOpened = -10s;
    int opened = 0;
    bool good = true;
    for (int call = 0; call < 2000; ++call) {
        bench.at(call * 100ms);
        if (!bench.lets())
            continue;
        const State before = bench.breaker().state();
        good = !good;
        good ? bench.success() : bench.failure();
        if (bench.breaker().state() == State::Open && before != State::Open) {
            QVERIFY(call * 100ms - lastOpened >= 10s);
            lastOpened = call * 100ms;
            ++opened;
        }
    }
    QVERIFY(opened > 1);
}

void TestCircuitBreaker::aHundredParallelFailuresOpenItOnce()
{
    Bench bench;
    std::vector<CircuitBreaker::Ticket> flying;
    for (int i = 0; i < 100; ++i)
        flying.push_back(bench.send());
    bench.at(1s);
    for (const auto ticket : flying)
        bench.fails(ticket);
    QCOMPARE(bench.sequence(), u"0 closed, 1 open"_s);
    bench.at(11s); // not put off by the ninety-five that came after it had opened
    QVERIFY(bench.lets());
}

QTEST_GUILESS_MAIN(TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
