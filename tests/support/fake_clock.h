#pragma once

#include "core/common/clock.h"

#include <QList>

namespace headgate::test {

// Time that moves only when it is told to: sleep() takes none and moves the hands instead.
class FakeClock final : public Clock
{
public:
    std::chrono::nanoseconds steadyNow() const override { return m_now; }
    QDateTime utcNow() const override
    {
        return m_start.addMSecs(
            std::chrono::duration_cast<std::chrono::milliseconds>(m_now).count());
    }
    QCoro::Task<> sleep(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return;
        m_sleeps.append(duration);
        if (onSleep)
            onSleep(duration);
        m_now += duration;
    }

    void advance(std::chrono::nanoseconds duration) { m_now += duration; }
    // All that were slept, in order.
    const QList<std::chrono::milliseconds> &sleeps() const { return m_sleeps; }

    std::function<void(std::chrono::milliseconds)> onSleep; // before the hands move; may be empty

private:
    std::chrono::nanoseconds m_now = std::chrono::hours(1);
    QDateTime m_start = QDateTime(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC);
    QList<std::chrono::milliseconds> m_sleeps;
};

} // namespace headgate::test
