#include "core/providers/http_transport.h"

#include "core/providers/http_exchange.h"

#include <QElapsedTimer>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace headgate::providers {

namespace {

constexpr size_t kMaxIdle = 32;
constexpr qint64 kMaxIdleMs = 50'000;

bool isSecure(const QUrl &url)
{
    return url.scheme() == "https"_L1;
}

} // namespace

QByteArray HttpHead::header(QByteArrayView name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

// Connections that finished a call and wait for the next one to the same origin.
class HttpTransport::IdleSockets
{
public:
    ~IdleSockets()
    {
        for (const Idle &idle : m_idle)
            idle.socket->abort();
    }

    SocketPtr takeFor(const QUrl &url)
    {
        const QString wanted = originOf(url);
        std::erase_if(m_idle, [](const Idle &idle) { return !idle.isUsable(); });
        // The youngest: its server is the least likely to be about to close it.
        for (auto it = m_idle.rbegin(); it != m_idle.rend(); ++it) {
            if (it->origin != wanted)
                continue;
            SocketPtr socket = std::move(it->socket);
            m_idle.erase(std::next(it).base());
            return socket;
        }
        return nullptr;
    }

    void keep(const QUrl &url, SocketPtr socket)
    {
        if (!socket)
            return;
        if (m_idle.size() >= kMaxIdle)
            m_idle.erase(m_idle.begin());
        Idle idle{originOf(url), std::move(socket), {}};
        idle.since.start();
        m_idle.push_back(std::move(idle));
    }

private:
    struct Idle
    {
        QString origin;
        SocketPtr socket;
        QElapsedTimer since;

        bool isUsable() const
        {
            // Bytes that nobody asked for belong to no answer.
            return socket->state() == QAbstractSocket::ConnectedState &&
                   socket->bytesAvailable() == 0 && since.elapsed() < kMaxIdleMs;
        }
    };

    static QString originOf(const QUrl &url)
    {
        return u"%1://%2:%3"_s.arg(url.scheme(), url.host(QUrl::FullyEncoded))
            .arg(url.port(isSecure(url) ? 443 : 80));
    }

    std::vector<Idle> m_idle;
};

HttpTransport::HttpTransport()
    : m_idle(std::make_unique<IdleSockets>())
{
}
HttpTransport::~HttpTransport() = default;

QCoro::Task<HttpOutcome> HttpTransport::send(HttpRequest request, BodySink *sink,
                                             std::stop_token stop)
{
    if (stop.stop_requested())
        co_return HttpOutcome{HttpEnd::Cancelled, {}, {}};
    SocketPtr socket = m_idle->takeFor(request.url);
    if (!socket)
        socket.reset(isSecure(request.url) ? new QSslSocket : new QTcpSocket);
    HttpExchange exchange(std::move(socket), request, sink, &m_context);
    request.body.reset();
    const std::stop_callback cancel(stop, [&exchange] { exchange.cancel(); });
    auto finished = exchange.finished();
    co_await finished;
    m_idle->keep(request.url, exchange.takeReusableSocket());
    co_return exchange.outcome();
}

} // namespace headgate::providers
