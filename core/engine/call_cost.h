#pragma once

#include "core/engine/run_trace.h"
#include "core/policy/policy_document.h"
#include "core/providers/provider.h"

#include <limits>

namespace headgate::engine {

// Stands for a price that is not known where calls are weighed against a limit: over every limit,
// and summed over many calls still within range.
constexpr Money kUnaffordable = Money::fromNanos(std::numeric_limits<qint64>::max() / 4);

// Prices of one policy's calls at one date. What the provider reports goes before the policy's own
// price, and that before the catalog's; an unknown price is never taken for 0, except that a model
// on this machine costs nothing where nobody says otherwise.
class CallCost
{
public:
    // The catalog outlives it.
    CallCost(const catalog::ModelCatalog &catalog, QDate on);

    // Fills usage, quote, surcharge, cost and costOrigin of the hop.
    void book(const policy::Model &model, const providers::CallResult &result, Hop &hop) const;
    // The most that one call can cost: the prompt's tokens, and as many as the answer may have.
    // None: the price is unknown.
    std::optional<Money> worstCase(const policy::Model &model, qint64 inputTokens) const;
    // What the model would have charged for these tokens. None: the price is unknown.
    std::optional<Money> costAt(const policy::Model &model, const catalog::TokenUsage &usage) const;

private:
    std::optional<catalog::PriceQuote> quote(const policy::Model &model, const QString &servedModel,
                                             qint64 inputTokens) const;

    const catalog::ModelCatalog &m_catalog;
    QDate m_on;
};

} // namespace headgate::engine
