#pragma once

#include <QStringView>

namespace headgate::text {

// Whether the text holds program code: a fenced block, or enough that only code has (statements,
// declarations, operators, calls, closing tags). Prose about code and formulas do not count.
// Reads the first 20,000 UTF-16 units; linear, no allocation.
bool looksLikeCode(QStringView text);

} // namespace headgate::text
