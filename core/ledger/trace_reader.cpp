#include "core/ledger/trace_reader.h"

#include "core/ledger/texts.h"
#include "core/sqlite/database.h"
#include "core/sqlite/transaction.h"

namespace headgate::ledger {

using namespace Qt::StringLiterals;
using engine::Hop;
using engine::RunTrace;

namespace {

using Nanoseconds = std::chrono::nanoseconds;

// Reads the columns of a row from left to right.
class Columns
{
public:
    explicit Columns(const QSqlQuery &row)
        : m_row(row)
    {
    }

    QString text() { return next().toString(); }
    qint64 integer() { return next().toLongLong(); }
    bool flag() { return integer() != 0; }
    Money money() { return Money::fromNanos(integer()); }
    Nanoseconds duration() { return Nanoseconds(integer()); }
    QDateTime time() { return QDateTime::fromMSecsSinceEpoch(integer(), Qt::UTC); }
    std::optional<double> optionalNumber()
    {
        const QVariant value = next();
        return value.isNull() ? std::nullopt : std::optional(value.toDouble());
    }
    std::optional<Money> optionalMoney()
    {
        const QVariant value = next();
        return value.isNull() ? std::nullopt : std::optional(Money::fromNanos(value.toLongLong()));
    }
    std::optional<Nanoseconds> optionalDuration()
    {
        const QVariant value = next();
        return value.isNull() ? std::nullopt : std::optional(Nanoseconds(value.toLongLong()));
    }

private:
    QVariant next() { return m_row.value(m_at++); }

