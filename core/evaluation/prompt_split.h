#pragma once

#include <QByteArrayView>

namespace headgate::evaluation {

// The parts of a data set: what is fitted, what chooses between fits, what is read once at the end.
enum class Part : quint8 { Train, Validation, Test };

// The part that a prompt is in, by the first 8 bytes of the SHA-256 of its UTF-8 text: 60 % train,
// 20 % validation, 20 % test. The same prompt is in the same part in every file and on every
// machine, so that no prompt is trained on here and tested on there.
Part partOf(QByteArrayView prompt);
// The same of those 8 bytes, which also tell whether a prompt was there before.
quint64 promptHash(QByteArrayView prompt);
Part partOfHash(quint64 hash);

} // namespace headgate::evaluation
