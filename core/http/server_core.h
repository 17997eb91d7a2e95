#pragma once

#include "core/http/http_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <map>
#include <mutex>

namespace headgate::http {

class Connection;

// What the connections of one server share. Outlives the server as long as a writer is kept, and
// then takes no more work, so that a late writer does no harm.
class ServerCore
{
public:
    ServerCore(HttpServer::Handler requestHandler, const ServerOptions &serverOptions)
        : handler(std::move(requestHandler))
        , options(serverOptions)
    {
    }

    // Runs the work on the executor, unless the server has stopped.
    template<typename Executor, typename Work>
    void post(const Executor &executor, Work &&work)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_stopped)
            boost::asio::post(executor, std::forward<Work>(work));
    }

    // False where the server has stopped.
    bool add(const std::shared_ptr<Connection> &connection);
    void remove(const Connection *connection);
    int connectionCount() const;
    // After this no work is taken. Returns the connections that are to be closed.
    std::vector<std::shared_ptr<Connection>> stop();

    const HttpServer::Handler handler;
    const ServerOptions options;
    boost::asio::io_context io;

private:
    mutable std::mutex m_mutex;
    bool m_stopped = false;
    std::map<const Connection *, std::weak_ptr<Connection>> m_connections;
};

} // namespace headgate::http
