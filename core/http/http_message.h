#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace headgate::http {

using Header = std::pair<QByteArray, QByteArray>; // name, value

// One whole request, as the client sent it and within the server's limits.
struct Request
{
    QByteArray method; // "POST"
    QByteArray target; // as sent, not decoded: "/v1/models?limit=2"; starts with '/'
    QList<Header> headers;
    QByteArray body;
    bool keepAlive = true;
    bool chunkedAllowed = true; // false for HTTP/1.0

    // The target without its query.
    QByteArray path() const;
    // The first value of a header; names compare without case. Empty where there is none.
    QByteArray header(QByteArrayView name) const;
};

// One whole response. The server itself adds the content-length.
struct Response
{
    int status = 200;
    QList<Header> headers;
    QByteArray body;
};

Response jsonResponse(int status, QByteArray body);

// An error in the shape that OpenAI's clients read: {"error": {"message", "type", "param",
// "code"}}. An empty code is null.
Response errorResponse(int status, const QString &message, const QString &type,
                       const QString &code = {});

} // namespace headgate::http
