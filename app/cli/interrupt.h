#pragma once

#include <QSocketNotifier>

#include <memory>
#include <stop_token>

namespace headgate::cli {

// Turns the first SIGINT or SIGTERM into a request to stop; the second ends the process at once.
// One at a time, and only with an event loop.
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;

    std::stop_token token() const { return m_stop.get_token(); }
    bool requested() const { return m_stop.stop_requested(); }
    void stop() { m_stop.request_stop(); }

private:
    std::stop_source m_stop;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace headgate::cli
