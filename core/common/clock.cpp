#include "core/common/clock.h"

#include <QTimer>

#include <qcoro/qcorotimer.h>

namespace headgate {

std::chrono::nanoseconds SystemClock::steadyNow() const
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

QDateTime SystemClock::utcNow() const
{
    return QDateTime::currentDateTimeUtc();
}

QCoro::Task<> SystemClock::sleep(std::chrono::milliseconds duration, std::stop_token stop)
{
    if (stop.stop_requested())
        co_return;
    QTimer timer;
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    timer.start(duration);
    // Restarting with no delay, instead of stopping, lets the timer fire.
    const std::stop_callback wakeUp{stop, [&timer] { timer.start(0); }};
    co_await timer;
}

} // namespace headgate
