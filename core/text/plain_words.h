#pragma once

#include <QStringList>

namespace headgate::text {

enum class Articles { Keep, Drop }; // "a", "an" and "the"

// The words of a text as a comparison of answers reads them: compatible characters made one
// (NFKC), case folded, punctuation taken for spaces but for the percent sign. A text of nothing
// else ("A", "?") is one word as it stands.
QStringList plainWords(const QString &text, Articles articles);

} // namespace headgate::text
