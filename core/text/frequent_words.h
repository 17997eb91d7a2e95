#pragma once

#include <QString>
#include <QStringView>

#include <array>

namespace headgate::text {

// The languages that are told apart by their words; the index is the bit in a LanguageMask.
inline constexpr std::array<QLatin1StringView, 21> kWordLanguages = {
    QLatin1StringView("en"), QLatin1StringView("de"), QLatin1StringView("fr"),
    QLatin1StringView("es"), QLatin1StringView("it"), QLatin1StringView("pt"),
    QLatin1StringView("nl"), QLatin1StringView("sv"), QLatin1StringView("da"),
    QLatin1StringView("no"), QLatin1StringView("fi"), QLatin1StringView("pl"),
    QLatin1StringView("cs"), QLatin1StringView("hu"), QLatin1StringView("tr"),
    QLatin1StringView("ro"), QLatin1StringView("id"), QLatin1StringView("vi"),
    QLatin1StringView("ru"), QLatin1StringView("uk"), QLatin1StringView("bg")};

using LanguageMask = quint32;
inline constexpr LanguageMask kLatinLanguages = (1u << 18) - 1;
inline constexpr LanguageMask kCyrillicLanguages = ((1u << 21) - 1) & ~kLatinLanguages;

// Which languages use the word (lower case, composed) all the time. Thread-safe.
LanguageMask languagesOfWord(QStringView word);
// Which languages write with this letter (lower case), where it is not everybody's.
LanguageMask languagesOfLetter(QChar letter);

} // namespace headgate::text
