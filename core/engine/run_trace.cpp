#include "core/engine/run_trace.h"

#include "core/common/redaction.h"
#include "core/engine/texts.h"

#include <QCryptographicHash>

#include <array>

namespace headgate::engine {

using namespace Qt::StringLiterals;

namespace {

template<typename Enum>
using Named = std::pair<Enum, QLatin1String>;

constexpr std::array<Named<RunStatus>, 4> kStatuses{{
    {RunStatus::Answered, QLatin1String("answered")},
    {RunStatus::LimitedAnswer, QLatin1String("limited_answer")},
    {RunStatus::Failed, QLatin1String("failed")},
    {RunStatus::Cancelled, QLatin1String("cancelled")},
}};

constexpr std::array<Named<CostOrigin>, 4> kOrigins{{
    {CostOrigin::Exact, QLatin1String("exact")},
    {CostOrigin::ProviderReported, QLatin1String("provider_reported")},
    {CostOrigin::EstimatedTokens, QLatin1String("estimated_tokens")},
    {CostOrigin::UnknownPrice, QLatin1String("unknown_price")},
}};

constexpr std::array<Named<RunOrigin>, 2> kRunOrigins{{
    {RunOrigin::Live, QLatin1String("live")},
    {RunOrigin::Recorded, QLatin1String("recorded")},
}};

template<typename Table, typename Enum>
QLatin1String nameIn(const Table &table, Enum value)
{
    const auto it = std::find_if(table.begin(), table.end(),
                                 [value](const auto &row) { return row.first == value; });
    return it != table.end() ? it->second : QLatin1String();
}

template<typename Enum, std::size_t N>
std::optional<Enum> valueIn(const std::array<Named<Enum>, N> &table, const QString &name)
{
    const auto it = std::find_if(table.begin(), table.end(),
                                 [name](const auto &row) { return row.second == name; });
    return it != table.end() ? std::optional(it->first) : std::nullopt;
}

Json text(QLatin1String name)
{
    return std::string(name.data(), std::size_t(name.size()));
}

Json text(const QString &value)
{
    return toStdString(value);
}

Json millisecondsOf(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

Json millisecondsOf(const std::optional<std::chrono::nanoseconds> &duration)
{
    return duration ? millisecondsOf(*duration) : Json();
}

Json number(const std::optional<double> &value)
{
    return value ? Json(*value) : Json();
}

// Both spellings of an amount: for people and for sums.
void putMoney(Json &object, const std::string &name, const std::optional<Money> &amount)
{
    object[name + "_usd"] = amount ? text(amount->toDecimal()) : Json();
    object[name + "_nanousd"] = amount ? Json(amount->nanos()) : Json();
}

void putText(Json &object, const char *key, const QString &value)
{
    if (!value.isEmpty())
        object[key] = text(value);
}

Json usageJson(const catalog::TokenUsage &usage)
{
    return {{"fresh_input", usage.freshInput},
            {"cache_read", usage.cacheRead},
            {"cache_write_5m", usage.cacheWrite5m},
            {"cache_write_1h", usage.cacheWrite1h},
            {"output", usage.output},
            {"reasoning", usage.reasoning},
            {"estimated", usage.estimated}};
}

Json quoteJson(const catalog::PriceQuote &quote)
{
    Json object{{"input_usd_per_mtok", text(quote.price.input.toDecimal())},
                {"output_usd_per_mtok", text(quote.price.output.toDecimal())},
                {"source", text(catalog::nameOf(quote.source))}};
    const auto put = [&object](const char *key, const std::optional<Money> &price) {
        if (price)
            object[key] = text(price->toDecimal());
    };
    put("cached_input_usd_per_mtok", quote.price.cachedInput);
    put("cache_write_usd_per_mtok", quote.price.cacheWrite);
    put("cache_write_1h_usd_per_mtok", quote.price.cacheWrite1h);
    put("reasoning_usd_per_mtok", quote.price.reasoning);
    if (quote.asOf.isValid())
        object["as_of"] = text(quote.asOf.toString(Qt::ISODate));
    putText(object, "table", quote.table);
    return object;
}

void putCall(Json &object, const Hop &hop)
{
    object["asked_model"] = text(hop.askedModel);
    object["provider"] = text(hop.provider);
    object["chosen_model"] = text(hop.chosenModel);
    object["served_model"] = text(hop.servedModel);
    object["attempt"] = hop.attempt;
    if (hop.fallback)
        object["fallback"] = true;
    if (hop.hedge)
        object["hedge"] = true;
    object["tokens"] = usageJson(hop.usage);
    object["price"] = hop.quote ? quoteJson(*hop.quote) : Json();
    if (hop.surcharge.percent != 100)
        object["price_percent"] = hop.surcharge.percent;
    if (hop.surcharge.fast)
        object["fast"] = true;
    object["waited_ms"] = millisecondsOf(hop.waited);
    object["first_token_ms"] = millisecondsOf(hop.firstToken);
    object["discarded"] = hop.discarded;
    object["cost_origin"] = text(nameOf(hop.costOrigin));
    putText(object, "finish_reason", hop.finishReason);
    putText(object, "request_id", hop.requestId);
    putText(object, "text", hop.text);
    if (hop.httpStatus != 0)
        object["http_status"] = hop.httpStatus;
}

Json hopJson(const Hop &hop)
{
    Json object{{"node", text(hop.node.value)},
                {"kind", text(hop.kind)},
                {"title", text(hop.title)},
                {"start_ms", millisecondsOf(hop.start)},
                {"end_ms", millisecondsOf(hop.end)}};
    putMoney(object, "cost", hop.cost);
    putText(object, "port", hop.port);
    putText(object, "why", hop.why);
    putText(object, "failure_class", hop.failureClass);
    putText(object, "error", hop.error);
    if (hop.score || hop.threshold) {
        object["score"] = number(hop.score);
        object["threshold"] = number(hop.threshold);
        putText(object, "scorers", hop.scorers);
    }
    if (hop.attempt > 0)
        putCall(object, hop);
    return object;
}

QString ownTitleOf(const Hop &hop)
{
    for (const QString &name : {hop.title, hop.askedModel, hop.kind}) {
        if (!name.isEmpty())
            return name;
    }
    return hop.node.value;
}

// "Finch-mini (egret)" where another model took the place of the node's own.
QString titleOf(const Hop &hop)
{
    const QString title = ownTitleOf(hop);
    return hop.fallback && title != hop.askedModel ? u"%1 (%2)"_s.arg(title, hop.askedModel)
                                                   : title;
}

} // namespace

bool isOfGate(const QString &kind)
{
    return kind == "gate"_L1 || kind == kJudgeCall;
}

QLatin1String nameOf(RunStatus status)
{
    return nameIn(kStatuses, status);
}

QLatin1String nameOf(CostOrigin origin)
{
    return nameIn(kOrigins, origin);
}

QLatin1String nameOf(RunOrigin origin)
{
    return nameIn(kRunOrigins, origin);
}

std::optional<RunStatus> runStatusFrom(const QString &name)
{
    return valueIn(kStatuses, name);
}

std::optional<CostOrigin> costOriginFrom(const QString &name)
{
    return valueIn(kOrigins, name);
}

std::optional<RunOrigin> runOriginFrom(const QString &name)
{
    return valueIn(kRunOrigins, name);
}

Json toJson(const RunTrace &trace)
{
    Json hops = Json::array();
    for (const Hop &hop : trace.hops)
        hops.push_back(hopJson(hop));
    Json object{{"id", text(trace.id)},
                {"policy", text(trace.policyName)},
                {"policy_version", text(trace.policyVersion)},
                {"query", policy::toJson(trace.query)},
                {"started_at", text(trace.startedAt.toUTC().toString(Qt::ISODateWithMs))},
                {"status", text(nameOf(trace.status))},
                {"path", text(pathText(trace))},
                {"answer", text(trace.answer)},
                {"answering_model", text(trace.answeringModel)},
                {"answering_hop", trace.answeringHop >= 0 ? Json(trace.answeringHop) : Json()},
                {"unknown_prices", trace.unknownPrices},
                {"latency_ms", millisecondsOf(trace.latency)},
                {"first_token_ms", millisecondsOf(trace.firstToken)},
                {"baseline", text(trace.baseline)},
                {"baseline_estimated", trace.baselineEstimated},
                {"simulated", trace.simulated},
                {"origin", text(nameOf(trace.origin))},
                {"hops", std::move(hops)}};
    putMoney(object, "cost", trace.cost);
    putMoney(object, "baseline_cost", trace.baselineCost);
    putMoney(object, "saving", trace.saving());
    putText(object, "error", trace.error);
    return redacted(object);
}

QString scorersMark(const Json &scorers)
{
    constexpr int kDigits = 12;
    const std::string text = compactText(scorers);
    return QString::fromLatin1(
        QCryptographicHash::hash(QByteArrayView(text.data(), qsizetype(text.size())),
                                 QCryptographicHash::Sha256)
            .toHex()
            .first(kDigits));
}

QString pathText(const RunTrace &trace)
{
    QStringList parts;
    for (qsizetype i = 0; i < trace.hops.size(); ++i) {
        std::optional<double> score = trace.hops[i].score;
        for (; i + 1 < trace.hops.size() && trace.hops[i + 1].node == trace.hops[i].node; ++i) {
            if (trace.hops[i + 1].score)
                score = trace.hops[i + 1].score;
        }
        const Hop &last = trace.hops[i]; // of several attempts the one that counts
        if (last.kind == "answer"_L1)
            continue;
        parts.append(score ? u"%1: %2"_s.arg(titleOf(last), QString::number(*score, 'f', 2))
                           : titleOf(last));
    }
    if (trace.hops.isEmpty() || trace.hops.first().kind != "query"_L1)
        parts.prepend(Texts::tr("Query"));
    return parts.join(u" › "_s);
}

} // namespace headgate::engine
