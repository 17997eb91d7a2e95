#pragma once

#include "core/ledger/ledger.h"
#include "ui/common/origin.h"

#include <QTimeZone>

namespace headgate::ui {

enum class Period { Today, Week, Month, All };

// What the page is asked to show, in the user's words.
struct SavingsFilter
{
    Period period = Period::Month;
    QString policyName;           // empty: all
    std::optional<Origin> origin; // none: what is there; Mixed is never asked for

    bool operator==(const SavingsFilter &) const = default;
};

QString periodName(Period period); // "Last 30 days"
// The same in the ledger's terms. `now` in the zone whose days count.
ledger::SpendFilter toSpendFilter(const SavingsFilter &filter, Origin origin, const QDateTime &now);

} // namespace headgate::ui
