#include "core/providers/http_exchange.h"

#include "core/common/worker_thread.h"
#include "core/providers/certificate_file.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>
#include <QThread>

#include <new>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr milliseconds kFinishedGrace{50};
constexpr qint64 kReadBytes = 64 * 1024;

QByteArray wireText(const HttpRequest &request)
{
    const QUrl &url = request.url;
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray text = (request.body ? "POST " : "GET ") + target +
                      " HTTP/1.1\r\nHost: " + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\n";
    for (const HttpHeader &header : request.headers)
        text += header.name + ": " + header.value + "\r\n";
    if (request.body)
        text += "Content-Length: " + QByteArray::number(request.body->size()) + "\r\n";
    text += "\r\n";
    // One piece, so that it leaves in one packet where it fits.
    return request.body ? text + *request.body : text;
}

QNetworkProxy proxyFor(const QUrl &url)
{
    if (isLoopback(url))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.value(0, QNetworkProxy(QNetworkProxy::NoProxy));
}

// Qt looks names up on a thread, for which it has no way to say that there is none.
bool isName(const QString &host)
{
    return QHostAddress(host).isNull();
}

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

bool isUnsecured(const QTcpSocket *socket)
{
    const auto *secure = qobject_cast<const QSslSocket *>(socket);
    return secure && !secure->isEncrypted();
}

HttpEnd endOf(QAbstractSocket::SocketError error, bool badCertificate, bool unsecured)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return HttpEnd::NameNotFound;
    case QAbstractSocket::ConnectionRefusedError:
    case QAbstractSocket::NetworkError:
        return HttpEnd::Refused;
    case QAbstractSocket::SocketTimeoutError:
        return HttpEnd::ConnectTimeout;
    case QAbstractSocket::SslHandshakeFailedError:
        return badCertificate ? HttpEnd::BadCertificate : HttpEnd::NoSecureConnection;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return HttpEnd::Proxy;
    default:
        return unsecured ? HttpEnd::HandshakeClosed : HttpEnd::Closed;
    }
}

} // namespace

HttpExchange::HttpExchange(SocketPtr socket, const HttpRequest &request, BodySink *sink,
                           QObject *context)
    : m_socket(std::move(socket))
    , m_sink(sink)
    , m_context(context)
    , m_request(wireText(request))
    , m_deadlines(request.timeouts, request.deadline, SteadyClock::now())
    , m_parser({[this](const HttpHead &head) { takeHead(head); },
                [this](QByteArrayView bytes) { takeBody(bytes); }},
               request.maxHeadBytes)
    , m_afterFinish(request.timeouts.afterFinish)
    , m_bodyLeft(request.maxBodyBytes)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HttpExchange::onTimer);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &HttpExchange::onError);
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        onConnected();
    else
        connectSocket(request);
    if (!m_ended)
        arm();
}

void HttpExchange::connectSocket(const HttpRequest &request)
{
    const QUrl &url = request.url;
    const QNetworkProxy proxy = proxyFor(url);
    m_socket->setProxy(proxy);
    const QString host = url.host(QUrl::FullyEncoded);
    if (isName(proxy.type() == QNetworkProxy::NoProxy ? host : proxy.hostName()) &&
        !canStartThread()) {
        conclude(HttpEnd::NoThread);
        return;
    }
    auto *secure = qobject_cast<QSslSocket *>(m_socket.get());
    if (!secure) {
        connect(m_socket.get(), &QTcpSocket::connected, this, &HttpExchange::onConnected);
        m_socket->connectToHost(host, quint16(url.port(80)));
        return;
    }
    const Result<QSslConfiguration> tls = tlsConfiguration(request.certificateFile);
    if (!tls) {
        conclude(HttpEnd::CertificateFile, tls.error().message);
        return;
    }
    secure->setSslConfiguration(*tls);
    connect(secure, &QSslSocket::encrypted, this, &HttpExchange::onConnected);
    connect(secure, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        QStringList problems;
        for (const QSslError &error : errors)
            problems.append(error.errorString());
        m_certificateProblem = problems.join(u"; "_s);
    });
    secure->connectToHostEncrypted(host, quint16(url.port(443)));
}

