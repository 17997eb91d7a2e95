#pragma once

#include "core/engine/run_trace.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace headgate::ledger {

struct SpendFilter
{
    QDateTime from;     // of the runs' start; invalid: open
    QDateTime to;       // not included; invalid: open
    QString policyName; // empty: all
    std::optional<bool> simulated;
    std::optional<engine::RunOrigin> origin{}; // none: all
};

} // namespace headgate::ledger
