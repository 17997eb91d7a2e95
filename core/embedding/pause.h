#pragma once

#include <qcoro/qcorotask.h>
#include <qcoro/qcorotimer.h>

#include <chrono>

namespace headgate::embedding {

// One turn of the event loop, between steps of work that together would take
// too long for it.
inline QCoro::Task<> letOthersRun() {
  co_await QCoro::sleepFor(std::chrono::milliseconds(0));
}

} // namespace headgate::embedding
