#include "core/engine/retry_policy.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using engine::FailedAttempt;
using engine::RetryBudget;
using engine::retryWait;
using providers::Advice;
using providers::CallFailure;
using providers::FailureClass;
using std::chrono::milliseconds;

namespace {

CallFailure failing(FailureClass failureClass, Advice advice,
                    std::optional<milliseconds> retryAfter = std::nullopt)
{
    CallFailure failure;
    failure.failureClass = failureClass;
    failure.advice = advice;
    failure.retryAfter = retryAfter;
    return failure;
}

} // namespace

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backsOffTwiceAsLongEachTime_data();
    void backsOffTwiceAsLongEachTime();
    void sameSeedSameWait();
    void seedsSpreadTheWaits();
    void honoursRetryAfter_data();
    void honoursRetryAfter();
    void aLongRetryAfterIsLeftToRestWhereAnotherModelIsReady();
    void gives_data();
    void gives();
    void triesABrokenConnectionAtOnceWhereAnotherModelWaits();
    void anOutageGetsAtMostAFifthMoreLoad();
    void aLoneQueryGetsItsRetries();
};

void TestRetryPolicy::backsOffTwiceAsLongEachTime_data()
{
    QTest::addColumn<int>("attempt");
    QTest::addColumn<int>("full");
    QTest::newRow("first") << 1 << 500;
    QTest::newRow("second") << 2 << 1000;
    QTest::newRow("fourth") << 4 << 4000;
    QTest::newRow("fifth") << 5 << 8000;
    QTest::newRow("sixth stays at the longest") << 6 << 8000;
    QTest::newRow("thousandth") << 1000 << 8000;
}

void TestRetryPolicy::backsOffTwiceAsLongEachTime()
{
    QFETCH(const int, attempt);
    QFETCH(const int, full);
    const CallFailure failure = failing(FailureClass::Transient, Advice::Retry);
    for (quint64 seed = 0; seed < 1000; ++seed) {
        const auto wait =
            retryWait(failure, {.attempt = attempt, .retriesAllowed = 2000, .seed = seed});
        QVERIFY(wait);
        QVERIFY(wait->count() >= full * 3 / 4);
        QVERIFY(wait->count() <= full);
    }
}

void TestRetryPolicy::sameSeedSameWait()
{
    const CallFailure failure = failing(FailureClass::Transient, Advice::Retry);
    const FailedAttempt attempt{.attempt = 2, .seed = 99};
    QCOMPARE(retryWait(failure, attempt), retryWait(failure, attempt));
}

void TestRetryPolicy::seedsSpreadTheWaits()
{
    const CallFailure failure = failing(FailureClass::Transient, Advice::Retry);
    QSet<qint64> waits;
    for (quint64 seed = 0; seed < 200; ++seed)
        waits.insert(
            retryWait(failure, {.attempt = 3, .retriesAllowed = 5, .seed = seed})->count());
    QVERIFY(waits.size() > 100);
}

void TestRetryPolicy::honoursRetryAfter_data()
{
    QTest::addColumn<int>("retryAfter");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    QTest::newRow("two seconds, jitter only up") << 2000 << 2000 << 2200;
    QTest::newRow("the longest") << 60'000 << 60'000 << 66'000;
    QTest::newRow("longer is not waited for") << 60'001 << -1 << -1;
    QTest::newRow("nothing: own back-off") << 0 << 375 << 500;
    QTest::newRow("negative: own back-off") << -5000 << 375 << 500;
}

void TestRetryPolicy::honoursRetryAfter()
{
    QFETCH(const int, retryAfter);
    QFETCH(const int, least);
    QFETCH(const int, most);
    const CallFailure failure =
        failing(FailureClass::Rate, Advice::Retry, milliseconds(retryAfter));
    for (quint64 seed = 0; seed < 100; ++seed) {
        const auto wait = retryWait(failure, {.attempt = 1, .seed = seed});
        QCOMPARE(wait.has_value(), least >= 0);
        QVERIFY(!wait || (wait->count() >= least && wait->count() <= most));
    }
}

