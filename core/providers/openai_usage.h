#pragma once

#include "core/catalog/token_usage.h"
#include "core/providers/endpoint.h"

#include <optional>

namespace simdjson::dom {
class element;
}

namespace headgate::providers {

// What a `usage` object says. Both are none where it says nothing usable.
struct ReportedUsage
{
    std::optional<catalog::TokenUsage> usage; // none: contradictory, negative, absurd
    std::optional<Money> cost;
};

// Brings the usage of every server of this family to disjoint kinds (providers.md section 10).
ReportedUsage readUsage(const simdjson::dom::element &usage, const Dialect &dialect);

} // namespace headgate::providers
