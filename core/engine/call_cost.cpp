#include "core/engine/call_cost.h"

namespace headgate::engine {

namespace {

// Where neither the policy nor the catalog bounds an answer.
constexpr qint64 kUnboundedAnswerTokens = 4096;

bool isNothing(const catalog::TokenUsage &usage)
{
    return usage.input() == 0 && usage.output == 0;
}

std::optional<qint64> positiveInteger(const Json &parameters, const char *key)
{
    const auto value = parameters.find(key);
    if (value == parameters.end() || !value->is_number_integer() || value->get<qint64>() <= 0)
        return std::nullopt;
    return value->get<qint64>();
}

// What the server said, or else what was asked for.
catalog::Surcharge surchargeOf(const policy::Model &model, const providers::Completion &completion)
{
    catalog::Surcharge surcharge = catalog::surchargeAskedBy(model.parameters);
    surcharge.percent = completion.pricePercent.value_or(surcharge.percent);
    surcharge.fast = completion.fast.value_or(surcharge.fast);
    return surcharge;
}

// A price of the user's own is what the user pays; any other is the list's.
std::optional<Price> charged(const policy::Model &model, const catalog::PriceQuote &quote,
                             const catalog::Surcharge &surcharge)
{
    return model.price ? std::optional(quote.price) : catalog::priceWith(quote.price, surcharge);
}

} // namespace

CallCost::CallCost(const catalog::ModelCatalog &catalog, QDate on)
    : m_catalog(catalog)
    , m_on(on)
{
}

std::optional<catalog::PriceQuote>
CallCost::quote(const policy::Model &model, const QString &servedModel, qint64 inputTokens) const
{
    if (model.price)
        return catalog::PriceQuote{*model.price, catalog::PriceSource::Override, {}};
    if (!servedModel.isEmpty() && servedModel != model.model) {
        const auto served = m_catalog.quote(model.provider, servedModel, m_on, inputTokens);
        if (served && served->source != catalog::PriceSource::Local)
            return served;
    }
    return m_catalog.quote(model.provider, model.model, m_on, inputTokens);
}

void CallCost::book(const policy::Model &model, const providers::CallResult &result, Hop &hop) const
{
    const providers::Completion &completion = result.completion;
    hop.usage = completion.usage;
    hop.quote = quote(model, completion.servedModel, hop.usage.input());
    hop.surcharge = surchargeOf(model, completion);
    if (hop.quote) {
        if (const std::optional<Price> price = charged(model, *hop.quote, hop.surcharge))
            hop.quote->price = *price;
        else
            hop.quote.reset();
    }
    if (completion.reportedCost) {
        hop.cost = *completion.reportedCost;
        hop.costOrigin = CostOrigin::ProviderReported;
    } else if (!result.ok() && isNothing(hop.usage)) {
        hop.costOrigin = CostOrigin::Exact; // it failed before it could use anything
    } else if (!hop.quote) {
        hop.costOrigin = CostOrigin::UnknownPrice;
    } else {
        hop.cost = catalog::costOf(hop.usage, hop.quote->price);
        const bool isFree = hop.quote->source == catalog::PriceSource::Local;
        hop.costOrigin =
            hop.usage.estimated && !isFree ? CostOrigin::EstimatedTokens : CostOrigin::Exact;
    }
}

std::optional<Money> CallCost::worstCase(const policy::Model &model, qint64 inputTokens) const
{
    std::optional<qint64> most = positiveInteger(model.parameters, "max_tokens");
    if (!most)
        most = positiveInteger(model.parameters, "max_completion_tokens");
    const catalog::CatalogEntry *entry = m_catalog.find(model.provider, model.model);
    if (!most && entry)
        most = entry->maxOutputTokens;
    catalog::TokenUsage usage;
    usage.freshInput = inputTokens;
    usage.output = most.value_or(kUnboundedAnswerTokens);
    return costAt(model, usage);
}

std::optional<Money> CallCost::costAt(const policy::Model &model,
                                      const catalog::TokenUsage &usage) const
{
    const auto listed = quote(model, {}, usage.input());
    if (!listed)
        return std::nullopt;
    const auto price = charged(model, *listed, catalog::surchargeAskedBy(model.parameters));
    return price ? std::optional(catalog::costOf(usage, *price)) : std::nullopt;
}

} // namespace headgate::engine