void TestRetryPolicy::aLongRetryAfterIsLeftToRestWhereAnotherModelIsReady()
{
    const FailedAttempt other{.attempt = 1, .otherModelReady = true};
    const CallFailure slow = failing(FailureClass::Transient, Advice::Retry, milliseconds(20'000));
    QCOMPARE(retryWait(slow, other), std::nullopt);
    QVERIFY(retryWait(slow, {.attempt = 1})->count() >= 20'000);
    const CallFailure soon = failing(FailureClass::Transient, Advice::Retry, milliseconds(100));
    QVERIFY(retryWait(soon, other)->count() <= 110);
}

void TestRetryPolicy::gives_data()
{
    QTest::addColumn<FailureClass>("failureClass");
    QTest::addColumn<Advice>("advice");
    QTest::addColumn<FailedAttempt>("attempt");
    QTest::addColumn<bool>("retries");
    const FailedAttempt first{.attempt = 1};
    const FailedAttempt second{.attempt = 2};
    const FailedAttempt shown{.attempt = 1, .textShown = true};
    const FailedAttempt other{.attempt = 1, .otherModelReady = true};
    const auto row = [](const char *name, FailureClass failureClass, Advice advice,
                        const FailedAttempt &attempt, bool retries) {
        QTest::newRow(name) << failureClass << advice << attempt << retries;
    };
    row("transient", FailureClass::Transient, Advice::Retry, first, true);
    row("transient twice", FailureClass::Transient, Advice::Retry, second, true);
    row("no retries left", FailureClass::Transient, Advice::Retry, {.attempt = 3}, false);
    row("none allowed", FailureClass::Transient, Advice::Retry, {.attempt = 1, .retriesAllowed = 0},
        false);
    row("text was shown", FailureClass::Transient, Advice::Retry, shown, false);
    row("advised against", FailureClass::Transient, Advice::Next, first, false);
    row("timeout", FailureClass::Timeout, Advice::Next, first, false);
    row("auth", FailureClass::Auth, Advice::Next, first, false);
    row("request", FailureClass::Request, Advice::Stop, first, false);
    row("protocol once", FailureClass::Protocol, Advice::Next, first, true);
    row("protocol never twice", FailureClass::Protocol, Advice::Retry, second, false);
    row("truncated before text", FailureClass::Truncated, Advice::Next, first, true);
    row("truncated after text", FailureClass::Truncated, Advice::Next, shown, false);
    row("protocol, yet stop", FailureClass::Protocol, Advice::Stop, first, false);
    row("transport once", FailureClass::Transport, Advice::Retry, first, true);
    row("transport never twice", FailureClass::Transport, Advice::Retry, second, false);
    row("busy, nobody else", FailureClass::Rate, Advice::Retry, first, true);
    row("busy, another model ready", FailureClass::Rate, Advice::Retry, other, false);
    row("transient, another model ready", FailureClass::Transient, Advice::Retry, other, true);
}

void TestRetryPolicy::gives()
{
    QFETCH(const FailureClass, failureClass);
    QFETCH(const Advice, advice);
    QFETCH(const FailedAttempt, attempt);
    QFETCH(const bool, retries);
    const CallFailure failure = failing(failureClass, advice);
    QCOMPARE(retryWait(failure, attempt).has_value(), retries);
}

void TestRetryPolicy::triesABrokenConnectionAtOnceWhereAnotherModelWaits()
{
    const CallFailure failure = failing(FailureClass::Transport, Advice::Retry);
    QCOMPARE(retryWait(failure, {.attempt = 1, .otherModelReady = true}),
             std::optional(milliseconds(0)));
    QVERIFY(retryWait(failure, {.attempt = 1})->count() >= 375);
}

void TestRetryPolicy::anOutageGetsAtMostAFifthMoreLoad()
{
    RetryBudget budget;
    const QString provider = u"down"_s;
    for (int healthy = 0; healthy < 1000; ++healthy)
        budget.countCall(provider);
    int load = 0;
    for (int query = 0; query < 1000; ++query) {
        budget.countCall(provider);
        ++load;
        for (int retry = 0; retry < 2 && budget.takeRetry(provider); ++retry)
            ++load;
    }
    QVERIFY2(load <= 1200, qPrintable(QString::number(load)));
    QVERIFY(load > 1000);
}

void TestRetryPolicy::aLoneQueryGetsItsRetries()
{
    RetryBudget budget;
    QVERIFY(!budget.takeRetry(u"never called"_s));
    budget.countCall(u"a"_s);
    QVERIFY(budget.takeRetry(u"a"_s));
    QVERIFY(budget.takeRetry(u"a"_s));
}

QTEST_GUILESS_MAIN(TestRetryPolicy)
#include "tst_retry_policy.moc"
