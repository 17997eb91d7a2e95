#pragma once

#include "core/evaluation/outcome_table.h"

#include <QHash>

#include <span>
#include <stop_token>

namespace headgate::evaluation {

// Qualities are added up as whole numbers of 2^-30, so that a sum is the same in any order.
inline constexpr double kQualityUnits = double(1 << 30);
qint64 qualityUnits(float quality);

// One model's outcomes on the rows that the optimizer works on, complete.
struct CascadeColumn
{
    QString name;
    qint32 place = -1;             // of the table's models
    std::vector<qint64> quality;   // in units of 1 / kQualityUnits
    std::vector<qint64> cost;      // nano-dollars of the answer
    std::vector<qint64> checkCost; // nano-dollars of reading its score
    std::vector<qint64> latency;   // nanoseconds; empty: not measured on every row
    // In [0, 1]; NaN: none, so the cascade goes on. Empty: the model has none at all, so it can
    // only be a cascade's last stage.
    std::vector<double> score;
};

struct CascadeColumns
{
    std::vector<qint32> rows; // of the table
    std::vector<CascadeColumn> models;
    qsizetype incomplete = 0; // rows left out, for want of an outcome or a cost of some model

    qsizetype count() const { return qsizetype(rows.size()); }
};

struct CascadeColumnsOptions
{
    QStringList leaveOut; // models that no cascade may use
    // What a call costs where the table has no costs, by model.
    QHash<QString, Money> costPerCall;
};

// The rows on which every model has an outcome, a cost, and that of its check where it has any, so
// that all cascades are compared on the same prompts. The score of an answer is the exponential of
// its confidence. Fails where a model has no cost at all, where a name is not in the table, and
// where no row is complete.
[[nodiscard]] Result<CascadeColumns> cascadeColumns(const OutcomeTable &table,
                                                    std::span<const qint32> rows,
                                                    const CascadeColumnsOptions &options = {});

} // namespace headgate::evaluation
