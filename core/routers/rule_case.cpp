#include "core/routers/rule_case.h"

#include "core/routers/texts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

// A pattern such as (a+)+$ can take years. Each attempt may backtrack this often, and only the
// start of a long prompt is searched, because there is an attempt at each of its characters.
constexpr QLatin1StringView kRegexLimits("(*LIMIT_MATCH=200000)(*LIMIT_DEPTH=20000)");
constexpr qsizetype kRegexSample = 32'768;

bool isGiven(const Json &json, const char *key)
{
    const auto it = json.find(key);
    return it != json.end() && !it->is_null() && !(it->is_string() && it->empty()) &&
           !((it->is_array() || it->is_object()) && it->empty());
}

QString inUserWords(const Json &value)
{
    return value.is_string() ? toQString(value.get_ref<const std::string &>())
                             : toQString(compactText(value));
}

// What a regular expression sees of the prompt: half a character at the cut would be an error.
QStringView searched(QStringView prompt)
{
    if (prompt.size() <= kRegexSample)
        return prompt;
    return prompt.first(kRegexSample - (prompt[kRegexSample - 1].isHighSurrogate() ? 1 : 0));
}

} // namespace

Result<RuleCase> RuleCase::fromJson(const Json &json, int number)
{
    RuleCase result;
    result.m_name = jsonString(json, "name", QString::number(number));
    if (!json.is_object())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Case %1 is not an object of conditions.").arg(number));
    if (auto read = result.readConditions(json); !read)
        return tl::unexpected(read.error());
    result.explain();
    return result;
}

Result<> RuleCase::readConditions(const Json &json)
{
    const std::array<std::tuple<const char *, std::optional<qint64> *>, 4> bounds = {{
        {"min_length", &m_length.minimum},
        {"max_length", &m_length.maximum},
        {"min_tokens", &m_tokens.minimum},
        {"max_tokens", &m_tokens.maximum},
    }};
    for (const auto &[key, bound] : bounds) {
        if (auto read = readBound(json, key, *bound); !read)
            return read;
    }
    if (isGiven(json, "any_keyword")) {
        if (auto read = readKeywords(json["any_keyword"]); !read)
            return read;
    }
    if (isGiven(json, "regex")) {
        if (auto read = readRegex(json["regex"]); !read)
            return read;
    }
    if (isGiven(json, "metadata")) {
        if (auto read = readMetadata(json["metadata"]); !read)
            return read;
    }
    if (isGiven(json, "language")) {
        if (!json["language"].is_string())
            return fail(
                ErrorCode::InvalidInput,
                Texts::tr("Case “%1”: write the language as a code such as “de”.").arg(m_name));
        m_language = jsonString(json, "language").trimmed().toLower();
    }
    if (isGiven(json, "has_code")) {
        if (!json["has_code"].is_boolean())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Case “%1”: “has code” is either true or false.").arg(m_name));
        m_hasCode = json["has_code"].get<bool>();
    }
    return {};
}

Result<> RuleCase::readBound(const Json &json, const char *key, std::optional<qint64> &bound) const
{
    if (!isGiven(json, key))
        return {};
    const double value = jsonNumber(json, key, -1);
    if (!(value >= 0) || value > 1e15 || value != std::floor(value))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Case “%1”: “%2” must be a whole number, 0 or more.")
                        .arg(m_name, QLatin1StringView(key)));
    bound = qint64(value);
    return {};
}

Result<> RuleCase::readKeywords(const Json &value)
{
    if (!value.is_array())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Case “%1”: the keywords must be a list of words.").arg(m_name));
    for (const Json &item : value) {
        const QString keyword =
            item.is_string() ? toQString(item.get_ref<const std::string &>()).trimmed() : QString();
        if (keyword.isEmpty())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Case “%1”: keyword %2 is empty or no text. Write a word or take "
                                  "it out.")
                            .arg(m_name)
                            .arg(m_keywords.size() + 1));
        m_keywords.push_back({KeywordMatcher(keyword), {}});
        m_keywordTexts.append(keyword);
    }
    return {};
}

