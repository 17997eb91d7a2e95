#pragma once

#include <QString>
#include <QStringMatcher>

namespace headgate::routers {

// Text in the form in which keywords are compared: composed and without case.
QString foldedForKeywords(const QString &text);

// Finds one keyword or phrase as a word of its own. Case does not count; an edge of the keyword
// that is a letter, digit or underscore must be an edge of a word in the text, except in scripts
// that write no spaces between words (Han, kana, Thai, …).
class KeywordMatcher
{
public:
    explicit KeywordMatcher(const QString &keyword);

    // `folded` comes from foldedForKeywords().
    bool isIn(const QString &folded) const;

private:
    QString m_keyword; // folded
    QStringMatcher m_matcher;
    bool m_startsWord = false;
    bool m_endsWord = false;
};

} // namespace headgate::routers
