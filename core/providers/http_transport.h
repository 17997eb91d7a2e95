#pragma once

#include "core/providers/endpoint.h"

#include <QByteArray>
#include <QList>
#include <QObject>

#include <qcoro/qcorotask.h>

#include <memory>
#include <optional>
#include <stop_token>

namespace headgate::providers {

struct HttpHeader
{
    QByteArray name;
    QByteArray value;
};

struct HttpRequest
{
    QUrl url;
    QList<HttpHeader> headers;
    std::optional<QByteArray> body; // with one it is a POST, without a GET
    QString certificateFile;        // of authorities besides the system's; empty: none
    CallTimeouts timeouts;
    std::optional<std::chrono::milliseconds> deadline; // of the whole call, besides the timeouts'
    qint64 maxHeadBytes = 256 * 1024;
    qint64 maxBodyBytes = 64 * 1024 * 1024;
};

struct HttpHead
{
    int status = 0; // 0: none came
    QList<HttpHeader> headers;

    // The first header of that name, in any case; empty where there is none.
    QByteArray header(QByteArrayView name) const;
};

// What the reader of a body wants after each piece.
enum class Reading {
    Waiting,   // nothing but keep-alives in this piece
    Answering, // some of the answer, and more must come
    Finishing, // the answer may be whole: wait for its end, but no longer than `afterFinish`
    Finished,  // the answer is whole: let the server end the stream, but hardly wait for it
    Stop,      // close the connection now
};

// Takes the response as it arrives, on the transport's thread.
class BodySink
{
public:
    virtual ~BodySink() = default;
    virtual Reading head(const HttpHead &head) = 0;
    virtual Reading bytes(QByteArrayView bytes) = 0;
};

// How an exchange ended. Complete, Settled and Stopped are ends that the peer or the sink chose.
enum class HttpEnd {
    Complete, // the server ended the response
    Settled,  // silence after Reading::Finishing or Finished
    Stopped,  // by Reading::Stop
    Cancelled,
    ConnectTimeout,
    FirstByteTimeout,
    IdleTimeout,
    TotalTimeout,
    NameNotFound,
    Refused, // no connection
    Closed,  // the connection went away
    BadCertificate,
    CertificateFile, // that of the request cannot be used; nothing was sent
    NoSecureConnection,
    HandshakeClosed, // the connection went away before it was secure
    Proxy,
    Malformed, // not HTTP
    HeadTooLarge,
    BodyTooLarge,
    NoMemory, // for what was to be sent, or for what came
    NoThread, // to look up the server's name
};

struct HttpOutcome
{
    HttpEnd end = HttpEnd::Complete;
    HttpHead head;
    QString detail; // what the network layer said, in its own words
};

// HTTP/1.1 on Qt's sockets. Each request is sent once: the transport never sends it again (Qt's own
// network access manager does, unseen, where a connection closes early), follows no redirect, keeps
// no cookie, cache or credentials, and reaches loopback without a proxy. TLS 1.2 or later, the
// server's certificate always verified. Connections are used again. Lives on one thread.
class HttpTransport
{
public:
    HttpTransport();
    ~HttpTransport();
    HttpTransport(const HttpTransport &) = delete;
    HttpTransport &operator=(const HttpTransport &) = delete;

    // Ends within the deadlines and at once after `stop`; the connection is then closed or idle.
    // The sink and the transport outlive the task.
    QCoro::Task<HttpOutcome> send(HttpRequest request, BodySink *sink, std::stop_token stop);

private:
    class IdleSockets;

    QObject m_context; // whose event loop resumes the calls
    std::unique_ptr<IdleSockets> m_idle;
};

} // namespace headgate::providers
