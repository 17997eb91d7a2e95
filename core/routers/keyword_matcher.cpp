#include "core/routers/keyword_matcher.h"

#include <QStringView>

#include <algorithm>

namespace headgate::routers {

namespace {

// The code points on the two sides of a place; 0 at the ends.
char32_t before(QStringView text, qsizetype at)
{
    if (at <= 0)
        return 0;
    if (at >= 2 && text[at - 1].isLowSurrogate() && text[at - 2].isHighSurrogate())
        return QChar::surrogateToUcs4(text[at - 2], text[at - 1]);
    return text[at - 1].unicode();
}

char32_t after(QStringView text, qsizetype at)
{
    if (at >= text.size())
        return 0;
    if (at + 1 < text.size() && text[at].isHighSurrogate() && text[at + 1].isLowSurrogate())
        return QChar::surrogateToUcs4(text[at], text[at + 1]);
    return text[at].unicode();
}

bool isWordCharacter(char32_t character)
{
    return character == U'_' || QChar::isLetterOrNumber(character) || QChar::isMark(character);
}

bool writesNoSpaces(char32_t character)
{
    switch (QChar::script(character)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

bool needsBoundary(char32_t edge)
{
    return isWordCharacter(edge) && !writesNoSpaces(edge);
}

} // namespace

QString foldedForKeywords(const QString &text)
{
    // Most prompts are ASCII, for which this is a tenth of the time.
    if (std::all_of(text.cbegin(), text.cend(), [](QChar unit) { return unit.unicode() < 0x80; })) {
        QString folded(text.size(), Qt::Uninitialized);
        std::transform(text.cbegin(), text.cend(), folded.begin(), [](QChar unit) {
            const bool capital = unit >= u'A' && unit <= u'Z';
            return QChar(char16_t(unit.unicode() + (capital ? u'a' - u'A' : 0)));
        });
        return folded;
    }
    // Folding leaves the sharp s as it is, which has no capital in most texts: STRASSE is Straße.
    return text.normalized(QString::NormalizationForm_C)
        .toCaseFolded()
        .replace(u'ß', QStringLiteral("ss"));
}

KeywordMatcher::KeywordMatcher(const QString &keyword)
    : m_keyword(foldedForKeywords(keyword.trimmed()))
    , m_matcher(m_keyword)
    , m_startsWord(needsBoundary(after(m_keyword, 0)))
    , m_endsWord(needsBoundary(before(m_keyword, m_keyword.size())))
{
}

bool KeywordMatcher::isIn(const QString &folded) const
{
    const qsizetype length = m_keyword.size();
    for (qsizetype at = m_matcher.indexIn(folded); at >= 0;
         at = m_matcher.indexIn(folded, at + 1)) {
        const bool starts = !m_startsWord || !isWordCharacter(before(folded, at)) ||
                            writesNoSpaces(before(folded, at));
        const bool ends = !m_endsWord || !isWordCharacter(after(folded, at + length)) ||
                          writesNoSpaces(after(folded, at + length));
        if (starts && ends)
            return true;
    }
    return false;
}

} // namespace headgate::routers
