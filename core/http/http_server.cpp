#include "core/http/http_server.h"

#include "core/http/connection.h"
#include "core/http/texts.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>

#include <system_error>
#include <thread>

namespace headgate::http {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kPauseWhenOutOfSockets{100};
// Connections beyond the limit that are told so; any further one is closed without a word.
constexpr int kRefusedAtOnce = 64;

tl::unexpected<Error> listenError(quint16 port, const error_code &error)
{
    const QString reason = QString::fromStdString(error.message());
    if (error == asio::error::address_in_use)
        return fail(ErrorCode::Busy,
                    Texts::tr("Port %1 on 127.0.0.1 is taken by another program. Choose another "
                              "port or end that program.")
                        .arg(port),
                    reason);
    return fail(ErrorCode::Io, Texts::tr("Port %1 on 127.0.0.1 cannot be opened.").arg(port),
                reason);
}

} // namespace

struct HttpServer::Private
{
    Private(Handler handler, const ServerOptions &options)
        : core(std::make_shared<ServerCore>(std::move(handler), options))
        , work(core->io.get_executor())
        , acceptor(asio::make_strand(core->io))
        , pause(acceptor.get_executor())
    {
    }

    error_code listen(quint16 wanted)
    {
        const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), wanted);
        error_code error;
        acceptor.open(endpoint.protocol(), error);
        if (!error)
            acceptor.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error)
            acceptor.bind(endpoint, error);
        if (!error)
            acceptor.listen(asio::socket_base::max_listen_connections, error);
        return error;
    }

    void accept()
    {
        acceptor.async_accept(asio::make_strand(core->io),
                              [this](const error_code &error, tcp::socket socket) {
                                  if (!acceptor.is_open())
                                      return;
                                  if (error)
                                      return acceptLater();
                                  welcome(std::move(socket));
                                  accept();
                              });
    }

    // Out of file descriptors, say: trying again at once would spin.
    void acceptLater()
    {
        pause.expires_after(kPauseWhenOutOfSockets);
        pause.async_wait([this](const error_code &error) {
            if (!error && acceptor.is_open())
                accept();
        });
    }

    void welcome(tcp::socket socket)
    {
        const int others = core->connectionCount();
        const int limit = core->options.limits.maxConnections;
        if (others >= limit + kRefusedAtOnce)
            return;
        auto connection = std::make_shared<Connection>(std::move(socket), core);
        if (!core->add(connection))
            return;
        connection->post([isFull = others >= limit](Connection &open) {
            if (isFull)
                open.startFull();
            else
                open.start();
        });
    }

    std::shared_ptr<ServerCore> core;
    asio::executor_work_guard<asio::io_context::executor_type> work;
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::vector<std::thread> threads;
    quint16 port = 0;
};

HttpServer::HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::start(Handler handler, const ServerOptions &options)
{
    std::unique_ptr<HttpServer> server(new HttpServer);
    server->d = std::make_unique<Private>(std::move(handler), options);
    Private &d = *server->d;
    if (const error_code error = d.listen(options.port))
        return listenError(options.port, error);
    d.port = d.acceptor.local_endpoint().port();
    d.accept();
    try {
        for (int i = 0; i < std::max(1, options.threads); ++i)
            d.threads.emplace_back([core = d.core] { core->io.run(); });
    } catch (const std::system_error &error) {
        if (d.threads.empty())
            return fail(ErrorCode::LimitReached,
                        Texts::tr("The local server cannot start: the system gives no further "
                                  "thread. Close other programs and try again."),
                        QString::fromLocal8Bit(error.what()));
    }
    return server;
}

HttpServer::~HttpServer()
{
    stop();
}

quint16 HttpServer::port() const
{
    return d->port;
}

int HttpServer::connectionCount() const
{
    return d->core->connectionCount();
}

void HttpServer::stop()
{
    if (d->threads.empty())
        return;
    const auto connections = d->core->stop();
    asio::post(d->acceptor.get_executor(), [this] {
        error_code ignored;
        d->acceptor.close(ignored);
        d->pause.cancel();
    });
    for (const auto &connection : connections)
        connection->closeSoon();
    d->work.reset();
    for (std::thread &thread : d->threads)
        thread.join();
    d->threads.clear();
}

} // namespace headgate::http
