#pragma once

#include "core/common/result.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QString>

namespace headgate {

// Keys are sorted, so that the same document is always the same bytes.
using Json = nlohmann::json;

// Bounds of what is read from a file or a socket.
struct JsonLimits
{
    qint64 maxBytes = 64 * 1024 * 1024;
    int maxDepth = 64;
    // Refuse an object with the same key twice, of which one would be lost without a word.
    bool uniqueKeys = false;
};

// Parses UTF-8 text. An error is InvalidInput and names line and column; nesting deeper than the
// limit, invalid UTF-8 and trailing text are errors. A byte order mark is skipped.
Result<Json> parseJson(const QByteArray &text, const JsonLimits &limits = {});

// Two-space indent, one member a line; arrays and objects that hold only scalars, and arrays of
// such, stay on one line while they fit in 100 columns. Ends with a newline.
QByteArray formatJson(const Json &value);
// On one line, for the wire and for hashes; bytes that are no UTF-8 become U+FFFD.
std::string compactText(const Json &value);
QByteArray compactJson(const Json &value);

inline QString toQString(const std::string &text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}
inline std::string toStdString(const QString &text)
{
    return text.toStdString();
}
// The string at `key`, or the fallback where it is absent or no string.
QString jsonString(const Json &object, const char *key, const QString &fallback = {});
// The number at `key`, or the fallback where it is absent or no number.
double jsonNumber(const Json &object, const char *key, double fallback);

} // namespace headgate