Result<> RuleCase::readRegex(const Json &value)
{
    if (!value.is_string())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Case “%1”: the regular expression must be a text.").arg(m_name));
    m_regexText = toQString(value.get_ref<const std::string &>());
    m_regex.emplace(kRegexLimits + m_regexText, QRegularExpression::UseUnicodePropertiesOption);
    if (!m_regex->isValid()) {
        const qsizetype place = m_regex->patternErrorOffset() - kRegexLimits.size();
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("Case “%1”: the regular expression is wrong at character %2: %3.")
                        .arg(m_name)
                        .arg(std::max<qsizetype>(place, 0) + 1)
                        .arg(m_regex->errorString()));
    }
    m_regex->optimize(); // now rather than at the first query
    return {};
}

Result<> RuleCase::readMetadata(const Json &value)
{
    if (!value.is_object())
        return fail(
            ErrorCode::InvalidInput,
            Texts::tr("Case “%1”: the metadata must be pairs of a key and a value.").arg(m_name));
    m_metadata = value;
    return {};
}

void RuleCase::explain()
{
    const QStringList others = reasons();
    m_why = others.isEmpty() ? Texts::tr("no conditions") : others.join(", "_L1);
    for (qsizetype keyword = 0; keyword < m_keywordTexts.size(); ++keyword) {
        QStringList all{Texts::tr("contains “%1”").arg(m_keywordTexts[keyword])};
        m_keywords[size_t(keyword)].why = (all + others).join(", "_L1);
    }
}

QStringList RuleCase::reasons() const
{
    QStringList reasons;
    if (m_regex)
        reasons.append(Texts::tr("matches “%1”").arg(m_regexText));
    if (m_length.minimum)
        reasons.append(Texts::tr("at least %1 characters").arg(*m_length.minimum));
    if (m_length.maximum)
        reasons.append(Texts::tr("at most %1 characters").arg(*m_length.maximum));
    if (m_tokens.minimum)
        reasons.append(Texts::tr("at least %1 tokens").arg(*m_tokens.minimum));
    if (m_tokens.maximum)
        reasons.append(Texts::tr("at most %1 tokens").arg(*m_tokens.maximum));
    if (!m_language.isEmpty())
        reasons.append(Texts::tr("language %1").arg(m_language));
    if (m_hasCode)
        reasons.append(*m_hasCode ? Texts::tr("has code") : Texts::tr("has no code"));
    for (const auto &[key, value] : m_metadata.items())
        reasons.append(Texts::tr("%1 is “%2”").arg(toQString(key), inUserWords(value)));
    return reasons;
}

bool RuleCase::holdsMetadata(const Json &metadata) const
{
    for (const auto &[key, value] : m_metadata.items()) {
        const auto it = metadata.find(key);
        if (it == metadata.end() || *it != value)
            return false;
    }
    return true;
}

const RuleCase::Keyword *RuleCase::findKeyword(QueryFacts &facts) const
{
    const QString &folded = facts.folded();
    const auto it =
        std::find_if(m_keywords.begin(), m_keywords.end(),
                     [&folded](const Keyword &keyword) { return keyword.matcher.isIn(folded); });
    return it == m_keywords.end() ? nullptr : &*it;
}

// From the cheapest condition to the dearest, so that most cases end early.
RuleCase::Verdict RuleCase::judge(QueryFacts &facts) const
{
    if ((m_length.isGiven() && !m_length.holds(facts.characters())) ||
        (m_tokens.isGiven() && !m_tokens.holds(facts.tokens())) || !holdsMetadata(facts.metadata()))
        return {};
    const Keyword *keyword = nullptr;
    if (!m_keywords.empty() && !(keyword = findKeyword(facts)))
        return {};
    if (m_hasCode && facts.hasCode() != *m_hasCode)
        return {};
    if (!m_language.isEmpty() && facts.language() != m_language)
        return {};
    if (m_regex) {
        const auto match = m_regex->match(searched(facts.prompt()));
        if (!match.isValid())
            return {Outcome::RegexGaveUp, {}};
        if (!match.hasMatch())
            return {};
    }
    return {Outcome::Holds, keyword ? keyword->why : m_why};
}

} // namespace headgate::routers
