#pragma once

#include "core/common/result.h"

#include <chrono>

namespace headgate::ledger {

struct LedgerOptions
{
    // How long a write waits for another process that is writing.
    std::chrono::milliseconds busyTimeout{5000};
};

} // namespace headgate::ledger
