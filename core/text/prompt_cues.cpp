#include "core/text/prompt_cues.h"

#include "core/text/code_detection.h"
#include "core/text/texts.h"

#include <algorithm>
#include <cmath>

namespace headgate::text {

namespace {

enum class WordCue : quint8 {
    None,
    English,
    What,
    Which,
    Who,
    When,
    Where,
    Why,
    How,
    Many,
    YesOrNo,
    Instruction,
    Negation
};

struct CueWord
{
    quint64 hash = 0;
    WordCue cue = WordCue::None;
};

// Found by the low bits of the hash, the next free place after them.
constexpr size_t kCueWordPlaces = 512;
using CueWords = std::array<CueWord, kCueWordPlaces>;

constexpr void addWords(CueWords &words, WordCue cue, std::u32string_view list)
{
    while (!list.empty()) {
        const size_t end = std::min(list.find(U' '), list.size());
        const quint64 hash = wordHash(list.substr(0, end));
        size_t place = hash % kCueWordPlaces;
        while (words[place].cue != WordCue::None)
            place = (place + 1) % kCueWordPlaces;
        words[place] = {hash, cue};
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

constexpr CueWords kCueWords = [] {
    CueWords words{};
    addWords(words, WordCue::English,
             U"the of and to in that it for on as with his they at this have from or had by but "
             U"there an their if each about out then them she some her would make like him into "
             U"has look two more go see my than been its now made get may you your we i a be was "
             U"were following between after before because over only other");
    addWords(words, WordCue::What, U"what whats");
    addWords(words, WordCue::Which, U"which");
    addWords(words, WordCue::Who, U"who whom whose");
    addWords(words, WordCue::When, U"when");
    addWords(words, WordCue::Where, U"where");
    addWords(words, WordCue::Why, U"why");
    addWords(words, WordCue::How, U"how");
    addWords(words, WordCue::Many, U"many much long often far old");
    addWords(words, WordCue::YesOrNo,
             U"is are was were do does did can could will would should has have had am may might");
    addWords(words, WordCue::Instruction,
             U"write explain give find solve calculate compute list describe summarize summarise "
             U"translate rewrite create generate design implement complete answer choose select "
             U"compare convert show prove draft suggest classify identify name determine evaluate "
             U"please tell fix debug improve simplify analyze analyse");
    addWords(words, WordCue::Negation,
             U"not no never none neither nor except without cannot false incorrect least");
    return words;
}();

WordCue cueOf(quint64 hash)
{
    for (size_t place = hash % kCueWordPlaces; kCueWords[place].cue != WordCue::None;
         place = (place + 1) % kCueWordPlaces) {
        if (kCueWords[place].hash == hash)
            return kCueWords[place].cue;
    }
    return WordCue::None;
}

// In the order of PromptCue.
constexpr std::array<const char *, kPromptCues> kCueNames = {
    QT_TRANSLATE_NOOP("headgate::text", "length"),
    QT_TRANSLATE_NOOP("headgate::text", "number of words"),
    QT_TRANSLATE_NOOP("headgate::text", "length of the words"),
    QT_TRANSLATE_NOOP("headgate::text", "number of lines"),
    QT_TRANSLATE_NOOP("headgate::text", "share of digits"),
    QT_TRANSLATE_NOOP("headgate::text", "share of numbers"),
    QT_TRANSLATE_NOOP("headgate::text", "share of capitals"),
    QT_TRANSLATE_NOOP("headgate::text", "share of punctuation"),
    QT_TRANSLATE_NOOP("headgate::text", "letters beyond English"),
    QT_TRANSLATE_NOOP("headgate::text", "signs and characters that are words"),
    QT_TRANSLATE_NOOP("headgate::text", "program code"),
    QT_TRANSLATE_NOOP("headgate::text", "formula"),
    QT_TRANSLATE_NOOP("headgate::text", "blank to fill in"),
    QT_TRANSLATE_NOOP("headgate::text", "answers to choose from"),
    QT_TRANSLATE_NOOP("headgate::text", "question mark"),
    QT_TRANSLATE_NOOP("headgate::text", "share of common English words"),
    QT_TRANSLATE_NOOP("headgate::text", "asks what"),
    QT_TRANSLATE_NOOP("headgate::text", "asks which"),
    QT_TRANSLATE_NOOP("headgate::text", "asks who"),
    QT_TRANSLATE_NOOP("headgate::text", "asks when"),
    QT_TRANSLATE_NOOP("headgate::text", "asks where"),
    QT_TRANSLATE_NOOP("headgate::text", "asks why"),
    QT_TRANSLATE_NOOP("headgate::text", "asks how"),
    QT_TRANSLATE_NOOP("headgate::text", "asks how many"),
    QT_TRANSLATE_NOOP("headgate::text", "asks yes or no"),
    QT_TRANSLATE_NOOP("headgate::text", "instruction"),
    QT_TRANSLATE_NOOP("headgate::text", "negation"),
};

class CueReader
{
public:
    PromptCues read(QStringView text, const FoldedText &folded)
    {
        readWords(folded);
        readCharacters(text.first(std::min(text.size(), kGramSample)));
        set(PromptCue::Length, std::log2(1 + double(text.size())) / 20);
        set(PromptCue::Code, looksLikeCode(text) ? 1 : 0);
        return m_cues;
    }

private:
    void set(PromptCue cue, double value)
    {
        m_cues[size_t(cue)] = float(std::clamp(value, 0.0, 1.0));
    }
    void mark(PromptCue cue, bool first)
    {
        float &value = m_cues[size_t(cue)];
        value = std::max(value, first ? 1.0F : 0.5F);
    }

    void readWords(const FoldedText &folded)
    {
        int english = 0;
        int numbers = 0;
        int single = 0;
        WordCue before = WordCue::None;
        for (const FoldedText::Word &word : folded.words) {
            const char32_t first = folded.characters[word.begin];
            const WordCue cue = cueOf(word.hash);
            english += cue != WordCue::None ? 1 : 0;
            numbers += first >= U'0' && first <= U'9' ? 1 : 0;
            single += word.end - word.begin == 1 && !isAsciiAlphanumeric(first) ? 1 : 0;
            readWord(cue, before, word.startsSentence);
            before = cue;
        }
        const double count = std::max(1.0, double(folded.words.size()));
        const auto characters = double(folded.characters.size() - folded.words.size() - 1);
        set(PromptCue::Words, std::log2(1 + double(folded.words.size())) / 14);
        set(PromptCue::WordLength, characters / count / 16);
        set(PromptCue::English, english / count);
        set(PromptCue::Numbers, numbers / count);
        set(PromptCue::Unspaced, single / count);
    }

    void readWord(WordCue cue, WordCue before, bool first)
    {
        switch (cue) {
        case WordCue::What:
        case WordCue::Which:
        case WordCue::Who:
        case WordCue::When:
        case WordCue::Where:
        case WordCue::Why:
        case WordCue::How:
            mark(PromptCue(int(PromptCue::What) + int(cue) - int(WordCue::What)), first);
            break;
        case WordCue::Many:
            if (before == WordCue::How)
                mark(PromptCue::HowMany, true);
            break;
        case WordCue::YesOrNo:
            if (first)
                mark(PromptCue::YesOrNo, true);
            break;
        case WordCue::Instruction:
            mark(PromptCue::Instruction, first);
            break;
        case WordCue::Negation:
            mark(PromptCue::Negation, first);
            break;
        case WordCue::None:
        case WordCue::English:
            break;
        }
    }

    void readCharacters(QStringView text)
    {
        int shown = 0;
        int digits = 0;
        int upper = 0;
        int punctuation = 0;
        int other = 0;
        int lines = 0;
        int formula = 0;
        int choices = 0;
        int underscores = 0;
        bool blank = false;
        for (qsizetype at = 0; at < text.size(); ++at) {
            const char16_t unit = text[at].unicode();
            underscores = unit == u'_' ? underscores + 1 : 0;
            blank = blank || underscores >= 2;
            if (unit == u'\n') {
                ++lines;
                choices += beginsChoice(text.sliced(at + 1)) ? 1 : 0;
            }
            if (unit >= 0x80) {
                shown += text[at].isSpace() ? 0 : 1;
                other += text[at].isLetter() ? 1 : 0;
                upper += text[at].isUpper() ? 1 : 0;
                punctuation += text[at].isPunct() ? 1 : 0;
                if (unit == u'？' || unit == u'؟')
                    set(PromptCue::QuestionMark, 1);
            } else if (unit > u' ') {
                ++shown;
                digits += unit >= u'0' && unit <= u'9' ? 1 : 0;
                upper += unit >= u'A' && unit <= u'Z' ? 1 : 0;
                punctuation += isAsciiAlphanumeric(unit) ? 0 : 1;
                formula += unit == u'=' || unit == u'^' || unit == u'\\' || unit == u'+' ? 1 : 0;
                if (unit == u'?')
                    set(PromptCue::QuestionMark, 1);
            }
        }
        const double all = std::max(1, shown);
        set(PromptCue::Lines, std::log2(1.0 + lines) / 10);
        set(PromptCue::Digits, digits / all);
        set(PromptCue::UpperCase, upper / all);
        set(PromptCue::Punctuation, punctuation / all);
        set(PromptCue::OtherLetters, other / all);
        set(PromptCue::Formula, formula / 4.0);
        set(PromptCue::Blank, blank ? 1 : 0);
        set(PromptCue::Choices, choices / 5.0);
    }

    static bool isAsciiAlphanumeric(char32_t character)
    {
        return (character >= U'a' && character <= U'z') ||
               (character >= U'A' && character <= U'Z') || (character >= U'0' && character <= U'9');
    }

    // "A. ", "b) ", "(C) ", "4: "
    static bool beginsChoice(QStringView line)
    {
        if (line.startsWith(u'('))
            line = line.sliced(1);
        if (line.size() < 3 || !isAsciiAlphanumeric(line[0].unicode()))
            return false;
        const QChar sign = line[1];
        return sign == u'.' || sign == u')' || sign == u':';
    }

    PromptCues m_cues{};
};

} // namespace

PromptCues readPromptCues(QStringView text, const FoldedText &folded)
{
    return CueReader().read(text, folded);
}

QString promptCueName(PromptCue cue)
{
    return Texts::tr(kCueNames[size_t(cue)]);
}

} // namespace headgate::text
