#pragma once

#include "core/common/result.h"
#include "core/ledger/spend_filter.h"

#include <QList>

namespace headgate::sqlite {
class Database;
}

namespace headgate::ledger {

// How many runs of a policy there are, and of how many of them the prompt was kept.
struct RunTexts
{
    QString policyName;
    qint64 runs = 0;
    qint64 withTexts = 0;
};

// By the policy's name.
Result<QList<RunTexts>> countRunTexts(sqlite::Database &database, const SpendFilter &filter);

} // namespace headgate::ledger
