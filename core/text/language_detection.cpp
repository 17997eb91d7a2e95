#include "core/text/language_detection.h"

#include "core/text/frequent_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace headgate::text {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLanguageSample = 20'000;

enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Hangul,
    Kana,
    Han,
    kScripts
};

int scriptOf(char32_t character)
{
    switch (QChar::script(character)) {
    case QChar::Script_Latin:
        return Latin;
    case QChar::Script_Cyrillic:
        return Cyrillic;
    case QChar::Script_Greek:
        return Greek;
    case QChar::Script_Arabic:
        return Arabic;
    case QChar::Script_Hebrew:
        return Hebrew;
    case QChar::Script_Devanagari:
        return Devanagari;
    case QChar::Script_Thai:
        return Thai;
    case QChar::Script_Hangul:
        return Hangul;
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return Kana;
    case QChar::Script_Han:
        return Han;
    default:
        return kScripts;
    }
}

bool isAsciiLetter(char16_t unit)
{
    return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z');
}

// Letters of the text by script; what is no letter counts nowhere.
std::array<int, kScripts> lettersByScript(QStringView text)
{
    std::array<int, kScripts> letters{};
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char16_t unit = text[at].unicode();
        if (unit < 0x80) {
            letters[Latin] += isAsciiLetter(unit) ? 1 : 0;
            continue;
        }
        char32_t character = unit;
        if (text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate()) {
            character = QChar::surrogateToUcs4(text[at], text[at + 1]);
            ++at;
        }
        if (const int script = scriptOf(character);
            script != kScripts && QChar::isLetter(character))
            ++letters[size_t(script)];
    }
    // One of these says as much as a syllable or a word in letters.
    letters[Hangul] *= 2;
    letters[Kana] *= 2;
    letters[Han] *= 3;
    return letters;
}

qsizetype countOf(QStringView text, QStringView characters)
{
    return std::count_if(text.begin(), text.end(),
                         [characters](QChar unit) { return characters.contains(unit); });
}

// The languages that one alphabet serves are told apart by the letters that only one of them has.
QString arabicScriptLanguage(QStringView text)
{
    if (countOf(text, u"ٹڈڑےںھ") > 0)
        return u"ur"_s;
    return countOf(text, u"پچژگک") > 0 ? u"fa"_s : u"ar"_s;
}

// Calls `use` with every word of the text, in lower case, at most 16 units of it.
template<typename Use>
void forEachWord(QStringView text, Use use)
{
    std::array<QChar, 16> word;
    size_t length = 0;
    for (const QChar unit : text) {
        const bool ascii = unit.unicode() < 0x80;
        if (ascii ? isAsciiLetter(unit.unicode()) : unit.isLetter()) {
            if (length < word.size())
                word[length] = ascii ? QChar(unit.unicode() | 0x20) : unit.toLower();
            ++length;
        } else if (length > 0) {
            use(QStringView(word.data(), qsizetype(std::min(length, word.size()))));
            length = 0;
        }
    }
    if (length > 0)
        use(QStringView(word.data(), qsizetype(std::min(length, word.size()))));
}

// Points for every language in `candidates` by its words and letters; empty where no language is
// clearly ahead or too few words are anybody's.
QString languageByWords(QStringView text, LanguageMask candidates)
{
    constexpr int kPoint = 12; // divisible by 2, 3, 4: a word of several languages is shared out
    std::array<int, kWordLanguages.size()> points{};
    int words = 0;
    const auto credit = [&points, candidates](LanguageMask languages, int whole) {
        languages &= candidates;
        const int share = languages ? whole / std::popcount(languages) : 0;
        for (; languages; languages &= languages - 1)
            points[size_t(std::countr_zero(languages))] += share;
    };
    forEachWord(text, [&](QStringView word) {
        ++words;
        // A lone letter is as often a label or a variable as a word.
        const bool label = word.size() == 1 && word.front().unicode() < 0x80;
        credit(languagesOfWord(word), label ? kPoint / 4 : kPoint);
        LanguageMask byLetters = 0;
        for (const QChar letter : word)
            byLetters |= letter.unicode() < 0x80 ? 0 : languagesOfLetter(letter);
        credit(byLetters, kPoint / 2);
    });
    const auto best = std::max_element(points.begin(), points.end());
    const int bestPoints = *best;
    const size_t language = size_t(best - points.begin());
    *best = 0;
    const int second = *std::max_element(points.begin(), points.end());
    const bool enough = bestPoints >= (words <= 4 ? kPoint : 3 * kPoint / 2);
    const bool ahead = bestPoints * 4 >= second * 5;
    const bool dense = bestPoints * 12 >= words * kPoint;
    return enough && ahead && dense ? QString(kWordLanguages[language]) : QString();
}

} // namespace

QString detectLanguage(QStringView text)
{
    // Composed, so that a letter and its accent are one.
    const QString sample = text.first(std::min(text.size(), kLanguageSample))
                               .toString()
                               .normalized(QString::NormalizationForm_C);
    auto letters = lettersByScript(sample);
    // Japanese writes Han characters between its own; Chinese has no kana.
    if (letters[Kana] * 8 >= letters[Han])
        letters[Kana] += std::exchange(letters[Han], 0);
    const auto best = std::max_element(letters.begin(), letters.end());
    const int all = std::accumulate(letters.begin(), letters.end(), 0);
    if (all < 2 || *best * 5 < all * 3)
        return {};
    switch (Script(best - letters.begin())) {
    case Latin:
        return languageByWords(sample, kLatinLanguages);
    case Cyrillic:
        return languageByWords(sample, kCyrillicLanguages);
    case Greek:
        return u"el"_s;
    case Arabic:
        return arabicScriptLanguage(sample);
    case Hebrew:
        return u"he"_s;
    case Devanagari:
        return u"hi"_s;
    case Thai:
        return u"th"_s;
    case Hangul:
        return u"ko"_s;
    case Kana:
        return u"ja"_s;
    case Han:
        return u"zh"_s;
    case kScripts:
        break;
    }
    return {};
}

} // namespace headgate::text
