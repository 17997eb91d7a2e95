#pragma once

#include <QDateTime>

#include <qcoro/qcorotask.h>

#include <chrono>
#include <stop_token>

namespace headgate {

// The only source of time in the engine, so that tests can turn the hands themselves.
// Durations come from steadyNow(); utcNow() is for records only.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual std::chrono::nanoseconds steadyNow() const = 0;
    virtual QDateTime utcNow() const = 0;
    // Returns after the duration, or at once when `stop` is requested. Needs an event loop.
    virtual QCoro::Task<> sleep(std::chrono::milliseconds duration, std::stop_token stop) = 0;
};

class SystemClock final : public Clock
{
public:
    std::chrono::nanoseconds steadyNow() const override;
    QDateTime utcNow() const override;
    QCoro::Task<> sleep(std::chrono::milliseconds duration, std::stop_token stop) override;
};

} // namespace headgate
