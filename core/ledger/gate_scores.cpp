#include "core/ledger/gate_scores.h"

#include "core/ledger/spend_query.h"
#include "core/sqlite/database.h"

#include <cmath>

namespace headgate::ledger {

using namespace Qt::StringLiterals;

namespace {

const QString &acceptPort()
{
    static const QString port = u"accept"_s;
    return port;
}

bool isSameMark(const QString &recorded, const QString &asked)
{
    return recorded.isEmpty() || asked.isEmpty() || recorded == asked;
}

} // namespace

void GateScores::add(const engine::RunTrace &trace, const policy::NodeId &gate,
                     const QString &scorers)
{
    Money before;
    for (const engine::Hop &hop : trace.hops) {
        before += hop.cost;
        if (hop.node != gate || !hop.score)
            continue;
        if (!isSameMark(hop.scorers, scorers)) {
            countOtherScorers();
            continue;
        }
        add({.score = *hop.score,
             .accepted = hop.port == acceptPort(),
             .priced = trace.unknownPrices == 0,
             .scorersKnown = !hop.scorers.isEmpty(),
             .before = before,
             .after = trace.cost - before});
    }
}

void GateScores::add(const Sample &sample)
{
    m_scores.append(sample.score);
    m_unknownScorers += sample.scorersKnown ? 0 : 1;
    if (!sample.priced)
        return;
    ++m_priced;
    m_before += sample.before;
    Branch &branch = sample.accepted ? m_accepted : m_escalated;
    ++branch.runs;
    branch.after += sample.after;
}

void GateScores::finish()
{
    std::sort(m_scores.begin(), m_scores.end());
}

qint64 GateScores::acceptedAt(double threshold) const
{
    return m_scores.cend() - std::lower_bound(m_scores.cbegin(), m_scores.cend(), threshold);
}

double GateScores::acceptedShareAt(double threshold) const
{
    return isEmpty() ? 0 : double(acceptedAt(threshold)) / double(count());
}

std::optional<Money> GateScores::costAt(double threshold) const
{
    const qint64 accepted = acceptedAt(threshold);
    const bool acceptsUnseen = accepted > 0 && m_accepted.runs == 0;
    const bool escalatesUnseen = accepted < count() && m_escalated.runs == 0;
    if (m_priced == 0 || acceptsUnseen || escalatesUnseen)
        return std::nullopt;
    const auto mean = [](Money sum, qint64 runs) {
        return runs > 0 ? double(sum.nanos()) / double(runs) : 0.0;
    };
    const double share = acceptedShareAt(threshold);
    const double nanos = mean(m_before, m_priced) +
                         share * mean(m_accepted.after, m_accepted.runs) +
                         (1 - share) * mean(m_escalated.after, m_escalated.runs);
    return Money::fromNanos(qint64(std::llround(nanos)));
}

QString gateScoresSql(const SpendFilter &filter)
{
    return u"SELECT gate.score, gate.port, gate.scorers, runs.unknown_prices, runs.cost,"
           " (SELECT SUM(cost) FROM hops INDEXED BY hops_by_run"
           " WHERE run = gate.run AND position <= gate.position)"
           " FROM runs INDEXED BY runs_by_policy CROSS JOIN hops AS gate INDEXED BY hops_by_run"
           " ON gate.run = runs.seq WHERE "_s +
           Condition(filter).sql +
           u" AND gate.node = ? AND gate.score IS NOT NULL ORDER BY started_ms DESC LIMIT ?"_s;
}

Result<GateScores> readGateScores(sqlite::Database &database, const GateFilter &filter, int limit)
{
    GateScores scores;
    const auto take = [&](const QSqlQuery &row) {
        const QString mark = row.value(2).toString();
        if (!isSameMark(mark, filter.scorers))
            return scores.countOtherScorers();
        const Money before = Money::fromNanos(row.value(5).toLongLong());
        scores.add({.score = row.value(0).toDouble(),
                    .accepted = row.value(1).toString() == acceptPort(),
                    .priced = row.value(3).toLongLong() == 0,
                    .scorersKnown = !mark.isEmpty(),
                    .before = before,
                    .after = Money::fromNanos(row.value(4).toLongLong()) - before});
    };
    auto read = database.forEach(
        gateScoresSql(filter.runs),
        Condition(filter.runs).values + QVariantList{filter.gate.value, limit}, take);
    if (!read)
        return tl::unexpected(std::move(read.error()));
    scores.finish();
    return scores;
}

} // namespace headgate::ledger
