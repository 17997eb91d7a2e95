#include "core/common/clock.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <qcoro/qcorotask.h>

using namespace headgate;
using namespace std::chrono_literals;

class TestClock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sleepLastsAtLeastItsTime()
    {
        SystemClock clock;
        const auto before = clock.steadyNow();
        QCoro::waitFor(clock.sleep(30ms, {}));
        // Timers may be early by less than a millisecond.
        QVERIFY(clock.steadyNow() - before >= 29ms);
    }

    void stopEndsASleepEarly()
    {
        SystemClock clock;
        std::stop_source source;
        QTimer::singleShot(10, this, [&source] { source.request_stop(); });
        bool watchdog = false;
        QTimer::singleShot(5s, this, [&watchdog] { watchdog = true; });
        QCoro::waitFor(clock.sleep(1h, source.get_token()));
        QVERIFY(!watchdog);
    }

    void aStoppedTokenDoesNotSleepAtAll()
    {
        SystemClock clock;
        std::stop_source source;
        source.request_stop();
        auto sleep = clock.sleep(1h, source.get_token());
        QVERIFY(sleep.isReady());
    }

    void recordsAreInUtc() { QCOMPARE(SystemClock().utcNow().timeSpec(), Qt::UTC); }
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"
