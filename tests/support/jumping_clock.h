#pragma once

#include "core/common/clock.h"

#include <QList>

namespace headgate::test {

// Runs as time does, but sleeps take none: they move the hands ahead. For engines over real
// sockets. The time of day can be set apart from the steady hands, as people and time servers do.
class JumpingClock final : public Clock
{
public:
    std::chrono::nanoseconds steadyNow() const override { return m_system.steadyNow() + m_ahead; }
    QDateTime utcNow() const override
    {
        const auto ahead = std::chrono::duration_cast<std::chrono::milliseconds>(m_ahead + m_set);
        return m_system.utcNow().addMSecs(ahead.count());
    }
    QCoro::Task<> sleep(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        if (stop.stop_requested())
            co_return;
        m_sleeps.append(duration);
        if (onSleep)
            onSleep();
        m_ahead += duration;
    }

    void advance(std::chrono::nanoseconds duration) { m_ahead += duration; }
    void setTimeOfDay(std::chrono::nanoseconds ahead) { m_set = ahead; }
    const QList<std::chrono::milliseconds> &sleeps() const { return m_sleeps; }

    std::function<void()> onSleep; // before the hands move; may be empty

private:
    SystemClock m_system;
    std::chrono::nanoseconds m_ahead{};
    std::chrono::nanoseconds m_set{};
    QList<std::chrono::milliseconds> m_sleeps;
};

} // namespace headgate::test