    const QSqlQuery &m_row; // outlives me
    int m_at = 0;
};

// The columns that traceFrom reads, in its order; what the hops tell again is left out.
const QString &runColumns()
{
    static const QString columns =
        u"id, started_ms, policy, policy_version, estimated_tokens, seed, status,"
        " answering_model, answering_hop, cost, unknown_prices, latency_ns, first_token_ns,"
        " baseline, baseline_cost, baseline_estimated, simulated, error,"
        " baseline_provider, baseline_model, baseline_percent, baseline_fast, origin"_s;
    return columns;
}

RunTrace traceFrom(Columns columns)
{
    RunTrace trace;
    trace.id = columns.text();
    trace.startedAt = columns.time();
    trace.policyName = columns.text();
    trace.policyVersion = columns.text();
    trace.query.estimatedTokens = columns.integer();
    trace.query.seed = quint64(columns.integer());
    trace.status = engine::runStatusFrom(columns.text()).value_or(engine::RunStatus::Failed);
    trace.answeringModel = columns.text();
    trace.answeringHop = columns.integer();
    trace.cost = columns.money();
    trace.unknownPrices = int(columns.integer());
    trace.latency = columns.duration();
    trace.firstToken = columns.optionalDuration();
    trace.baseline = columns.text();
    trace.baselineCost = columns.optionalMoney();
    trace.baselineEstimated = columns.flag();
    trace.simulated = columns.flag();
    trace.error = columns.text();
    trace.baselineProvider = columns.text();
    trace.baselineModelId = columns.text();
    trace.baselineSurcharge = {int(columns.integer()), columns.flag()};
    trace.origin = engine::runOriginFrom(columns.text()).value_or(engine::RunOrigin::Live);
    return trace;
}

// The columns that hopFrom reads, in its order.
const QString &hopColumns()
{
    static const QString columns =
        u"node, kind, title, asked_model, provider, chosen_model, served_model, attempt,"
        " finish_reason, request_id, fresh_input, cache_read, cache_write_5m, cache_write_1h,"
        " output, reasoning, usage_estimated, price_source, price_as_of, price_input,"
        " price_output, price_cached_input, price_cache_write, price_cache_write_1h,"
        " http_status, waited_ns, discarded, start_ns, first_token_ns, end_ns, cost,"
        " cost_origin, score, threshold, scorers, port, why, failure_class, error,"
        " fallback, hedge, price_table, price_reasoning, price_percent, fast,"
        " coalesce(text, '')"_s;
    return columns;
}

catalog::TokenUsage usageFrom(Columns &columns)
{
    catalog::TokenUsage usage;
    usage.freshInput = columns.integer();
    usage.cacheRead = columns.integer();
    usage.cacheWrite5m = columns.integer();
    usage.cacheWrite1h = columns.integer();
    usage.output = columns.integer();
    usage.reasoning = columns.integer();
    usage.estimated = columns.flag();
    return usage;
}

std::optional<catalog::PriceQuote> quoteFrom(Columns &columns)
{
    const auto source = catalog::priceSourceFrom(columns.text());
    catalog::PriceQuote quote;
    quote.asOf = QDate::fromString(columns.text(), Qt::ISODate);
    quote.price.input = columns.money();
    quote.price.output = columns.money();
    quote.price.cachedInput = columns.optionalMoney();
    quote.price.cacheWrite = columns.optionalMoney();
    quote.price.cacheWrite1h = columns.optionalMoney();
    if (!source)
        return std::nullopt;
    quote.source = *source;
    return quote;
}

Hop hopFrom(Columns columns)
{
    Hop hop;
    hop.node = {columns.text()};
    hop.kind = columns.text();
    hop.title = columns.text();
    hop.askedModel = columns.text();
    hop.provider = columns.text();
    hop.chosenModel = columns.text();
    hop.servedModel = columns.text();
    hop.attempt = int(columns.integer());
    hop.finishReason = columns.text();
    hop.requestId = columns.text();
    hop.usage = usageFrom(columns);
    hop.quote = quoteFrom(columns);
    hop.httpStatus = int(columns.integer());
    hop.waited = columns.duration();
    hop.discarded = columns.flag();
    hop.start = columns.duration();
    hop.firstToken = columns.optionalDuration();
    hop.end = columns.duration();
    hop.cost = columns.money();
    hop.costOrigin =
        engine::costOriginFrom(columns.text()).value_or(engine::CostOrigin::UnknownPrice);
    hop.score = columns.optionalNumber();
    hop.threshold = columns.optionalNumber();
    hop.scorers = columns.text();
    hop.port = columns.text();
    hop.why = columns.text();
    hop.failureClass = columns.text();
    hop.error = columns.text();
    hop.fallback = columns.flag();
    hop.hedge = columns.flag();
    const QString table = columns.text();
    const std::optional<Money> reasoning = columns.optionalMoney();
    if (hop.quote) {
        hop.quote->table = table;
        hop.quote->price.reasoning = reasoning;
    }
    hop.surcharge = {int(columns.integer()), columns.flag()};
    hop.text = columns.text();
    return hop;
}

void takeTexts(RunTrace &trace, const QSqlQuery &row)
{
    trace.answer = row.value(1).toString();
    const auto query = parseJson(row.value(0).toString().toUtf8());
    if (query)
        trace.query = policy::queryFromJson(*query);
}

} // namespace

Result<RunTrace> readTrace(sqlite::Database &database, const QString &id)
{
    static const QString runSql = u"SELECT "_s + runColumns() + u" FROM runs WHERE id = ?"_s;
    static const QString textSql =
        u"SELECT query, answer FROM texts WHERE run = (SELECT seq FROM runs WHERE id = ?)"_s;
    static const QString hopSql =
        u"SELECT "_s + hopColumns() +
        u" FROM hops LEFT JOIN hop_texts USING (run, position)"
        " WHERE run = (SELECT seq FROM runs WHERE id = ?) ORDER BY position"_s;
    auto snapshot = sqlite::Transaction::begin(database, sqlite::Transaction::Kind::Read);
    if (!snapshot)
        return tl::unexpected(std::move(snapshot.error()));
    std::optional<RunTrace> trace;
    Result<> read = database.forEach(
        runSql, {id}, [&trace](const QSqlQuery &row) { trace = traceFrom(Columns(row)); });
    if (read && !trace)
        return fail(ErrorCode::NotFound, Texts::tr("The ledger has no run “%1”.").arg(id.left(80)));
    if (read)
        read = database.forEach(textSql, {id},
                                [&trace](const QSqlQuery &row) { takeTexts(*trace, row); });
    if (read)
        read = database.forEach(hopSql, {id}, [&trace](const QSqlQuery &row) {
            trace->hops.append(hopFrom(Columns(row)));
        });
    if (!read)
        return tl::unexpected(std::move(read.error()));
    return *std::move(trace);
}

} // namespace headgate::ledger
