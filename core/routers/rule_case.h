#pragma once

#include "core/routers/keyword_matcher.h"
#include "core/routers/query_facts.h"

#include <QRegularExpression>

#include <optional>
#include <vector>

namespace headgate::routers {

// One case of a rule: every condition that it gives must hold. A case without conditions always
// holds. Conditions that are null or an empty text or list count as not given.
class RuleCase
{
public:
    // `number` names a case without a name, from 1. Refuses a condition of the wrong type and a
    // regular expression that does not compile, and names the case.
    static Result<RuleCase> fromJson(const Json &json, int number);

    const QString &name() const { return m_name; }

    enum class Outcome { Holds, Fails, RegexGaveUp };
    struct Verdict
    {
        Outcome outcome = Outcome::Fails;
        QString why; // where it holds: "contains “refund”, language de"
    };
    Verdict judge(QueryFacts &facts) const;

private:
    // Both ends count; none: unbounded.
    struct Range
    {
        std::optional<qint64> minimum;
        std::optional<qint64> maximum;

        bool isGiven() const { return minimum || maximum; }
        bool holds(qint64 value) const
        {
            return (!minimum || value >= *minimum) && (!maximum || value <= *maximum);
        }
    };
    struct Keyword
    {
        KeywordMatcher matcher;
        QString why; // of the whole case, made once: a decision then formats nothing
    };

    Result<> readConditions(const Json &json);
    Result<> readKeywords(const Json &value);
    Result<> readRegex(const Json &value);
    Result<> readBound(const Json &json, const char *key, std::optional<qint64> &bound) const;
    Result<> readMetadata(const Json &value);
    void explain();
    QStringList reasons() const;
    bool holdsMetadata(const Json &metadata) const;
    const Keyword *findKeyword(QueryFacts &facts) const;

    QString m_name;
    Range m_length; // characters
    Range m_tokens;
    std::vector<Keyword> m_keywords;
    QStringList m_keywordTexts;
    std::optional<QRegularExpression> m_regex;
    QString m_regexText;
    QString m_language; // empty: any
    std::optional<bool> m_hasCode;
    Json m_metadata = Json::object();
    QString m_why;
};

} // namespace headgate::routers
