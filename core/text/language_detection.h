#pragma once

#include <QString>
#include <QStringView>

namespace headgate::text {

// The main language of the text as ISO 639-1 code, or empty where unsure (too short, mixed, no
// words). By script: ar, el, fa, he, hi, ja, ko, th, ur, zh; by frequent words and letters: bg, cs,
// da, de, en, es, fi, fr, hu, id, it, nl, no, pl, pt, ro, ru, sv, tr, uk, vi.
// Reads the first 20,000 UTF-16 units; linear.
QString detectLanguage(QStringView text);

} // namespace headgate::text
