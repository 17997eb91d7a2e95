#pragma once

#include "core/catalog/token_usage.h"
#include "core/common/message.h"
#include "core/providers/endpoint.h"

#include <optional>

namespace simdjson::dom {
class object;
}

namespace headgate::providers {

// What a `usage` object says. Both are none where it says nothing usable.
struct ReportedUsage
{
    std::optional<catalog::TokenUsage> usage; // none: contradictory, negative, absurd
    std::optional<Money> cost;
};

// Brings the usage of every server of this family to disjoint kinds (providers.md section 10).
ReportedUsage readUsage(const simdjson::dom::object &usage, const Dialect &dialect);

// Tokens from the size of what was sent and what came: UTF-8 bytes / 4, rounded up, and 4 tokens a
// message for its frame. Marked as an estimate.
catalog::TokenUsage estimatedUsage(const QList<Message> &messages, const QString &answer);

} // namespace headgate::providers
