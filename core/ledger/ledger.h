#pragma once

#include "core/engine/run_trace.h"
#include "core/ledger/deployment_calls.h"
#include "core/ledger/flow.h"
#include "core/ledger/gate_scores.h"
#include "core/ledger/ledger_options.h"
#include "core/ledger/price_correction.h"
#include "core/ledger/run_texts.h"
#include "core/ledger/spend_filter.h"

#include <QTimeZone>

#include <memory>

namespace headgate::sqlite {
class Database;
}

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
    engine::RunOrigin origin = engine::RunOrigin::Live;
};

struct SpendTotals
{
    qint64 runs = 0;
    qint64 answered = 0;
    Money cost;               // of all runs
    Money baselineCost;       // of the runs that have a baseline
    Money comparedCost;       // of the same runs: saving = baselineCost - comparedCost
    qint64 compared = 0;      // how many those are
    qint64 estimated = 0;     // of `compared`: baseline tokens not measured
    qint64 unknownPrices = 0; // runs with a hop whose price is unknown
    Money scorerCost;         // calls of gates
    Money failedCost;         // other calls that failed, were cut or had their answer rejected
};

struct ModelTotals
{
    QString model;       // name in the policy
    qint64 calls = 0;    // attempts, failed ones included
    qint64 answered = 0; // runs that it answered
    Money cost;
};

struct SpendPoint
{
    QDateTime at;       // UTC
    Money cost;         // cumulative, of all runs
    Money baselineCost; // cumulative, of the runs that have a baseline
    Money comparedCost; // cumulative, of the same runs
};

struct DaySpend
{
    QDate day; // in the time zone asked for
    qint64 runs = 0;
    Money cost;
    Money baselineCost; // of the runs that have a baseline
    Money comparedCost; // of the same runs
};

// A run that was begun and never recorded: its process ended first. What it cost is not known.
struct UnfinishedRun
{
    QString id;
    QDateTime startedAt; // UTC
    QString policyName;
    bool simulated = false;
    engine::RunOrigin origin = engine::RunOrigin::Live;
    bool operator==(const UnfinishedRun &) const = default;
};

// The durable record of every run and hop, on SQLite (WAL, synchronous=FULL). Used on the thread
// that opened it (LedgerThread gives it one). A write that returned success survives a kill at any
// moment. Any number of processes may have the same file open.
class Ledger
{
public:
    // Creates the file and its folder where they are missing and migrates older versions, after a
    // copy. Damaged: the file is damaged or foreign; UnsupportedVersion: made by a newer Headgate;
    // Busy: another process holds it for writing longer than the busy timeout; DiskFull. On every
    // error the file is left as it is. A file without permission to write opens read-only.
    static Result<std::unique_ptr<Ledger>> open(const QString &path,
                                                const LedgerOptions &options = {});
    // Renames the file, with its log, to a dated name beside it, and returns that name. For a
    // damaged ledger that no process has open.
    static Result<QString> setAside(const QString &path);
    ~Ledger();

    QString path() const;
    bool isReadOnly() const;

    // Notes that the run's first call is about to leave, so that a crash before `record` shows.
    Result<> begin(const engine::RunTrace &trace);
    // Prompt and answer texts, and the query's metadata, are stored only where `keepTexts` is set.
    // A run that is in the ledger already stays as it is; that is no error.
    Result<> record(const engine::RunTrace &trace, bool keepTexts);
    // Books calls of the past at a corrected price, all or none: costs, their runs' sums and the
    // baselines that are of that deployment. What a provider reported itself stays as it is, and
    // what a call was booked at first is kept beside the new cost.
    Result<CorrectionEffect> correctPrice(const PriceCorrection &correction);
    // What correctPrice() would do.
    Result<CorrectionEffect> previewCorrection(const PriceCorrection &correction) const;
    // Deletes all prompt and answer texts for good; the figures stay.
    Result<> deleteTexts();

    Result<SpendTotals> totals(const SpendFilter &filter = {}) const;
    Result<QList<ModelTotals>> byModel(const SpendFilter &filter = {}) const; // dearest first
    // In the order of recording, at most `maxPoints`, the last one exact. Times never go back, even
    // where the clock did.
    Result<QList<SpendPoint>> cumulative(const SpendFilter &filter = {},
                                         int maxPoints = 2000) const;
    // Days without a run are left out.
    Result<QList<DaySpend>> byDay(const SpendFilter &filter, const QTimeZone &zone) const;
    // What the wires of one policy carried.
    Result<Flow> flow(const SpendFilter &filter) const;
    // What one gate of one policy scored, the newest `limit` scores.
    Result<GateScores> gateScores(const GateFilter &filter, int limit = 100'000) const;
    Result<QList<RunTexts>> runTexts(const SpendFilter &filter) const;
    // In the order of recording, newest first.
    Result<QList<RunSummary>> runs(const SpendFilter &filter, int limit, int offset = 0) const;
    // As it was recorded; texts are empty where they were not kept. NotFound.
    Result<engine::RunTrace> run(const QString &id) const;
    // Each deployment that was called since then, with its newest calls, at most `mostEach`.
    Result<QList<DeploymentCalls>> deployments(const QDateTime &since, int mostEach = 1000) const;
    // Begun before that moment and not recorded; the time at which this process started tells the
    // runs of earlier processes from those that are under way.
    Result<QList<UnfinishedRun>> unfinished(const QDateTime &begunBefore) const;
    // Every page, row and index; slow on a large file. Damaged.
    Result<> checkIntegrity() const;

private:
    explicit Ledger(std::unique_ptr<sqlite::Database> database);
    std::unique_ptr<sqlite::Database> m_database;
};

} // namespace headgate::ledger
