#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEvent>
#include <QTimer>

#include <chrono>

namespace headgate::test {

// Until the condition holds; false where the patience ends before. For what takes many turns of the
// event loop: QTest::qWaitFor() sleeps for 10 ms after each of them, this only while there is
// nothing to do.
template<typename Condition>
bool waitUntil(Condition holds, std::chrono::milliseconds patience)
{
    const QDeadlineTimer end(patience);
    QTimer tick; // looks again, whatever happens
    tick.start(20);
    while (!holds()) {
        if (end.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace headgate::test
