#pragma once

#include <QByteArray>
#include <QList>

namespace headgate::test {

// A whole HTTP response with Content-Length. `headers` are full lines without line ends.
QByteArray httpResponse(int status, const QByteArray &body,
                        const QList<QByteArray> &headers = {"Content-Type: application/json"});
// The head of a response whose body lasts until the connection is closed.
QByteArray openHead(const QByteArray &contentType = "text/event-stream");
// The same with chunked transfer; lastChunk() ends the body.
QByteArray chunkedHead(const QByteArray &contentType = "text/event-stream");
QByteArray httpChunk(const QByteArray &bytes);
QByteArray lastChunk();

// "data: …\n\n"
QByteArray sseData(const QByteArray &json);
// A chunk of a stream with a piece of text.
QByteArray deltaJson(const QByteArray &text);
// The chunk that ends a choice, and the one that tells the usage.
QByteArray finishJson(const QByteArray &reason = "stop");
QByteArray usageJson(int prompt, int completion);
// Role, "Hello", ", world", finish, usage 12 + 3, [DONE].
QByteArray goodStream();
// The same as one body.
QByteArray goodBody();

} // namespace headgate::test
