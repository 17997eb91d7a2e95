#pragma once

#include <QByteArray>

namespace headgate::providers {

// What servers write that is nearly JSON, made JSON: invalid UTF-8 and unpaired surrogate escapes
// become U+FFFD, control characters in strings are escaped, NaN, infinities and numbers that no
// double holds become null. What is broken otherwise stays broken.
QByteArray repairedJson(QByteArrayView text);

} // namespace headgate::providers
