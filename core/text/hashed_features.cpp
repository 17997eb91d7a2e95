#include "core/text/hashed_features.h"

#include <algorithm>
#include <array>

namespace headgate::text {

namespace {

enum class Part : quint8 {
    Gap,
    Stop,   // a gap that ends a sentence
    Letter, // or digit: words are made of them
    Accent, // goes with the letter before it
    Sign,   // a word by itself
};

constexpr char32_t kBorder = U' ';

constexpr Part asciiPart(char16_t unit)
{
    if ((unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z') ||
        (unit >= u'0' && unit <= u'9'))
        return Part::Letter;
    if (std::u16string_view(u".!?:\n").find(unit) != std::u16string_view::npos)
        return Part::Stop;
    if (std::u16string_view(u"$+<=>^|~%*/\\#@&{}`").find(unit) != std::u16string_view::npos)
        return Part::Sign;
    return Part::Gap;
}

constexpr auto kAsciiParts = [] {
    std::array<Part, 128> parts{};
    for (char16_t unit = 0; unit < parts.size(); ++unit)
        parts[unit] = asciiPart(unit);
    return parts;
}();

bool writesNoSpaces(QChar::Script script)
{
    return script == QChar::Script_Han || script == QChar::Script_Hiragana ||
           script == QChar::Script_Katakana;
}

bool isStop(char32_t character)
{
    return std::u32string_view(U"。？！．؟۔।").find(character) != std::u32string_view::npos;
}

Part partOf(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Letter_Uppercase:
    case QChar::Letter_Lowercase:
    case QChar::Letter_Titlecase:
    case QChar::Number_DecimalDigit:
        return Part::Letter;
    case QChar::Letter_Modifier:
    case QChar::Letter_Other:
    case QChar::Number_Letter:
    case QChar::Number_Other:
        return writesNoSpaces(QChar::script(character)) ? Part::Sign : Part::Letter;
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Mark_Enclosing:
        return Part::Accent;
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Other:
        return Part::Sign;
    default:
        return isStop(character) ? Part::Stop : Part::Gap;
    }
}

// Builds the words of one text.
class Folder
{
public:
    explicit Folder(FoldedText &folded)
        : m_folded(folded)
    {
        m_folded.characters.assign(1, kBorder);
        m_folded.words.clear();
    }

    void add(Part part, char32_t character)
    {
        switch (part) {
        case Part::Letter:
            grow(character);
            break;
        case Part::Accent:
            if (m_open)
                grow(character);
            break;
        case Part::Sign:
            close();
            grow(character);
            close();
            break;
        case Part::Stop:
            close();
            m_startsSentence = true;
            break;
        case Part::Gap:
            close();
            break;
        }
    }

    void close()
    {
        if (!m_open)
            return;
        m_open = false;
        const auto end = quint32(m_folded.characters.size());
        m_folded.characters.push_back(kBorder);
        m_folded.words.push_back({m_begin, end, hashEnd(m_hash), m_startsSentence});
        m_startsSentence = false;
    }

private:
    void grow(char32_t character)
    {
        if (!m_open) {
            m_open = true;
            m_begin = quint32(m_folded.characters.size());
            m_hash = kWordSeed;
        }
        m_folded.characters.push_back(character);
        m_hash = hashStep(m_hash, character);
    }

    FoldedText &m_folded;
    bool m_open = false;
    bool m_startsSentence = true;
    quint32 m_begin = 0;
    quint64 m_hash = 0;
};

char32_t characterAt(QStringView text, qsizetype &at)
{
    const QChar unit = text[at];
    if (!unit.isSurrogate())
        return unit.unicode();
    if (unit.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate())
        return QChar::surrogateToUcs4(unit, text[++at]);
    return QChar::ReplacementCharacter;
}

// An accent apart from its letter, as some systems write them.
bool hasLooseAccent(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar unit) {
        return unit.unicode() >= 0x300 && unit.unicode() <= 0x36F;
    });
}

void foldComposed(QStringView text, FoldedText &folded)
{
    Folder folder(folded);
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char16_t unit = text[at].unicode();
        if (unit < kAsciiParts.size()) {
            const char16_t lower = unit >= u'A' && unit <= u'Z' ? unit | 0x20 : unit;
            folder.add(kAsciiParts[unit], lower);
            continue;
        }
        const char32_t character = characterAt(text, at);
        folder.add(partOf(character), QChar::toCaseFolded(character));
    }
    folder.close();
}

} // namespace

void fold(QStringView text, FoldedText &folded)
{
    const QStringView sample = text.first(std::min(text.size(), kGramSample));
    if (hasLooseAccent(sample))
        foldComposed(sample.toString().normalized(QString::NormalizationForm_C), folded);
    else
        foldComposed(sample, folded);
}

} // namespace headgate::text
