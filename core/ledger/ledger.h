#pragma once

#include "core/engine/run_trace.h"

#include <QDate>

#include <memory>

namespace headgate::ledger {

// Rows of the runs table, newest first.
struct RunSummary
{
    QString id;
    QDateTime startedAt; // UTC
    QString policyName;
    QString policyVersion;
    QString path;   // engine::pathText
    QString prompt; // empty where it was not kept
    QString answeringModel;
    engine::RunStatus status = engine::RunStatus::Failed;
    std::optional<double> score; // of the last gate
    Money cost;
    std::optional<Money> baselineCost;
    bool baselineEstimated = true;
    std::chrono::nanoseconds latency{};
    int unknownPrices = 0;
    bool simulated = false;
};

struct SpendTotals
{
    qint64 runs = 0;
    qint64 answered = 0;
    Money cost;         // of all runs
    Money baselineCost; // of the runs that have a baseline
    Money comparedCost; // of the same runs: saving = baselineCost - comparedCost
    qint64 compared = 0;
    qint64 estimated = 0;     // of `compared`: baseline tokens not measured
    qint64 unknownPrices = 0; // runs with a hop whose price is unknown
    Money scorerCost;
    Money failedCost; // failed, cut and rejected attempts
};

struct ModelTotals
{
    QString model; // name in the policy
    qint64 calls = 0;
    qint64 answered = 0; // runs that it answered
    Money cost;
};

struct SpendPoint
{
    QDateTime at;      // UTC
    Money cost;        // cumulative
    Money baselineCost; // cumulative
};

struct DaySpend
{
    QDate day; // in the time zone asked for
    qint64 runs = 0;
    Money cost;
    Money baselineCost;
};

struct SpendFilter
{
    QDateTime from; // invalid: open
    QDateTime to;
    QString policyName; // empty: all
    std::optional<bool> simulated;
};

// The durable record of every run and hop, on SQLite (WAL, synchronous=FULL). Used on the thread
// that opened it. A write that returned success survives a kill at any moment.
class Ledger
{
public:
    // Creates the file and its folder where they are missing and migrates older versions. Damaged:
    // the file is damaged or foreign; UnsupportedVersion: made by a newer Headgate; Busy: another
    // process holds it for writing longer than the busy timeout; DiskFull.
    static Result<std::unique_ptr<Ledger>> open(const QString &path);
    ~Ledger();

    // Prompt and answer texts are stored only where `keepTexts` is set.
    Result<> record(const engine::RunTrace &trace, bool keepTexts);

    Result<SpendTotals> totals(const SpendFilter &filter = {}) const;
    Result<QList<ModelTotals>> byModel(const SpendFilter &filter = {}) const;
    // At most `maxPoints`, the last one exact.
    Result<QList<SpendPoint>> cumulative(const SpendFilter &filter = {}, int maxPoints = 2000) const;
    Result<QList<DaySpend>> byDay(const SpendFilter &filter, const QTimeZone &zone) const;
    Result<QList<RunSummary>> runs(const SpendFilter &filter, int limit, int offset = 0) const;
    Result<engine::RunTrace> run(const QString &id) const;

private:
    Ledger();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate::ledger
