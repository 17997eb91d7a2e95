#pragma once

#include "core/common/message.h"

namespace headgate::policy {

// What is routed.
struct Query
{
    QList<Message> messages;
    Json metadata = Json::object(); // "user", "tenant", …: what rules and sticky splits may read
    qint64 estimatedTokens = 0;     // of all messages together; an estimate (text/token_estimate.h)
    quint64 seed = 0;               // of every random choice on the way

    // The text of the last user message, which is what rules and routers read; empty if none.
    QString prompt() const
    {
        for (auto it = messages.crbegin(); it != messages.crend(); ++it) {
            if (it->role == Message::Role::User)
                return it->text;
        }
        return {};
    }
    bool operator==(const Query &) const = default;
};

// {"messages": [{"role", "text", "extra"?}], "metadata", "estimated_tokens", "seed"}, as files and
// the ledger keep queries.
Json toJson(const Query &query);
// What is missing or of another type counts as absent.
Query queryFromJson(const Json &object);

} // namespace headgate::policy