void HttpExchange::onConnected()
{
    // Without it a small request waits for the acknowledgement of the one before.
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(std::exchange(m_request, {}));
    m_deadlines.requestSent(SteadyClock::now());
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

void HttpExchange::onReadyRead()
{
    // Nothing may be thrown through the event loop. What had been read is given back with the call.
    try {
        readAll();
    } catch (const std::bad_alloc &) {
        conclude(HttpEnd::NoMemory);
    }
}

void HttpExchange::readAll()
{
    m_buffer.resize(kReadBytes);
    while (!m_ended && m_socket->bytesAvailable() > 0) {
        const qint64 count = m_socket->read(m_buffer.data(), m_buffer.size());
        if (count <= 0)
            return;
        m_deadlines.bytesCame(SteadyClock::now());
        switch (m_parser.feed(QByteArrayView(m_buffer).first(count))) {
        case HttpResponseParser::State::NeedsMore:
            break;
        case HttpResponseParser::State::Done:
            conclude(HttpEnd::Complete);
            break;
        case HttpResponseParser::State::Malformed:
            conclude(HttpEnd::Malformed, m_parser.problem());
            break;
        case HttpResponseParser::State::HeadTooLarge:
            conclude(HttpEnd::HeadTooLarge);
            break;
        }
    }
    if (!m_ended)
        arm();
}

void HttpExchange::takeHead(const HttpHead &head)
{
    if (m_ended)
        return;
    m_outcome.head = head;
    obey(m_sink->head(head));
}

void HttpExchange::takeBody(QByteArrayView bytes)
{
    if (m_ended)
        return;
    m_bodyLeft -= bytes.size();
    if (m_bodyLeft < 0)
        conclude(HttpEnd::BodyTooLarge);
    else
        obey(m_sink->bytes(bytes));
}

void HttpExchange::onError(QAbstractSocket::SocketError error)
{
    onReadyRead();
    if (m_ended)
        return;
    if (error == QAbstractSocket::RemoteHostClosedError &&
        m_parser.finish() == HttpResponseParser::State::Done)
        conclude(HttpEnd::Complete);
    else
        conclude(endOf(error, !m_certificateProblem.isEmpty(), isUnsecured(m_socket.get())),
                 m_certificateProblem.isEmpty() ? m_socket->errorString() : m_certificateProblem);
}

void HttpExchange::onTimer()
{
    const CallDeadlines::Next next = m_deadlines.next();
    if (next.at <= SteadyClock::now())
        conclude(endOf(next.kind));
    else
        arm();
}

// One timer for all limits. Bytes that arrive move limits away, which is left for the timer to find
// when it fires, and bring new ones, for which it is set anew where they are nearer.
void HttpExchange::arm()
{
    const CallDeadlines::Instant next = m_deadlines.next().at;
    if (m_timer.isActive() && next >= m_armedFor)
        return;
    m_armedFor = next;
    const auto left = next - SteadyClock::now();
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
        return;
    case Reading::Finished:
        m_deadlines.finishing(SteadyClock::now() + std::min(m_afterFinish, kFinishedGrace));
        return;
    case Reading::Stop:
        conclude(HttpEnd::Stopped);
        return;
    }
}

void HttpExchange::conclude(HttpEnd end, const QString &detail)
{
    if (std::exchange(m_ended, true))
        return;
    m_outcome.end = end;
    m_outcome.detail = detail;
    m_timer.stop();
    m_socket->disconnect(this);
    if (end != HttpEnd::Complete || !m_parser.connectionIsReusable())
        m_socket->abort();
    // The waiter goes on from the event loop, never from inside a caller's request_stop(); it
    // destroys this object.
    if (m_waiting)
        QMetaObject::invokeMethod(
            m_context, [waiting = m_waiting] { waiting.resume(); }, Qt::QueuedConnection);
}

SocketPtr HttpExchange::takeReusableSocket()
{
    if (m_socket->state() != QAbstractSocket::ConnectedState)
        return nullptr;
    return std::move(m_socket);
}

} // namespace headgate::providers
