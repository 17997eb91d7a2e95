#include "ui/common/fuzzy_match.h"

#include <QList>

namespace headgate::ui {

namespace {

constexpr int kAtStart = 100;
constexpr int kAtWord = 80;
constexpr int kInside = 50;

bool startsWord(QStringView text, qsizetype place)
{
    if (place == 0)
        return true;
    const QChar before = text[place - 1];
    return !before.isLetterOrNumber() || (before.isLower() && text[place].isUpper());
}

bool sameLetter(QChar a, QChar b)
{
    return a.toCaseFolded() == b.toCaseFolded();
}

// Whether the letters from `letter` on are found from `place` on, each right after the one before
// it or at the start of a word.
bool hasInitials(QStringView word, qsizetype letter, QStringView text, qsizetype place)
{
    if (letter == word.size())
        return true;
    for (qsizetype at = place; at < text.size(); ++at) {
        const bool follows = letter > 0 && at == place;
        if ((follows || startsWord(text, at)) && sameLetter(word[letter], text[at]) &&
            hasInitials(word, letter + 1, text, at + 1))
            return true;
    }
    return false;
}

int wordScore(QStringView word, QStringView text)
{
    int best = 0;
    for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        const int score = at == 0 ? kAtStart : startsWord(text, at) ? kAtWord : kInside;
        best = qMax(best, score);
    }
    if (best == 0 && word.size() > 1 && hasInitials(word, 0, text, 0))
        best = kInitialsScore;
    return best;
}

} // namespace

std::optional<int> fuzzyScore(QStringView search, QStringView text)
{
    const QList<QStringView> words = search.split(u' ', Qt::SkipEmptyParts);
    int sum = 0;
    for (const QStringView word : words) {
        const int score = wordScore(word, text);
        if (score == 0)
            return std::nullopt;
        sum += score;
    }
    return words.isEmpty() ? 0 : sum / int(words.size());
}

} // namespace headgate::ui
