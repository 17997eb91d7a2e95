#pragma once

#include "core/common/json.h"

#include <QByteArrayView>
#include <QString>

namespace headgate {

// Takes keys out of text before it is shown, kept, exported or logged: by value every key that this
// process has held, and by shape what looks like one ("Bearer …", "sk-…", "?key=…", a password in
// a URL). May be called from any thread.
//
// Keys are not kept for this: of each only its length, its first byte, and fingerprints of the
// whole and of its first four bytes, under a number that is drawn anew for every process.

// Remembers a key; SecretKey calls it for each. Keys of fewer than 8 bytes are not: they are no
// secret, and would be found everywhere.
void rememberKey(QByteArrayView key);
// Whether the text holds a remembered key.
bool holdsKey(const QString &text);
// Takes out what this process has held, and nothing else: for texts in which what only looks like a
// key is an example, such as the code that a model wrote.
QString withoutKnownKeys(const QString &text);
// From where the end of the text may be the beginning of a remembered key, cut off; the size of the
// text where it cannot.
qsizetype placeOfCutKey(const QString &text);
QString redacted(const QString &text);
// Every text in it, the names of members too.
Json redacted(const Json &value);
// Whether redacted() takes anything out. Quick where it does not.
bool showsKey(const QString &text);
bool showsKey(const Json &value);

} // namespace headgate
