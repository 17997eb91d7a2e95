#pragma once

#include "core/providers/call_deadlines.h"
#include "core/providers/http_transport.h"

#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <coroutine>
#include <memory>

namespace headgate::providers {

struct LaterDeleter
{
    void operator()(QObject *object) const { object->deleteLater(); }
};

// Watches one reply to its end: hands what arrives to the sink, and ends it when a deadline runs
// out, a limit is passed or the caller cancels.
class HttpExchange final : public QObject
{
    Q_OBJECT

public:
    using ReplyPtr = std::unique_ptr<QNetworkReply, LaterDeleter>;

    HttpExchange(ReplyPtr reply, const HttpRequest &request, BodySink *sink);

    // Closes the connection at once. From any thread.
    void cancel();
    const HttpOutcome &outcome() const { return m_outcome; }

    struct Awaiter
    {
        HttpExchange *exchange = nullptr;
        bool await_ready() const noexcept { return exchange->m_ended; }
        void await_suspend(std::coroutine_handle<> handle) { exchange->m_waiting = handle; }
        void await_resume() const noexcept {}
    };
    Awaiter finished() { return {this}; }

private:
    void onHead();
    void onReadyRead();
    void onFinished();
    void onTimer();
    void obey(Reading reading);
    void arm();
    void conclude(HttpEnd end, const QString &detail = {});
    HttpEnd endFromReply() const;

    ReplyPtr m_reply;
    BodySink *m_sink = nullptr;
    CallDeadlines m_deadlines;
    std::chrono::milliseconds m_afterFinish{};
    qint64 m_maxHeadBytes = 0;
    qint64 m_maxBodyBytes = 0;
    qint64 m_bodyBytes = 0;
    QTimer m_timer;
    QByteArray m_buffer;
    QString m_certificateProblem;
    HttpOutcome m_outcome;
    bool m_headSeen = false;
    bool m_ended = false;
    std::coroutine_handle<> m_waiting;
};

} // namespace headgate::providers
