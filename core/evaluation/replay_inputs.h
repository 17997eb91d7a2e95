#pragma once

#include "core/engine/prepared_policy.h"
#include "core/evaluation/outcome_table.h"

#include <memory>
#include <stop_token>

namespace headgate::evaluation {

// The scores of one model's answers by the scorers of one gate, one a row of the table.
struct ScoreColumn
{
    std::vector<double> score; // in [0, 1]; NaN: the scorer fails on this answer
    // Nano-dollars of reading it (the call that produced the confidence, those that the scorers
    // need); kNoCost: not measured. Empty: reading costs nothing.
    std::vector<qint64> cost;
    // Nanoseconds that those calls took, which go out together; -1: not measured. Empty: none.
    std::vector<qint64> latency;
};

// What the machine would be told on every row of a table, looked up once: every replay of the
// policy, and of the same policy with other thresholds, reads it. The table outlives it.
struct ReplayInputs
{
    const OutcomeTable *table = nullptr;
    // By model of the policy; nullptr for those that no node calls.
    std::vector<const ModelColumns *> models;
    // By model of the policy: nanoseconds on each row, -1 where not measured. Empty: on no row.
    std::vector<std::vector<qint64>> latency;
    // By node: the port that the router takes on each row, -1 where it fails. Empty for others.
    std::vector<std::vector<qint32>> ports;
    // By node, then by model of the policy: of the answers that can come to the gate. Empty for
    // nodes that are no gates.
    std::vector<std::vector<std::shared_ptr<const ScoreColumn>>> scores;
};

// The query that a row of a table is: its prompt, with its row as the seed.
[[nodiscard]] policy::Query queryOf(const OutcomeTable &table, qint32 row);

// Binds a policy to a table. A model of the policy is the column of columnOf() (table_figures.h).
// Routers decide by the row's prompt, with its row as the seed, and by what the table tells of the
// models; gates judge by their own scorers: a log-probability scorer reads the
// confidence as the log-probability of a one-token answer, others read the answers' texts. A scorer
// that asks another model the prompt itself gets the recorded answer, at its recorded cost. Fails
// where a model has no column, or where a gate needs texts, confidences or replies that the table
// does not hold; the sentence names both. Takes a while for scorers that read texts: call it off the GUI
// thread.
[[nodiscard]] Result<ReplayInputs> bindReplay(const engine::PreparedPolicy &policy,
                                              const OutcomeTable &table, std::stop_token stop = {});

} // namespace headgate::evaluation
