#pragma once

#include "core/engine/run_trace.h"
#include "core/ledger/spend_filter.h"

namespace headgate::sqlite {
class Database;
}

namespace headgate::ledger {

struct GateFilter
{
    SpendFilter runs;
    policy::NodeId gate;
    // engine::scorersMark of the gate as it is now: scores that other scorers gave are left out.
    QString scorers;
};

// What one gate scored, and what its runs cost before and after it: enough to say for any
// threshold what would be accepted and about what that would cost, without a call.
//
// The estimate. With a(t) the share of the scores that reach the threshold t and e(t) = 1 - a(t):
//
//     cost of a query(t) = before + a(t) * afterAccept + e(t) * afterEscalate
//
// `before` is the mean cost of all steps up to and including this gate, over all runs;
// `afterAccept` is the mean cost of what followed, over the runs that this gate accepted when they
// were recorded, and `afterEscalate` the same over those that it escalated. It is an estimate: a
// run that would go the other way is taken to cost what the recorded runs of that way did. Runs
// with an unknown price have a score but no part in the means.
class GateScores
{
public:
    // The score of the gate in one run; without one, or by other scorers, nothing is added.
    void add(const engine::RunTrace &trace, const policy::NodeId &gate, const QString &scorers);
    // One recorded score. Keeps no order: finish() sorts, once.
    struct Sample
    {
        double score = 0;
        bool accepted = false;
        bool priced = true;
        bool scorersKnown = true;
        Money before;
        Money after;
    };
    void add(const Sample &sample);
    void finish();

    bool isEmpty() const { return m_scores.isEmpty(); }
    qint64 count() const { return m_scores.size(); }
    const QList<double> &sorted() const { return m_scores; } // after finish()

    // After finish(); by binary search.
    qint64 acceptedAt(double threshold) const; // scores that reach it
    double acceptedShareAt(double threshold) const;
    // Of one query. None: no priced run went one of the ways that the threshold would take.
    std::optional<Money> costAt(double threshold) const;

    qint64 priced() const { return m_priced; }
    qint64 unpriced() const { return count() - m_priced; }
    qint64 unknownScorers() const { return m_unknownScorers; } // taken in: recorded without a mark
    qint64 otherScorers() const { return m_otherScorers; }     // left out
    void countOtherScorers() { ++m_otherScorers; }

    bool operator==(const GateScores &) const = default;

private:
    struct Branch
    {
        qint64 runs = 0;
        Money after;
        bool operator==(const Branch &) const = default;
    };

    QList<double> m_scores;
    Money m_before; // of the priced runs
    qint64 m_priced = 0;
    Branch m_accepted;
    Branch m_escalated;
    qint64 m_unknownScorers = 0;
    qint64 m_otherScorers = 0;
};

// Reads the indexes runs_by_policy and hops_by_run alone. The newest `limit` scores.
Result<GateScores> readGateScores(sqlite::Database &database, const GateFilter &filter, int limit);
// Its statement, for a look at the query plan.
QString gateScoresSql(const SpendFilter &filter);

} // namespace headgate::ledger
