#pragma once

#include "core/common/result.h"
#include "core/http/http_message.h"
#include "core/http/response_writer.h"
#include "core/http/server_limits.h"

#include <functional>
#include <memory>

namespace headgate::http {

struct ServerOptions
{
    quint16 port = 0; // 0: a free one
    int threads = 2;
    ServerLimits limits;
    QList<Header> headers; // added to every response, the server's own refusals included
};

// A small HTTP/1.1 server on 127.0.0.1, never on another address, with threads of its own.
// Malformed and oversized requests are refused before the handler sees them.
class HttpServer
{
public:
    // Called on the server's threads, for several connections at once. It must not block: it hands
    // the writer on, or goes on later with ResponseWriter::after().
    using Handler = std::function<void(Request, ResponseWriter)>;

    // Busy where the port is taken; never another port or address in its place.
    static Result<std::unique_ptr<HttpServer>> start(Handler handler,
                                                     const ServerOptions &options = {});
    ~HttpServer(); // stops

    quint16 port() const;
    int connectionCount() const;
    // Closes every connection and joins the threads. Not to be called from a handler.
    void stop();

private:
    HttpServer();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate::http
