#include "core/providers/http_exchange.h"

#include <QNetworkAccessManager>
#include <QSslError>
#include <QThread>

namespace headgate::providers {

namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr qint64 kReadBufferBytes = 1024 * 1024;
constexpr milliseconds kFinishedGrace{50};

HttpEnd endOf(CallDeadlines::Kind kind)
{
    switch (kind) {
    case CallDeadlines::Kind::Connect:
        return HttpEnd::ConnectTimeout;
    case CallDeadlines::Kind::FirstByte:
        return HttpEnd::FirstByteTimeout;
    case CallDeadlines::Kind::Idle:
        return HttpEnd::IdleTimeout;
    case CallDeadlines::Kind::AfterFinish:
        return HttpEnd::Settled;
    case CallDeadlines::Kind::Total:
        break;
    }
    return HttpEnd::TotalTimeout;
}

} // namespace

HttpExchange::HttpExchange(ReplyPtr reply, const HttpRequest &request, BodySink *sink)
    : m_reply(std::move(reply))
    , m_sink(sink)
    , m_deadlines(request.timeouts, request.deadline, SteadyClock::now())
    , m_afterFinish(request.timeouts.afterFinish)
    , m_maxHeadBytes(request.maxHeadBytes)
    , m_maxBodyBytes(request.maxBodyBytes)
{
    // Bounds what the network thread may gather ahead of us.
    m_reply->setReadBufferSize(kReadBufferBytes);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HttpExchange::onTimer);
    connect(m_reply.get(), &QNetworkReply::requestSent, this,
            [this] { m_deadlines.requestSent(SteadyClock::now()); });
    connect(m_reply.get(), &QNetworkReply::metaDataChanged, this, &HttpExchange::onHead);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_reply.get(), &QNetworkReply::finished, this, &HttpExchange::onFinished);
    connect(m_reply.get(), &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        QStringList problems;
        for (const QSslError &error : errors)
            problems.append(error.errorString());
        m_certificateProblem = problems.join(QLatin1String("; "));
    });
    arm();
}

void HttpExchange::cancel()
{
    if (QThread::currentThread() == thread())
        conclude(HttpEnd::Cancelled);
    else
        QMetaObject::invokeMethod(
            this, [this] { conclude(HttpEnd::Cancelled); }, Qt::QueuedConnection);
}

void HttpExchange::onHead()
{
    if (m_ended || m_headSeen)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200)
        return;
    m_headSeen = true;
    m_deadlines.bytesCame(SteadyClock::now());
    m_outcome.head.status = status;
    qint64 size = 0;
    const auto pairs = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : pairs) {
        size += name.size() + value.size();
        m_outcome.head.headers.append({name, value});
    }
    if (size > m_maxHeadBytes) {
        m_outcome.head.headers.clear();
        conclude(HttpEnd::HeadTooLarge);
        return;
    }
    obey(m_sink->head(m_outcome.head));
}

void HttpExchange::onReadyRead()
{
    onHead();
    while (!m_ended && m_reply->bytesAvailable() > 0) {
        m_buffer.resize(m_reply->bytesAvailable());
        const qint64 count = m_reply->read(m_buffer.data(), m_buffer.size());
        if (count <= 0)
            return;
        m_deadlines.bytesCame(SteadyClock::now());
        m_bodyBytes += count;
        if (m_bodyBytes > m_maxBodyBytes) {
            conclude(HttpEnd::BodyTooLarge);
            return;
        }
        obey(m_sink->bytes(QByteArrayView(m_buffer).first(count)));
    }
}

void HttpExchange::onFinished()
{
    onReadyRead();
    if (!m_ended)
        conclude(endFromReply(),
                 m_certificateProblem.isEmpty() ? m_reply->errorString() : m_certificateProblem);
}

HttpEnd HttpExchange::endFromReply() const
{
    switch (m_reply->error()) {
    case QNetworkReply::NoError:
        return HttpEnd::Complete;
    case QNetworkReply::HostNotFoundError:
        return HttpEnd::NameNotFound;
    case QNetworkReply::ConnectionRefusedError:
        return HttpEnd::Refused;
    case QNetworkReply::TimeoutError:
        return HttpEnd::ConnectTimeout;
    case QNetworkReply::SslHandshakeFailedError:
        return m_certificateProblem.isEmpty() ? HttpEnd::NoSecureConnection
                                              : HttpEnd::BadCertificate;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return HttpEnd::Proxy;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return HttpEnd::Malformed;
    default:
        break;
    }
    // An error status is an answer like any other.
    return m_outcome.head.status >= 300 ? HttpEnd::Complete : HttpEnd::Closed;
}

void HttpExchange::onTimer()
{
    const CallDeadlines::Next next = m_deadlines.next();
    if (next.at <= SteadyClock::now())
        conclude(endOf(next.kind));
    else
        arm();
}

// One timer for all limits. It may fire early, since arriving bytes move a limit and not the timer;
// then it is set anew.
void HttpExchange::arm()
{
    const auto left = m_deadlines.next().at - SteadyClock::now();
    m_timer.start(std::max(milliseconds(0), std::chrono::ceil<milliseconds>(left)));
}

void HttpExchange::obey(Reading reading)
{
    if (m_ended)
        return;
    switch (reading) {
    case Reading::Waiting:
        return;
    case Reading::Answering:
        m_deadlines.answerCame();
        return;
    case Reading::Finishing:
        m_deadlines.finishing(SteadyClock::now() + m_afterFinish);
        break;
    case Reading::Finished:
        m_deadlines.finishing(SteadyClock::now() + std::min(m_afterFinish, kFinishedGrace));
        break;
    case Reading::Stop:
        conclude(HttpEnd::Stopped);
        return;
    }
    arm(); // these limits are nearer than the ones before
}

void HttpExchange::conclude(HttpEnd end, const QString &detail)
{
    if (std::exchange(m_ended, true))
        return;
    m_outcome.end = end;
    m_outcome.detail = detail;
    m_timer.stop();
    m_reply->disconnect(this);
    if (!m_reply->isFinished())
        m_reply->abort();
    // The waiter goes on from the event loop, never from inside a caller's request_stop(). It
    // destroys this object; the manager outlives both.
    if (m_waiting)
        QMetaObject::invokeMethod(
            m_reply->manager(), [waiting = m_waiting] { waiting.resume(); }, Qt::QueuedConnection);
}

} // namespace headgate::providers
