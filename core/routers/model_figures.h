#pragma once

#include "core/common/money.h"

#include <QString>

#include <chrono>
#include <optional>

namespace headgate::routers {

// What is known of the policy's models when a query is to be routed. Models go by their name in the
// policy. What is not known is none, never zero.
class ModelFigures
{
public:
    virtual ~ModelFigures() = default;

    // Of one call with so many tokens; none: the price is not known.
    virtual std::optional<Money> cost(const QString &model, qint64 inputTokens,
                                      qint64 outputTokens) const = 0;
    // Half of its latest answers took no longer; none: not measured.
    virtual std::optional<std::chrono::nanoseconds> latency(const QString &model) const = 0;
};

} // namespace headgate::routers
