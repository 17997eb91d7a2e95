#pragma once

#include "core/common/message.h"

#include <QStringView>

namespace headgate::text {

// Tokens of a text without a tokenizer: UTF-8 bytes / 4, rounded up (providers.md section 10).
// Always shown as an estimate.
qint64 estimateTokens(QStringView text);
// Of a whole conversation, with 4 tokens a message for its frame.
qint64 estimateTokens(const QList<Message> &messages);

} // namespace headgate::text
