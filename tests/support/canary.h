#pragma once

#include <QByteArray>
#include <QString>

namespace headgate::test {

// Two keys to plant: one has the shape of a key, the other looks like anything else.
inline constexpr const char *kShapelyKey = "sk-canary-4f7a91c0d2e8b36571";
inline constexpr const char *kPlainKey = "Tr4velling.Kestrel~over+Moor";

// Where the first of them stands, as it is or as other writers spell it (percent-encoded, in
// base64, hexadecimal, UTF-16); empty: nowhere.
QString keyFoundIn(const QString &where, const QByteArray &bytes);
// The same in every file below the folder.
QString keyFoundBelow(const QString &folder);

// A server's answer that gives the key away wherever a response has room for it.
QByteArray echoingError(int status, const QByteArray &key);
QByteArray echoingAnswer(const QByteArray &key);

} // namespace headgate::test
