#include "core/providers/http_transport.h"

#include "core/providers/http_exchange.h"

#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QNetworkCookieJar>
#include <QNetworkProxyFactory>
#include <QSslConfiguration>

namespace headgate::providers {

namespace {

constexpr int kCallsPerManager = 6;

class NoCookies final : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::QNetworkCookieJar;
    QList<QNetworkCookie> cookiesForUrl(const QUrl &) const override { return {}; }
    bool setCookiesFromUrl(const QList<QNetworkCookie> &, const QUrl &) override { return false; }
};

class SystemProxyExceptLoopback final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.url()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

// A body that can be read once. When a server closes the connection without an answer, the network
// layer would send the request again, unseen and perhaps billed twice; this makes that an error.
class OneShotBody final : public QIODevice
{
public:
    OneShotBody(QByteArray bytes, QObject *parent)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    qint64 size() const override { return m_bytes.size(); }
    bool seek(qint64 position) override
    {
        return !m_touched && position == 0 && QIODevice::seek(position);
    }
    bool reset() override { return !m_touched; }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        const qint64 count = qMin(maxSize, m_bytes.size() - m_read);
        if (count <= 0)
            return -1;
        m_touched = true;
        std::copy_n(m_bytes.constData() + m_read, count, data);
        m_read += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_read = 0;
    bool m_touched = false;
};

QNetworkRequest toQt(const HttpRequest &request)
{
    QNetworkRequest http(request.url);
    for (const HttpHeader &header : request.headers)
        http.setRawHeader(header.name, header.value);
    using Request = QNetworkRequest;
    http.setAttribute(Request::RedirectPolicyAttribute, Request::ManualRedirectPolicy);
    http.setAttribute(Request::CacheLoadControlAttribute, Request::AlwaysNetwork);
    http.setAttribute(Request::CacheSaveControlAttribute, false);
    http.setAttribute(Request::CookieLoadControlAttribute, Request::Manual);
    http.setAttribute(Request::CookieSaveControlAttribute, Request::Manual);
    http.setAttribute(Request::AuthenticationReuseAttribute, Request::Manual);
    // A connection a call: closing it is how a call is cancelled.
    http.setAttribute(Request::Http2AllowedAttribute, false);
    http.setAttribute(Request::HttpPipeliningAllowedAttribute, false);
    if (request.url.scheme() == QLatin1String("https")) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        http.setSslConfiguration(tls);
    }
    return http;
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

HttpTransport::HttpTransport() = default;
HttpTransport::~HttpTransport() = default;

HttpTransport::Lane *HttpTransport::freeLane()
{
    for (const auto &lane : m_lanes) {
        if (lane->calls < kCallsPerManager)
            return lane.get();
    }
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setCookieJar(new NoCookies(manager.get()));
    manager->setProxyFactory(new SystemProxyExceptLoopback);
    manager->setAutoDeleteReplies(false);
    m_lanes.push_back(std::make_unique<Lane>(Lane{std::move(manager), 0}));
    return m_lanes.back().get();
}

QCoro::Task<HttpOutcome> HttpTransport::send(HttpRequest request, BodySink *sink,
                                             std::stop_token stop)
{
    if (stop.stop_requested())
        co_return HttpOutcome{HttpEnd::Cancelled, {}, {}};
    Lane *lane = freeLane();
    ++lane->calls;
    const auto release = qScopeGuard([lane] { --lane->calls; });

    const QNetworkRequest http = toQt(request);
    HttpExchange::ReplyPtr reply;
    if (request.body) {
        auto *body =
            new OneShotBody(*std::exchange(request.body, std::nullopt), lane->manager.get());
        reply.reset(lane->manager->post(http, body));
        body->setParent(reply.get());
    } else {
        reply.reset(lane->manager->get(http));
    }
    HttpExchange exchange(std::move(reply), request, sink);
    const std::stop_callback cancel(stop, [&exchange] { exchange.cancel(); });
    auto finished = exchange.finished();
    co_await finished;
    co_return exchange.outcome();
}

} // namespace headgate::providers
