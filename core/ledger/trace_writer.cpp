#include "core/ledger/trace_writer.h"

#include "core/common/redaction.h"
#include "core/sqlite/database.h"
#include "core/sqlite/row_values.h"
#include "core/sqlite/transaction.h"

namespace headgate::ledger {

using namespace Qt::StringLiterals;
using engine::Hop;
using engine::RunTrace;

namespace {

using Nanoseconds = std::chrono::nanoseconds;

QVariant count(Nanoseconds value)
{
    return qint64(value.count());
}

// "a, b, c" and as many question marks.
QString insertion(const QString &table, const QString &columns)
{
    QStringList marks(columns.count(u',') + 1, u"?"_s);
    return u"INSERT INTO %1 (%2) VALUES (%3)"_s.arg(table, columns, marks.join(u", "_s));
}

const QString &insertedRunColumns()
{
    static const QString columns =
        u"id, started_ms, policy, policy_version, path, estimated_tokens, seed, status,"
        " answering_model, answering_hop, score, cost, scorer_cost, failed_cost, unknown_prices,"
        " latency_ns, first_token_ns, baseline, baseline_cost, baseline_estimated, simulated,"
        " error, baseline_provider, baseline_model, baseline_percent, baseline_fast,"
        " origin"_s;
    return columns;
}

const QString &insertedHopColumns()
{
    static const QString columns =
        u"node, kind, title, asked_model, provider, chosen_model, served_model, attempt,"
        " finish_reason, request_id, fresh_input, cache_read, cache_write_5m, cache_write_1h,"
        " output, reasoning, usage_estimated, price_source, price_as_of, price_input,"
        " price_output, price_cached_input, price_cache_write, price_cache_write_1h,"
        " http_status, waited_ns, discarded, start_ns, first_token_ns, end_ns, cost,"
        " cost_origin, score, threshold, scorers, port, why, failure_class, error,"
        " fallback, hedge, price_table, price_reasoning, price_percent, fast"_s;
    return columns;
}

struct Derived
{
    std::optional<double> score; // of the last gate
    Money scorerCost;
    Money failedCost;
};

Derived derivedFrom(const RunTrace &trace)
{
    Derived derived;
    for (const Hop &hop : trace.hops) {
        if (hop.score)
            derived.score = hop.score;
        if (engine::isOfGate(hop.kind))
            derived.scorerCost += hop.cost;
        else if (hop.discarded || !hop.failureClass.isEmpty())
            derived.failedCost += hop.cost;
    }
    return derived;
}

QVariantList runValues(const RunTrace &trace)
{
    const Derived derived = derivedFrom(trace);
    return {sqlite::textValue(trace.id),
            trace.startedAt.toMSecsSinceEpoch(),
            sqlite::textValue(trace.policyName),
            sqlite::textValue(trace.policyVersion),
            engine::pathText(trace),
            trace.query.estimatedTokens,
            qint64(trace.query.seed), // SQLite has no unsigned numbers; the bits are the same
            QString(nameOf(trace.status)),
            sqlite::textValue(trace.answeringModel),
            qint64(trace.answeringHop),
            sqlite::orNull(derived.score),
            trace.cost.nanos(),
            derived.scorerCost.nanos(),
            derived.failedCost.nanos(),
            trace.unknownPrices,
            count(trace.latency),
            sqlite::orNull(trace.firstToken),
            sqlite::textValue(trace.baseline),
            sqlite::orNull(trace.baselineCost),
            trace.baselineEstimated,
            trace.simulated,
            sqlite::textValue(redacted(trace.error)),
            sqlite::textValue(trace.baselineProvider),
            sqlite::textValue(trace.baselineModelId),
            trace.baselineSurcharge.percent,
            trace.baselineSurcharge.fast,
            QString(nameOf(trace.origin))};
}

QVariantList quoteValues(const std::optional<catalog::PriceQuote> &quote)
{
    if (!quote)
        return QVariantList(7);
    return {QString(nameOf(quote->source)),
            quote->asOf.isValid() ? QVariant(quote->asOf.toString(Qt::ISODate)) : QVariant(),
            quote->price.input.nanos(),
            quote->price.output.nanos(),
            sqlite::orNull(quote->price.cachedInput),
            sqlite::orNull(quote->price.cacheWrite),
            sqlite::orNull(quote->price.cacheWrite1h)};
}

QVariantList hopValues(const Hop &hop)
{
    QVariantList values{sqlite::textValue(hop.node.value),
                        sqlite::textValue(hop.kind),
                        sqlite::textValue(hop.title),
                        sqlite::textValue(hop.askedModel),
                        sqlite::textValue(hop.provider),
                        sqlite::textValue(hop.chosenModel),
                        sqlite::textValue(hop.servedModel),
                        hop.attempt,
                        sqlite::textValue(hop.finishReason),
                        sqlite::textValue(hop.requestId),
                        hop.usage.freshInput,
                        hop.usage.cacheRead,
                        hop.usage.cacheWrite5m,
                        hop.usage.cacheWrite1h,
                        hop.usage.output,
                        hop.usage.reasoning,
                        hop.usage.estimated};
    values += quoteValues(hop.quote);
    values += {hop.httpStatus,
               count(hop.waited),
               hop.discarded,
               count(hop.start),
               sqlite::orNull(hop.firstToken),
               count(hop.end),
               hop.cost.nanos(),
               QString(nameOf(hop.costOrigin)),
               sqlite::orNull(hop.score),
               sqlite::orNull(hop.threshold),
               sqlite::textValue(hop.scorers),
               sqlite::textValue(hop.port),
               sqlite::textValue(redacted(hop.why)),
               sqlite::textValue(hop.failureClass),
               sqlite::textValue(redacted(hop.error)),
               hop.fallback,
               hop.hedge,
               sqlite::textValue(hop.quote ? hop.quote->table : QString()),
               sqlite::orNull(hop.quote ? hop.quote->price.reasoning : std::nullopt),
               hop.surcharge.percent,
               hop.surcharge.fast};
    return values;
}

Result<> insertHops(sqlite::Database &database, qint64 run, const RunTrace &trace, bool keepTexts)
{
    static const QString hopSql = insertion(u"hops"_s, u"run, position, "_s + insertedHopColumns());
    static const QString textSql = insertion(u"hop_texts"_s, u"run, position, text"_s);
    for (qsizetype position = 0; position < trace.hops.size(); ++position) {
        const Hop &hop = trace.hops[position];
        auto inserted = database.run(hopSql, QVariantList{run, position} + hopValues(hop));
        if (inserted && keepTexts && !hop.text.isEmpty())
            inserted = database.run(textSql, {run, position, redacted(hop.text)});
        if (!inserted)
            return tl::unexpected(std::move(inserted.error()));
    }
    return {};
}

Result<> insertTexts(sqlite::Database &database, qint64 run, const RunTrace &trace)
{
    static const QString sql = insertion(u"texts"_s, u"run, prompt, query, answer"_s);
    const std::string query =
        redacted(policy::toJson(trace.query)).dump(-1, ' ', false, Json::error_handler_t::replace);
    return database
        .run(sql, {run, sqlite::textValue(redacted(trace.query.prompt())), toQString(query),
                   sqlite::textValue(redacted(trace.answer))})
        .map([](qint64) {});
}

} // namespace

Result<> writeTrace(sqlite::Database &database, const RunTrace &trace, bool keepTexts)
{
    // The keys are unique: a run that was recorded before is not counted twice.
    static const QString runSql =
        insertion(u"runs"_s, insertedRunColumns()) + u" ON CONFLICT (id) DO NOTHING"_s;
    auto transaction = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Write);
    if (!transaction)
        return tl::unexpected(std::move(transaction.error()));
    const auto inserted = database.run(runSql, runValues(trace));
    if (!inserted)
        return tl::unexpected(inserted.error());
    if (*inserted == 0)
        return {};
    const auto key = database.value(u"SELECT last_insert_rowid()"_s);
    if (!key)
        return tl::unexpected(key.error());
    const qint64 run = key->toLongLong();
    Result<> done = insertHops(database, run, trace, keepTexts);
    if (done && keepTexts)
        done = insertTexts(database, run, trace);
    if (done)
        done = database.run(u"DELETE FROM begun WHERE id = ?"_s, {sqlite::textValue(trace.id)})
                   .map([](qint64) {});
    return done ? transaction->commit() : done;
}

} // namespace headgate::ledger
