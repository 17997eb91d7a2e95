#pragma once

#include "core/providers/call_deadlines.h"
#include "core/providers/http_response_parser.h"
#include "core/providers/http_transport.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <coroutine>

namespace headgate::providers {

struct LaterDeleter
{
    void operator()(QObject *object) const { object->deleteLater(); }
};
using SocketPtr = std::unique_ptr<QTcpSocket, LaterDeleter>;

// One request and its response on one socket, watched to the end: what arrives goes to the sink,
// and a deadline that runs out, a limit that is passed or the caller's cancelling closes the
// socket.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    // The socket is either connected or new. `context` outlives the exchange; the waiting coroutine
    // is resumed from its event loop.
    HttpExchange(SocketPtr socket, const HttpRequest &request, BodySink *sink, QObject *context);

    // Closes the connection at once. From any thread.
    void cancel();
    const HttpOutcome &outcome() const { return m_outcome; }
    // Where the exchange left a connection that can be used again; null where it did not.
    SocketPtr takeReusableSocket();

    struct Awaiter
    {
        HttpExchange *exchange = nullptr;
        bool await_ready() const noexcept { return exchange->m_ended; }
        void await_suspend(std::coroutine_handle<> handle) { exchange->m_waiting = handle; }
        void await_resume() const noexcept {}
    };
    Awaiter finished() { return {this}; }

private:
    void connectSocket(const HttpRequest &request);
    void onConnected();
    void onReadyRead();
    void readAll();
    void onError(QAbstractSocket::SocketError error);
    void onTimer();
    void takeHead(const HttpHead &head);
    void takeBody(QByteArrayView bytes);
    void obey(Reading reading);
    void arm();
    void conclude(HttpEnd end, const QString &detail = {});

    SocketPtr m_socket;
    BodySink *m_sink = nullptr;
    QObject *m_context = nullptr;
    QByteArray m_request;
    CallDeadlines m_deadlines;
    HttpResponseParser m_parser;
    std::chrono::milliseconds m_afterFinish{};
    qint64 m_bodyLeft = 0; // bytes that the body may still have
    QTimer m_timer;
    CallDeadlines::Instant m_armedFor;
    QByteArray m_buffer;
    QString m_certificateProblem;
    HttpOutcome m_outcome;
    bool m_ended = false;
    std::coroutine_handle<> m_waiting;
};

} // namespace headgate::providers
