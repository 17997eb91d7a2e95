#include "core/routers/query_facts.h"

#include "core/routers/keyword_matcher.h"
#include "core/text/code_detection.h"
#include "core/text/language_detection.h"
#include "core/text/token_estimate.h"

#include <algorithm>

namespace headgate::routers {

QueryFacts::QueryFacts(const policy::Query &query)
    : m_query(query)
    , m_prompt(query.prompt())
{
}

const QString &QueryFacts::folded()
{
    if (!m_folded)
        m_folded = foldedForKeywords(m_prompt);
    return *m_folded;
}

const QString &QueryFacts::language()
{
    if (!m_language)
        m_language = text::detectLanguage(m_prompt);
    return *m_language;
}

bool QueryFacts::hasCode()
{
    if (!m_hasCode)
        m_hasCode = text::looksLikeCode(m_prompt);
    return *m_hasCode;
}

qint64 QueryFacts::characters()
{
    if (!m_characters) {
        m_characters = std::count_if(m_prompt.cbegin(), m_prompt.cend(),
                                     [](QChar unit) { return !unit.isLowSurrogate(); });
    }
    return *m_characters;
}

qint64 QueryFacts::tokens()
{
    if (!m_tokens) {
        m_tokens = m_query.estimatedTokens > 0 ? m_query.estimatedTokens
                                               : text::estimateTokens(m_query.messages);
    }
    return *m_tokens;
}

} // namespace headgate::routers
