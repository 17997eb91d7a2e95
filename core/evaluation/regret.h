#pragma once

#include "core/evaluation/routed_rows.h"

#include <optional>

namespace headgate::evaluation {

// What hindsight says of one answer, among all models of the table that have an outcome there.
struct Regret
{
    // Nano-dollars above the cheapest model that alone would have answered as well; 0: none would
    // have been cheaper, or the answer was worth nothing, or its cost was not measured.
    qint64 overpaid = 0;
    qint32 cheaper = -1; // of the table's models: that cheapest one; -1: nothing was overpaid
    // Of quality, that the best model would have had more.
    float underserved = 0;
    qint32 better = -1;  // that best one, of equals the first; -1: none
    bool beyond = false; // no model had any quality: nothing could be done
};

[[nodiscard]] Regret regretAt(const OutcomeTable &table, qint32 row, float quality, qint64 cost);

// The same added up over the known rows of what was routed.
struct RegretLens
{
    qint64 n = 0; // rows that are known
    // How many were overpaid. None: what was spent was not measured on every row.
    std::optional<qint64> overpaid;
    Money overpaidCost{};          // on all of them together
    qint64 underserved = 0;        // how many a model would have answered better
    double underservedQuality = 0; // the sum of what they lack, in units of one right answer
    qint64 beyond = 0;

    double overpaidUsdPer1k() const; // US dollars for 1,000 queries
    double qualityLost() const;      // mean over all n, in [0, 1]
};

[[nodiscard]] RegretLens regretOf(const OutcomeTable &table, const RoutedRows &routed);

} // namespace headgate::evaluation
