#pragma once

#include "core/engine/run_trace.h"

#include <QMap>

namespace headgate::cli {

// Sums over runs, exact to the nano-dollar.
class RunTotals
{
public:
    void add(const engine::RunTrace &trace);

    qint64 runs() const { return m_runs; }
    qint64 answered() const { return m_answered; }
    qint64 failed() const { return m_failed; }
    Money cost() const { return m_cost; }
    Money baselineCost() const { return m_baselineCost; }
    // Of the runs that have a baseline's cost; the rest are not compared.
    Money saving() const { return m_baselineCost - m_comparedCost; }
    std::optional<double> savedShare() const; // of the baseline's cost; none where that is 0

    Json toJson() const;
    // Several lines: each model, cost, baseline, saving, and beside that what is known of the
    // difference in quality.
    QString text(const QString &quality) const;

private:
    struct OfModel
    {
        qint64 calls = 0;
        qint64 answered = 0;
        Money cost;
    };

    qint64 m_runs = 0;
    qint64 m_answered = 0;
    qint64 m_failed = 0;
    qint64 m_cancelled = 0;
    qint64 m_compared = 0;
    qint64 m_estimated = 0;
    qint64 m_unknownPrices = 0;
    bool m_simulated = false;
    Money m_cost;
    Money m_comparedCost;
    Money m_baselineCost;
    QString m_baseline;
    QMap<QString, OfModel> m_models;
};

// Columns: number, prompt, path, answering model, score, cost, latency.
QString runTable(const QList<engine::RunTrace> &traces);

// "$0.000123": exact.
QString dollars(Money amount);
// "0.43 s"
QString seconds(std::chrono::nanoseconds duration);

} // namespace headgate::cli
