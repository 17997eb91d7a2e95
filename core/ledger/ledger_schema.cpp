#include "core/ledger/ledger_schema.h"

namespace headgate::ledger {

using namespace Qt::StringLiterals;

namespace {

constexpr int kApplicationId = 0x48474C44; // "HGLD"

// Times are UTC milliseconds, durations nanoseconds, money nano-dollars. `seq` is the order in
// which runs were recorded: unlike the clock it never goes back.
const char *const kRuns = "CREATE TABLE runs ("
                          " seq INTEGER PRIMARY KEY,"
                          " id TEXT NOT NULL UNIQUE,"
                          " started_ms INTEGER NOT NULL,"
                          " policy TEXT NOT NULL,"
                          " policy_version TEXT NOT NULL,"
                          " path TEXT NOT NULL,"
                          " estimated_tokens INTEGER NOT NULL,"
                          " seed INTEGER NOT NULL,"
                          " status TEXT NOT NULL,"
                          " answering_model TEXT NOT NULL,"
                          " answering_hop INTEGER NOT NULL,"
                          " score REAL,"
                          " cost INTEGER NOT NULL,"
                          " scorer_cost INTEGER NOT NULL,"
                          " failed_cost INTEGER NOT NULL,"
                          " unknown_prices INTEGER NOT NULL,"
                          " latency_ns INTEGER NOT NULL,"
                          " first_token_ns INTEGER,"
                          " baseline TEXT NOT NULL,"
                          " baseline_cost INTEGER,"
                          " baseline_estimated INTEGER NOT NULL,"
                          " simulated INTEGER NOT NULL,"
                          " error TEXT NOT NULL"
                          ") STRICT";

const char *const kHops = "CREATE TABLE hops ("
                          " run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,"
                          " position INTEGER NOT NULL,"
                          " node TEXT NOT NULL,"
                          " kind TEXT NOT NULL,"
                          " title TEXT NOT NULL,"
                          " asked_model TEXT NOT NULL,"
                          " provider TEXT NOT NULL,"
                          " chosen_model TEXT NOT NULL,"
                          " served_model TEXT NOT NULL,"
                          " attempt INTEGER NOT NULL,"
                          " finish_reason TEXT NOT NULL,"
                          " request_id TEXT NOT NULL,"
                          " fresh_input INTEGER NOT NULL,"
                          " cache_read INTEGER NOT NULL,"
                          " cache_write_5m INTEGER NOT NULL,"
                          " cache_write_1h INTEGER NOT NULL,"
                          " output INTEGER NOT NULL,"
                          " reasoning INTEGER NOT NULL,"
                          " usage_estimated INTEGER NOT NULL,"
                          " price_source TEXT,"
                          " price_as_of TEXT,"
                          " price_input INTEGER,"
                          " price_output INTEGER,"
                          " price_cached_input INTEGER,"
                          " price_cache_write INTEGER,"
                          " price_cache_write_1h INTEGER,"
                          " http_status INTEGER NOT NULL,"
                          " waited_ns INTEGER NOT NULL,"
                          " discarded INTEGER NOT NULL,"
                          " start_ns INTEGER NOT NULL,"
                          " first_token_ns INTEGER,"
                          " end_ns INTEGER NOT NULL,"
                          " cost INTEGER NOT NULL,"
                          " cost_origin TEXT NOT NULL,"
                          " score REAL,"
                          " threshold REAL,"
                          " port TEXT NOT NULL,"
                          " why TEXT NOT NULL,"
                          " failure_class TEXT NOT NULL,"
                          " error TEXT NOT NULL,"
                          " PRIMARY KEY (run, position)"
                          ") STRICT, WITHOUT ROWID";

// What people wrote and models answered stands apart, so that it can be left out and deleted.
const char *const kTexts = "CREATE TABLE texts ("
                           " run INTEGER PRIMARY KEY REFERENCES runs (seq) ON DELETE CASCADE,"
                           " prompt TEXT NOT NULL,"
                           " query TEXT NOT NULL,"
                           " answer TEXT NOT NULL"
                           ") STRICT";

const char *const kHopTexts = "CREATE TABLE hop_texts ("
                              " run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,"
                              " position INTEGER NOT NULL,"
                              " text TEXT NOT NULL,"
                              " PRIMARY KEY (run, position)"
                              ") STRICT, WITHOUT ROWID";

// Runs that were begun and not recorded yet: after a crash, calls whose cost nobody knows.
const char *const kBegun = "CREATE TABLE begun ("
                           " id TEXT PRIMARY KEY,"
                           " started_ms INTEGER NOT NULL,"
                           " policy TEXT NOT NULL,"
                           " simulated INTEGER NOT NULL"
                           ") STRICT, WITHOUT ROWID";

// Both hold every column that sums read, so that those never touch the wide rows.
const char *const kRunsByTime =
    "CREATE INDEX runs_by_time ON runs (started_ms, simulated, policy, cost, baseline_cost,"
    " baseline_estimated, status, unknown_prices, scorer_cost, failed_cost, answering_model)";
const char *const kRunsInOrder =
    "CREATE INDEX runs_in_order ON runs (seq, started_ms, simulated, policy, cost, baseline_cost)";
const char *const kHopsByModel =
    "CREATE INDEX hops_by_model ON hops (asked_model, cost, attempt) WHERE attempt > 0";

// Scores of a gate are compared only where the same scorers judged; rows of version 1 do not say.
const char *const kHopScorers = "ALTER TABLE hops ADD COLUMN scorers TEXT NOT NULL DEFAULT ''";
// One policy's runs by time, and what its drawing reads of their hops (flow, scores of gates).
const char *const kRunsByPolicy = "CREATE INDEX runs_by_policy ON runs (policy, simulated,"
                                  " started_ms, cost, latency_ns, unknown_prices)";
const char *const kHopsByRun =
    "CREATE INDEX hops_by_run ON hops (run, node, port, score, scorers, cost)";

// Version 3: groups of models, the price table of each call, and prices that were corrected later.
const char *const kHopFallback = "ALTER TABLE hops ADD COLUMN fallback INTEGER NOT NULL DEFAULT 0";
const char *const kHopHedge = "ALTER TABLE hops ADD COLUMN hedge INTEGER NOT NULL DEFAULT 0";
const char *const kHopPriceTable =
    "ALTER TABLE hops ADD COLUMN price_table TEXT NOT NULL DEFAULT ''";
// What the call was booked at first; NULL: it was never corrected.
const char *const kHopFormerCost = "ALTER TABLE hops ADD COLUMN former_cost INTEGER";
const char *const kBaselineProvider =
    "ALTER TABLE runs ADD COLUMN baseline_provider TEXT NOT NULL DEFAULT ''";
const char *const kBaselineModel =
    "ALTER TABLE runs ADD COLUMN baseline_model TEXT NOT NULL DEFAULT ''";
// The calls of one deployment, newest runs first, with what tells its health.
const char *const kHopsByDeployment =
    "CREATE INDEX hops_by_deployment ON hops (provider, chosen_model, run, failure_class, start_ns,"
    " first_token_ns, end_ns, output, attempt) WHERE attempt > 0";
const char *const kRunsByBaseline =
    "CREATE INDEX runs_by_baseline ON runs (baseline_provider, baseline_model, started_ms)";
const char *const kCorrections = "CREATE TABLE price_corrections ("
                                 " id INTEGER PRIMARY KEY,"
                                 " at_ms INTEGER NOT NULL,"
                                 " provider TEXT NOT NULL,"
                                 " model TEXT NOT NULL,"
                                 " from_ms INTEGER,"
                                 " to_ms INTEGER,"
                                 " price_source TEXT NOT NULL,"
                                 " price_as_of TEXT,"
                                 " price_input INTEGER NOT NULL,"
                                 " price_output INTEGER NOT NULL,"
                                 " price_cached_input INTEGER,"
                                 " price_cache_write INTEGER,"
                                 " price_cache_write_1h INTEGER,"
                                 " calls INTEGER NOT NULL,"
                                 " cost_before INTEGER NOT NULL,"
                                 " cost_after INTEGER NOT NULL"
                                 ") STRICT";

// Version 4: reasoning may have a price of its own. NULL: it costs as much as any output.
const char *const kHopReasoningPrice = "ALTER TABLE hops ADD COLUMN price_reasoning INTEGER";
const char *const kCorrectionReasoningPrice =
    "ALTER TABLE price_corrections ADD COLUMN price_reasoning INTEGER";

// Version 5: what a call cost beside the list price, so that a price can be corrected without
// losing it. Older calls did not say; most had none.
const char *const kHopPercent =
    "ALTER TABLE hops ADD COLUMN price_percent INTEGER NOT NULL DEFAULT 100";
const char *const kHopFast = "ALTER TABLE hops ADD COLUMN fast INTEGER NOT NULL DEFAULT 0";
const char *const kBaselinePercent =
    "ALTER TABLE runs ADD COLUMN baseline_percent INTEGER NOT NULL DEFAULT 100";
const char *const kBaselineFast =
    "ALTER TABLE runs ADD COLUMN baseline_fast INTEGER NOT NULL DEFAULT 0";

// Version 6: what was recorded for a data set is told from what people and programs asked. Until
// then such runs were known by their policy's name alone, and had no baseline.
const char *const kRunOrigin = "ALTER TABLE runs ADD COLUMN origin TEXT NOT NULL DEFAULT 'live'";
const char *const kBegunOrigin = "ALTER TABLE begun ADD COLUMN origin TEXT NOT NULL DEFAULT 'live'";
const char *const kFormerRecordings =
    "UPDATE runs SET origin = 'recorded' WHERE policy LIKE 'Recording of %' AND baseline = ''";
const char *const kFormerBegun =
    "UPDATE begun SET origin = 'recorded' WHERE policy LIKE 'Recording of %'";
const char *const kNoRunsByTime = "DROP INDEX IF EXISTS runs_by_time";
const char *const kNoRunsInOrder = "DROP INDEX IF EXISTS runs_in_order";
const char *const kRunsByTimeAndOrigin =
    "CREATE INDEX runs_by_time ON runs (started_ms, simulated, origin, policy, cost, baseline_cost,"
    " baseline_estimated, status, unknown_prices, scorer_cost, failed_cost, answering_model)";
const char *const kRunsInOrderAndOrigin =
    "CREATE INDEX runs_in_order ON runs (seq, started_ms, simulated, origin, policy, cost,"
    " baseline_cost)";

QStringList statements(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts)
        list.append(QString::fromLatin1(text));
    return list;
}

} // namespace

const sqlite::FileFormat &ledgerFormat()
{
    static const sqlite::FileFormat format{
        .applicationId = kApplicationId,
        .migrations = {
            statements(
                {kRuns, kHops, kTexts, kHopTexts, kBegun, kRunsByTime, kRunsInOrder, kHopsByModel}),
            statements({kHopScorers, kRunsByPolicy, kHopsByRun}),
            statements({kHopFallback, kHopHedge, kHopPriceTable, kHopFormerCost, kBaselineProvider,
                        kBaselineModel, kHopsByDeployment, kRunsByBaseline, kCorrections}),
            statements({kHopReasoningPrice, kCorrectionReasoningPrice}),
            statements({kHopPercent, kHopFast, kBaselinePercent, kBaselineFast}),
            statements({kRunOrigin, kBegunOrigin, kFormerRecordings, kFormerBegun, kNoRunsByTime,
                        kNoRunsInOrder, kRunsByTimeAndOrigin, kRunsInOrderAndOrigin}),
        }};
    return format;
}

} // namespace headgate::ledger
