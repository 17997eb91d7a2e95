#pragma once

#include "ui/savings/savings_filter.h"

namespace headgate::ui {

// Everything that the savings page shows, read in one go on the ledger's thread.
struct SavingsReport
{
    Origin origin = Origin::Simulated; // of all figures below
    bool hasSimulated = false;         // in the whole ledger
    bool hasLive = false;
    QStringList policyNames; // in the whole ledger, sorted
    QString baseline;        // model; empty: none or more than one policy's
    ledger::SpendTotals totals;
    QList<ledger::ModelTotals> models; // most answers first
    QList<ledger::SpendPoint> points;
    QList<ledger::RunSummary> runs; // at most kMostRuns
    QStringList unpricedModels;     // of the newest runs with an unknown price, sorted
    ledger::SpendTotals recordings; // that the filter would let through, and are not in `totals`

    bool isLedgerEmpty() const { return !hasSimulated && !hasLive; }
};

constexpr int kMostRuns = 500;

// Where the filter names no origin: live where there is any, else simulated.
Result<SavingsReport> loadReport(const ledger::Ledger &ledger, const SavingsFilter &filter,
                                 const QDateTime &now);

} // namespace headgate::ui
