#pragma once

#include <QString>

namespace headgate {

// withoutKnownKeys() for a text that comes in pieces: a key is found across them. Of what came,
// only what may be the beginning of a key waits for the next piece, so that ordinary text passes at
// once.
class KeyFilter
{
public:
    // What can be shown now; may be empty.
    QString feed(const QString &piece);
    // What waited, at the end of the text.
    QString rest();

private:
    QString m_waiting;
};

} // namespace headgate
