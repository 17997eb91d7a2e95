#include "core/ledger/price_correction.h"

#include "core/engine/run_trace.h"
#include "core/sqlite/database.h"
#include "core/sqlite/row_values.h"
#include "core/sqlite/transaction.h"

namespace headgate::ledger {

using namespace Qt::StringLiterals;
using engine::CostOrigin;

namespace {

// One call of the deployment, as it is booked and as it should be.
struct Call
{
    qint64 run = 0;
    qint64 position = 0;
    Money before;
    Money after;
    Price price; // of `after`
    CostOrigin origin = CostOrigin::Exact;
    CostOrigin newOrigin = CostOrigin::Exact;
    bool ofGate = false;
    bool failed = false;
};

struct Baseline
{
    qint64 run = 0;
    Money before;
    Money after;
};

catalog::TokenUsage usageAt(const QSqlQuery &row, int column)
{
    catalog::TokenUsage usage;
    usage.freshInput = row.value(column).toLongLong();
    usage.cacheRead = row.value(column + 1).toLongLong();
    usage.cacheWrite5m = row.value(column + 2).toLongLong();
    usage.cacheWrite1h = row.value(column + 3).toLongLong();
    usage.output = row.value(column + 4).toLongLong();
    usage.reasoning = row.value(column + 5).toLongLong();
    usage.estimated = row.value(column + 6).toBool();
    return usage;
}

catalog::Surcharge surchargeAt(const QSqlQuery &row, int column)
{
    return {row.value(column).toInt(), row.value(column + 1).toBool()};
}

const QString &usageColumns()
{
    static const QString columns =
        u"hops.fresh_input, hops.cache_read, hops.cache_write_5m, hops.cache_write_1h,"
        " hops.output, hops.reasoning, hops.usage_estimated"_s;
    return columns;
}

class Correction
{
public:
    Correction(sqlite::Database &database, const PriceCorrection &asked)
        : m_database(database)
        , m_asked(asked)
    {
    }

    Result<> collect()
    {
        Result<> read = collectCalls();
        return read ? collectBaselines() : read;
    }

    const CorrectionEffect &effect() const { return m_effect; }

    Result<> apply()
    {
        for (const Call &call : std::as_const(m_calls)) {
            if (auto done = writeCall(call); !done)
                return done;
        }
        for (const Baseline &baseline : std::as_const(m_baselines)) {
            auto done = m_database.run(u"UPDATE runs SET baseline_cost = ? WHERE seq = ?"_s,
                                       {baseline.after.nanos(), baseline.run});
            if (!done)
                return tl::unexpected(std::move(done.error()));
        }
        return note();
    }

private:
    QString period() const
    {
        QString sql;
        if (m_asked.from.isValid())
            sql += u" AND runs.started_ms >= ?"_s;
        if (m_asked.to.isValid())
            sql += u" AND runs.started_ms < ?"_s;
        return sql;
    }

    QVariantList values() const
    {
        QVariantList list{sqlite::textValue(m_asked.provider), sqlite::textValue(m_asked.model)};
        for (const QDateTime &end : {m_asked.from, m_asked.to}) {
            if (end.isValid())
                list.append(end.toMSecsSinceEpoch());
        }
        return list;
    }

    Result<> collectCalls()
    {
        const QString sql =
            u"SELECT hops.run, hops.position, hops.cost, hops.cost_origin, hops.kind,"
            " hops.discarded, hops.failure_class, hops.price_percent, hops.fast, "_s +
            usageColumns() +
            u" FROM hops INDEXED BY hops_by_deployment JOIN runs ON runs.seq = hops.run"
            " WHERE hops.attempt > 0 AND hops.provider = ? AND hops.chosen_model = ?"_s +
            period();
        qint64 lastRun = -1;
        return m_database.forEach(sql, values(), [&](const QSqlQuery &row) {
            takeCall(row);
            if (!m_calls.isEmpty() && m_calls.last().run != lastRun) {
                lastRun = m_calls.last().run;
                ++m_effect.runs;
            }
        });
    }

    void takeCall(const QSqlQuery &row)
    {
        Call call;
        call.run = row.value(0).toLongLong();
        call.position = row.value(1).toLongLong();
        call.before = sqlite::moneyAt(row, 2);
        call.origin =
            engine::costOriginFrom(row.value(3).toString()).value_or(CostOrigin::UnknownPrice);
        if (call.origin == CostOrigin::ProviderReported) {
            ++m_effect.reported;
            return;
        }
        const auto price = catalog::priceWith(m_asked.quote.price, surchargeAt(row, 7));
        if (!price) {
            ++m_effect.fast;
            return;
        }
        const catalog::TokenUsage usage = usageAt(row, 9);
        call.price = *price;
        call.after = catalog::costOf(usage, call.price);
        call.newOrigin = usage.estimated ? CostOrigin::EstimatedTokens : CostOrigin::Exact;
        if (call.after == call.before && call.newOrigin == call.origin)
            return;
        call.ofGate = engine::isOfGate(row.value(4).toString());
        call.failed = row.value(5).toBool() || !row.value(6).toString().isEmpty();
        ++m_effect.calls;
        m_effect.before += call.before;
        m_effect.after += call.after;
        m_calls.append(call);
    }

