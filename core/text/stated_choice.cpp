#include "core/text/stated_choice.h"

namespace headgate::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestChosen = 100'000; // a longer answer states its choice at the end

// Without what only makes a letter look different: emphasis, LaTeX, quotation marks. What stands in
// a box is the answer.
QString undecorated(QString text)
{
    static const QRegularExpression latex(
        u"\\\\(?:text|textbf|mathrm|mathbf)\\s*\\{\\s*(\\(?[A-Za-z]\\)?)\\s*\\}"_s);
    text.replace(latex, u"\\1"_s);
    static const QRegularExpression boxed(u"\\\\boxed\\s*\\{\\s*(\\(?[A-Za-z]\\)?)\\s*\\}"_s);
    text.replace(boxed, u"answer: (\\1)"_s);
    text.replace("(("_L1, "("_L1).replace("))"_L1, ")"_L1);
    static const QRegularExpression emphasis(
        u"[*_]{1,3}\\s?(\\(?[A-Za-z]\\)?[.:]?)\\s?[*_]{1,3}"_s);
    text.replace(emphasis, u"(\\1)"_s);
    text.replace("(("_L1, "("_L1).replace("))"_L1, ")"_L1);
    static const QRegularExpression marks(u"[*`$\"\\x{201C}\\x{201D}']"_s);
    return text.remove(marks);
}

QChar letterOf(const QRegularExpressionMatch &match)
{
    const QString text = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    return text.isEmpty() ? QChar() : text.front().toUpper();
}

struct Statement
{
    qsizetype at = -1;
    StatedChoice choice;
};

void takeLast(const QRegularExpression &pattern, const QString &text, Statement &last)
{
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        if (match.capturedStart() < last.at)
            continue;
        const bool several = !match.captured(3).isEmpty();
        last = {match.capturedStart(), {several ? QChar() : letterOf(match), several}};
    }
}

StatedChoice onlyOne(const QRegularExpression &pattern, const QString &text)
{
    StatedChoice found;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QChar letter = letterOf(matches.next());
        if (!found.letter.isNull() && found.letter != letter)
            return {QChar(), true};
        found.letter = letter;
    }
    return found;
}

} // namespace

ChoiceReader::ChoiceReader(int choices)
{
    const QChar last(u'A' + choices - 1);
    const QString upper = u"[A-%1]"_s.arg(last);
    const QString any = u"[A-%1a-%2]"_s.arg(last).arg(last.toLower());
    const QString letter =
        u"(?:[(\\[]\\s?(%2)[.:]?\\s?[)\\]]|(%1)(?![\\p{L}\\d'-]))"_s.arg(upper, any);
    m_alone.setPattern(
        u"^\\s*(?:(?:answer|option|choice)\\s*:?\\s*)?[(\\[]?\\s*(%1)\\s*[)\\].:,]*\\s*$"_s.arg(
            any));
    m_alone.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
    // "answer is", "answer: option", "choose", "I would go with", and the like.
    m_stated.setPattern(
        u"(?<!not )(?<!\\p{L})(?i:(?:answer|choice|option|solution|response|letter)(?:\\s+here)?"
        "(?:\\s+(?:is|was|would be|should be|must be|will be|has to be|remains)\\b|\\s*[:=])"
        "|(?:choose|choosing|pick|select|selected|go with|going with|opt for|chose))"
        "[\\s:]*(?i:(?:clearly|therefore|thus|indeed|definitely|most "
        "likely|probably|actually|simply"
        "|the|correct|best|right|option|choice|answer|letter)[\\s:]+(?:is\\s+)?)*%1"_s.arg(letter) +
        u"(\\s*(?:/|,?\\s*\\b(?:or|and)\\b)\\s*[(\\[]?%1[)\\]]?(?![\\p{L}\\d']))?"_s.arg(upper));
    // "B is correct", "(C) is the right choice".
    m_statedBehind.setPattern(u"(?<![\\p{L}\\d])%1\\s+(?:is|would be)\\s+(?:the\\s+|clearly\\s+)*"
                              "(?:correct|right|best|true|answer)()"_s.arg(letter));
    m_apart.setPattern(
        u"[(\\[](%1)[.:]?[)\\]]|^\\s*(?:[-]\\s*)?(%1)(?=[.):](?:\\s|$)|\\s*$)"_s.arg(upper));
    m_apart.setPatternOptions(QRegularExpression::MultilineOption);
}

StatedChoice ChoiceReader::read(const QString &answer) const
{
    const QString text = undecorated(answer.right(kLongestChosen));
    if (const auto match = m_alone.match(text); match.hasMatch())
        return {letterOf(match), false};
    Statement last;
    takeLast(m_stated, text, last);
    takeLast(m_statedBehind, text, last);
    return last.at >= 0 ? last.choice : onlyOne(m_apart, text);
}

} // namespace headgate::text
