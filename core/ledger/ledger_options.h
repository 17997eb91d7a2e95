#pragma once

#include "core/common/result.h"

#include <chrono>

namespace headgate::ledger {

struct LedgerOptions
{
    // How long a write waits for another process that is writing.
    std::chrono::milliseconds busyTimeout{5000};
    // How long LedgerThread waits before it tries again to write what could not be written.
    std::chrono::milliseconds retryInterval{1000};
};

} // namespace headgate::ledger
