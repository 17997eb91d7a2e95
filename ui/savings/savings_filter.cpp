#include "ui/savings/savings_filter.h"

#include "ui/common/texts.h"

namespace headgate::ui {

QString periodName(Period period)
{
    switch (period) {
    case Period::Today:
        return Texts::tr("Today");
    case Period::Week:
        return Texts::tr("Last 7 days");
    case Period::Month:
        return Texts::tr("Last 30 days");
    case Period::All:
        return Texts::tr("All time");
    }
    Q_UNREACHABLE();
}

ledger::SpendFilter toSpendFilter(const SavingsFilter &filter, Origin origin, const QDateTime &now)
{
    ledger::SpendFilter spend;
    // Whole days of the user's zone, today included.
    const auto startOfDay = [&now](int daysAgo) {
        return now.date().addDays(-daysAgo).startOfDay(now.timeZone()).toUTC();
    };
    switch (filter.period) {
    case Period::Today:
        spend.from = startOfDay(0);
        break;
    case Period::Week:
        spend.from = startOfDay(6);
        break;
    case Period::Month:
        spend.from = startOfDay(29);
        break;
    case Period::All:
        break;
    }
    spend.policyName = filter.policyName;
    spend.simulated = origin == Origin::Simulated;
    // Recordings save nothing and are kept apart, but for whoever asks for one by its name.
    if (filter.policyName.isEmpty())
        spend.origin = engine::RunOrigin::Live;
    return spend;
}

} // namespace headgate::ui
