#pragma once

#include "core/catalog/model_catalog.h"

#include <QDateTime>

namespace headgate::sqlite {
class Database;
}

namespace headgate::ledger {

// A price that turned out to be another one, for the calls of a deployment in a period.
struct PriceCorrection
{
    QString provider;
    QString model;  // the provider's id, as it was asked for
    QDateTime from; // of the runs' start; invalid: open
    QDateTime to;   // not included; invalid: open
    catalog::PriceQuote quote; // the list price: what a call was charged beside it stays
};

// What a correction changes.
struct CorrectionEffect
{
    qint64 calls = 0;     // whose cost is another one then, or known at last
    qint64 runs = 0;      // that these are of
    qint64 reported = 0;  // calls that are left alone: their provider said what it charged
    qint64 fast = 0;      // calls that are left alone: the price of the fast speed is another one
    qint64 baselines = 0; // runs whose baseline's cost is another one then
    Money before;         // of `calls`; a cost that was not known counts as nothing
    Money after;
    Money baselinesBefore;
    Money baselinesAfter;

    Money difference() const { return after - before; }
    bool operator==(const CorrectionEffect &) const = default;
};

Result<CorrectionEffect> correctPrice(sqlite::Database &database,
                                      const PriceCorrection &correction);
Result<CorrectionEffect> previewCorrection(sqlite::Database &database,
                                           const PriceCorrection &correction);

} // namespace headgate::ledger
