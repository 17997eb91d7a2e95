#pragma once

#include "core/http/http_message.h"

#include <chrono>
#include <functional>
#include <memory>

namespace headgate::http {

class Exchange;

// The way to answer one request: once with respond(), or with begin(), write()… and finish().
// Copies write to the same response. All of it may be called from any thread, also after the client
// has left or the server has stopped; it then does nothing. If the last copy goes before the
// response is whole, the client gets status 500, or its stream is cut.
class ResponseWriter
{
public:
    explicit ResponseWriter(std::shared_ptr<Exchange> exchange);

    void respond(Response response);

    // Starts a response of unknown length; a piece is sent at once, several in a row together.
    void begin(int status, QList<Header> headers);
    void write(QByteArray data);
    void finish();
    // Sends what was written and then closes the connection without ending the response.
    void cut();

    // The client closed its connection, or the server stopped, before the response was whole.
    // Seen within 100 ms, because the server reads on while it answers.
    bool isClientGone() const;
    // Calls `callback` when that happens, at once if it has happened.
    void whenClientLeaves(std::function<void()> callback);

    // Calls `callback` after the delay, on the server's threads and never at the same time as
    // another callback of this connection; not at all if the response ends or the client leaves.
    void after(std::chrono::nanoseconds delay, std::function<void()> callback);

private:
    std::shared_ptr<Exchange> m_exchange;
};

} // namespace headgate::http
