#pragma once

#include <QString>
#include <QStringView>

#include <algorithm>
#include <string_view>
#include <vector>

namespace headgate::text {

// How far into a text grams are read; what stands behind has no say.
inline constexpr qsizetype kGramSample = 20'000; // UTF-16 units

// Of the hashes, stable over runs and machines. A change of how texts are folded or hashed makes
// trained weights meaningless: it takes a new number.
inline constexpr int kGramVersion = 1;

struct GramOptions
{
    int wordGrams = 2;     // words in a row, up to so many; 0: none
    int characterFrom = 3; // characters in a row, within a word and its borders
    int characterTo = 5;   // 0: none

    bool operator==(const GramOptions &) const = default;
};

// The words of a text in folded case: letters and digits in a row; a sign such as + or an emoji,
// and a character of a script that writes no spaces, is a word by itself. Quotes, brackets, stops
// and dashes only part words. Kept between calls, so that folding allocates nothing.
struct FoldedText
{
    struct Word
    {
        quint32 begin = 0; // within `characters`; before it and behind it stands a space
        quint32 end = 0;
        quint64 hash = 0;
        bool startsSentence = false;
    };
    std::vector<char32_t> characters; // " word word word "
    std::vector<Word> words;

    // What stands there, as text.
    QString slice(quint32 begin, quint32 end) const
    {
        return QString::fromUcs4(characters.data() + begin, qsizetype(end - begin));
    }
};

// Linear, of any text. A text with loose accents is composed first, which does allocate.
void fold(QStringView text, FoldedText &folded);

inline constexpr quint64 kWordSeed = 0x9AE1'6A3B'2F90'404FU;
inline constexpr quint64 kCharacterSeed = 0xC3A5'C85C'97CB'3127U;

constexpr quint64 hashStep(quint64 hash, quint64 value)
{
    return (hash ^ value) * 0x9E37'79B9'7F4A'7C15U;
}
// The last step: every bit depends on every character.
constexpr quint64 hashEnd(quint64 hash)
{
    hash = (hash ^ (hash >> 32)) * 0xD6E8'FEB8'6659'FD93U;
    return hash ^ (hash >> 32);
}
// Of one word, as `fold` would find it.
constexpr quint64 wordHash(std::u32string_view word)
{
    quint64 hash = kWordSeed;
    for (const char32_t character : word)
        hash = hashStep(hash, character);
    return hashEnd(hash);
}

// Calls `use(hash, begin, end)` for every gram of the text, so often as it stands there; the hash
// has 64 good bits.
template<typename Use>
void forEachGram(const FoldedText &folded, const GramOptions &options, Use use)
{
    const size_t words = folded.words.size();
    for (size_t first = 0; first < words; ++first) {
        const FoldedText::Word &word = folded.words[first];
        quint64 hash = word.hash;
        for (size_t length = 1; length <= size_t(options.wordGrams); ++length) {
            use(hash, word.begin, folded.words[first + length - 1].end);
            if (first + length == words)
                break;
            // A step in between, or "blue sky" would be "sky blue".
            hash = hashStep(hash, kWordSeed);
            hash = hashEnd(hashStep(hash, folded.words[first + length].hash));
        }
        if (options.characterTo <= 0)
            continue;
        const quint32 border = word.end + 1;
        const auto from = quint32(options.characterFrom);
        for (quint32 begin = word.begin - 1; begin + from <= border; ++begin) {
            const quint32 end = std::min(border, begin + quint32(options.characterTo));
            quint64 grown = kCharacterSeed;
            for (quint32 at = begin; at < end; ++at) {
                grown = hashStep(grown, folded.characters[at]);
                if (at + 1 - begin >= from)
                    use(hashEnd(grown), begin, at + 1);
            }
        }
    }
}

} // namespace headgate::text
