#pragma once

#include "core/policy/query.h"

#include <optional>

namespace headgate::routers {

// What cases ask about one query; each fact is worked out once, when first asked for.
class QueryFacts
{
public:
    explicit QueryFacts(const policy::Query &query); // outlives the facts

    const QString &prompt() const { return m_prompt; }
    const Json &metadata() const { return m_query.metadata; }
    const QString &folded();
    const QString &language(); // ISO 639-1, empty where unsure
    bool hasCode();
    qint64 characters(); // Unicode code points of the prompt
    qint64 tokens();     // estimate, of all messages

private:
    const policy::Query &m_query;
    QString m_prompt;
    std::optional<QString> m_folded;
    std::optional<QString> m_language;
    std::optional<bool> m_hasCode;
    std::optional<qint64> m_characters;
    std::optional<qint64> m_tokens;
};

} // namespace headgate::routers
