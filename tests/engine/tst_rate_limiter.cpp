#include "core/engine/traffic_control.h"

#include "tests/support/fake_clock.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::RateLimiter;
using providers::RateLimits;
using providers::RateWindow;
using std::chrono::milliseconds;
using Time = RateLimiter::Time;

class TestRateLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutLimitsNobodyWaits();
    void noMoreRequestsThanAllowedInAnyMinute();
    void noMoreTokensThanAllowedInAnyMinute();
    void aCallLargerThanTheLimitWaitsForAnEmptyMinute();
    void turnsComeInTheOrderOfAsking();
    void aTurnGivenBackIsFreeAgain();
    void theRealUseCounts();
    void waitsUntilTheServersLimitIsWhole();
    void knowsThatServersFillUpEvenly();
    void countsDownWhatTheServerLeft();
    void anExpiredWordOfTheServerIsForgotten();
    void endpointsWithTheSameKeyShareItsLimit();
};

void TestRateLimiter::withoutLimitsNobodyWaits()
{
    RateLimiter limiter;
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(limiter.take(1'000'000, 5s).at, Time(5s));
}

void TestRateLimiter::noMoreRequestsThanAllowedInAnyMinute()
{
    RateLimiter limiter;
    limiter.setLimits(3, {});
    QList<Time> at;
    for (int i = 0; i < 9; ++i)
        at.append(limiter.take(1, i * 1s).at);
    const QList<Time> expected{0s, 1s, 2s, 60s, 61s, 62s, 120s, 121s, 122s};
    QCOMPARE(at, expected);
}

void TestRateLimiter::noMoreTokensThanAllowedInAnyMinute()
{
    RateLimiter limiter;
    limiter.setLimits({}, 1000);
    QCOMPARE(limiter.take(600, 0s).at, Time(0s));
    QCOMPARE(limiter.take(400, 1s).at, Time(1s));
    QCOMPARE(limiter.earliest(500, 2s), Time(60s)); // when the 600 are a minute old
    QCOMPARE(limiter.earliest(601, 2s), Time(61s));
    QCOMPARE(limiter.take(500, 2s).at, Time(60s));
}

void TestRateLimiter::aCallLargerThanTheLimitWaitsForAnEmptyMinute()
{
    RateLimiter limiter;
    limiter.setLimits({}, 1000);
    QCOMPARE(limiter.take(5000, 0s).at, Time(0s));
    QCOMPARE(limiter.take(1, 1s).at, Time(60s));
    QCOMPARE(limiter.take(5000, 2s).at, Time(120s));
}

void TestRateLimiter::turnsComeInTheOrderOfAsking()
{
    RateLimiter limiter;
    limiter.setLimits({}, 1000);
    limiter.take(900, 0s);
    QCOMPARE(limiter.take(900, 1s).at, Time(60s));
    // It would fit in at once, and would then keep the larger one waiting for ever.
    QCOMPARE(limiter.take(50, 2s).at, Time(60s));
}

void TestRateLimiter::aTurnGivenBackIsFreeAgain()
{
    RateLimiter limiter;
    limiter.setLimits(2, {});
    limiter.take(1, 0s);
    const auto turn = limiter.take(1, 0s);
    QCOMPARE(limiter.earliest(1, 1s), Time(60s));
    limiter.giveBack(turn);
    QCOMPARE(limiter.earliest(1, 1s), Time(1s));
}

void TestRateLimiter::theRealUseCounts()
{
    RateLimiter limiter;
    limiter.setLimits({}, 1000);
    const auto turn = limiter.take(100, 0s);
    limiter.correct(turn, 950);
    QCOMPARE(limiter.earliest(100, 1s), Time(60s));
    limiter.correct(turn, 10);
    QCOMPARE(limiter.earliest(100, 1s), Time(1s));
}

void TestRateLimiter::waitsUntilTheServersLimitIsWhole()
{
    RateLimiter limiter;
    limiter.learn({.requests = {{}, 0, milliseconds(12'000)}, .tokens = {}}, 100s);
    QCOMPARE(limiter.earliest(1, 101s), Time(112s));
    QCOMPARE(limiter.earliest(1, 113s), Time(113s));
}

void TestRateLimiter::knowsThatServersFillUpEvenly()
{
    RateLimiter limiter;
    limiter.learn({.requests = {}, .tokens = {30'000, 0, milliseconds(60'000)}}, 0s);
    QCOMPARE(limiter.earliest(500, 0s), Time(1s));
    QCOMPARE(limiter.earliest(500, 5s), Time(5s));
    QCOMPARE(limiter.earliest(30'000, 0s), Time(60s));
}

void TestRateLimiter::countsDownWhatTheServerLeft()
{
    RateLimiter limiter;
    limiter.learn({.requests = {{}, 2, milliseconds(30'000)}, .tokens = {}}, 0s);
    QCOMPARE(limiter.take(1, 1s).at, Time(1s));
    QCOMPARE(limiter.take(1, 2s).at, Time(2s));
    QCOMPARE(limiter.take(1, 3s).at, Time(30s));
}

void TestRateLimiter::anExpiredWordOfTheServerIsForgotten()
{
    RateLimiter limiter;
    limiter.learn({.requests = {60, 0, milliseconds(5'000)}, .tokens = {}}, 0s);
    QCOMPARE(limiter.take(1, 6s).at, Time(6s));
    QCOMPARE(limiter.take(1, 6s).at, Time(6s));
    // A later answer says how much is left by then.
    limiter.learn({.requests = {60, 50, milliseconds(5'000)}, .tokens = {}}, 7s);
    QCOMPARE(limiter.take(1, 7s).at, Time(7s));
}

void TestRateLimiter::endpointsWithTheSameKeyShareItsLimit()
{
    test::FakeClock clock;
    engine::TrafficControl traffic(clock);
    providers::Endpoint one;
    one.name = u"one"_s;
    one.keyVariable = u"KEY"_s;
    one.baseUrl = QUrl(u"https://api.example.com/v1"_s);
    one.requestsPerMinute = 1;
    providers::Endpoint other = one;
    other.name = u"other"_s;
    providers::Endpoint elsewhere = one;
    elsewhere.baseUrl = QUrl(u"https://api.example.org/v1"_s);
    traffic.limiter(one).take(1, 0s);
    QCOMPARE(traffic.limiter(other).earliest(1, 0s), Time(60s));
    QCOMPARE(traffic.limiter(elsewhere).earliest(1, 0s), Time(0s));
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_rate_limiter.moc"
