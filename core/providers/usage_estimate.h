#pragma once

#include "core/catalog/token_usage.h"
#include "core/common/message.h"

namespace headgate::providers {

// Tokens from the size of what was sent and what came: UTF-8 bytes / 4, rounded up, and 4 tokens a
// message for its frame. Marked as an estimate.
catalog::TokenUsage estimatedUsage(const QList<Message> &messages, const QString &answer);

} // namespace headgate::providers
