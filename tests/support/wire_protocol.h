#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace headgate::test {

// What a server of one protocol sends, in the pieces that a test puts together. The whole answer is
// "Hello, world" with 12 tokens in and 3 out.
struct WireProtocol
{
    QString name;          // as in an endpoint
    QByteArray streamType; // content type of a stream
    QByteArray start;      // of a stream, before any text
    QByteArray (*piece)(const QByteArray &text) = nullptr;
    QByteArray finish; // what follows the text, to the end of the stream
    QByteArray mark;   // the bytes in `finish` with which the answer is whole
    QByteArray body;   // the same answer as one body

    QByteArray error;      // an error as a body of its own
    QByteArray errorPiece; // the same inside a stream
    QString errorClass;    // what is to be made of it after status 200
    QByteArray nonsense;   // a piece of a stream that is not JSON

    QByteArray begun() const { return start + piece("Hello") + piece(", wor"); }
    QByteArray stream() const { return start + piece("Hello") + piece(", world") + finish; }
    // How many bytes of stream() make a whole answer.
    qsizetype wholeAt() const { return stream().indexOf(mark) + mark.size(); }
};

// One for each protocol that there is a client for.
const QList<WireProtocol> &wireProtocols();

} // namespace headgate::test