    // Of runs that the baseline answered itself, its own cost; of others, what the answering
    // call's tokens would have cost it.
    Result<> collectBaselines()
    {
        const QString sql =
            u"SELECT runs.seq, runs.baseline_cost, hops.asked_model = runs.baseline,"
            " hops.cost_origin, runs.baseline_percent, runs.baseline_fast,"
            " hops.price_percent, hops.fast, "_s +
            usageColumns() +
            u" FROM runs INDEXED BY runs_by_baseline JOIN hops ON hops.run = runs.seq"
            " AND hops.position = runs.answering_hop"
            " WHERE runs.baseline_provider = ? AND runs.baseline_model = ?"_s +
            period();
        return m_database.forEach(sql, values(), [&](const QSqlQuery &row) {
            const bool itself = row.value(2).toBool();
            if (itself && row.value(3).toString() == nameOf(CostOrigin::ProviderReported))
                return;
            const auto price =
                catalog::priceWith(m_asked.quote.price, surchargeAt(row, itself ? 6 : 4));
            if (!price)
                return;
            const Baseline baseline{row.value(0).toLongLong(), sqlite::moneyAt(row, 1),
                                    catalog::costOf(usageAt(row, 8), *price)};
            if (!row.value(1).isNull() && baseline.before == baseline.after)
                return;
            ++m_effect.baselines;
            m_effect.baselinesBefore += baseline.before;
            m_effect.baselinesAfter += baseline.after;
            m_baselines.append(baseline);
        });
    }

    Result<> writeCall(const Call &call)
    {
        const catalog::PriceQuote &quote = m_asked.quote;
        auto done = m_database.run(
            u"UPDATE hops SET former_cost = coalesce(former_cost, cost), cost = ?,"
            " cost_origin = ?, price_source = ?, price_as_of = ?, price_table = ?,"
            " price_input = ?, price_output = ?, price_cached_input = ?, price_cache_write = ?,"
            " price_cache_write_1h = ?, price_reasoning = ? WHERE run = ? AND position = ?"_s,
            {call.after.nanos(), QString(nameOf(call.newOrigin)), QString(nameOf(quote.source)),
             quote.asOf.isValid() ? QVariant(quote.asOf.toString(Qt::ISODate)) : QVariant(),
             sqlite::textValue(quote.table), call.price.input.nanos(), call.price.output.nanos(),
             sqlite::orNull(call.price.cachedInput), sqlite::orNull(call.price.cacheWrite),
             sqlite::orNull(call.price.cacheWrite1h), sqlite::orNull(call.price.reasoning),
             call.run, call.position});
        if (!done)
            return tl::unexpected(std::move(done.error()));
        const qint64 difference = (call.after - call.before).nanos();
        const bool wasUnknown = call.origin == CostOrigin::UnknownPrice;
        done = m_database.run(
            u"UPDATE runs SET cost = cost + ?, scorer_cost = scorer_cost + ?,"
            " failed_cost = failed_cost + ?, unknown_prices = unknown_prices - ? WHERE seq = ?"_s,
            {difference, call.ofGate ? difference : 0, !call.ofGate && call.failed ? difference : 0,
             wasUnknown ? 1 : 0, call.run});
        if (!done)
            return tl::unexpected(std::move(done.error()));
        return {};
    }

    Result<> note()
    {
        const catalog::PriceQuote &quote = m_asked.quote;
        return m_database
            .run(u"INSERT INTO price_corrections (at_ms, provider, model, from_ms, to_ms,"
                 " price_source, price_as_of, price_input, price_output, price_cached_input,"
                 " price_cache_write, price_cache_write_1h, price_reasoning, calls, cost_before,"
                 " cost_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {QDateTime::currentMSecsSinceEpoch(), sqlite::textValue(m_asked.provider),
                  sqlite::textValue(m_asked.model), sqlite::orNull(m_asked.from),
                  sqlite::orNull(m_asked.to), QString(nameOf(quote.source)),
                  quote.asOf.isValid() ? QVariant(quote.asOf.toString(Qt::ISODate)) : QVariant(),
                  quote.price.input.nanos(), quote.price.output.nanos(),
                  sqlite::orNull(quote.price.cachedInput), sqlite::orNull(quote.price.cacheWrite),
                  sqlite::orNull(quote.price.cacheWrite1h), sqlite::orNull(quote.price.reasoning),
                  m_effect.calls, m_effect.before.nanos(), m_effect.after.nanos()})
            .map([](qint64) {});
    }

    sqlite::Database &m_database;
    const PriceCorrection &m_asked;
    CorrectionEffect m_effect;
    QList<Call> m_calls;
    QList<Baseline> m_baselines;
};

} // namespace

Result<CorrectionEffect> previewCorrection(sqlite::Database &database,
                                           const PriceCorrection &correction)
{
    auto snapshot = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Read);
    if (!snapshot)
        return tl::unexpected(std::move(snapshot.error()));
    Correction work(database, correction);
    if (auto collected = work.collect(); !collected)
        return tl::unexpected(std::move(collected.error()));
    return work.effect();
}

Result<CorrectionEffect> correctPrice(sqlite::Database &database, const PriceCorrection &correction)
{
    auto transaction = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    Correction work(database, correction);
    Result<> done = work.collect();
    if (done)
        done = work.apply();
    if (done)
        done = transaction->commit();
    if (!done)
        return tl::unexpected(std::move(done.error()));
    return work.effect();
}

} // namespace headgate::ledger
