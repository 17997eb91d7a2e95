#pragma once

#include "core/providers/http_transport.h"

#include <functional>
#include <memory>

namespace headgate::providers {

// Reads one HTTP/1.1 response: bytes in, head and body pieces out, in the order in which they
// stand. Informational responses are passed over. Anything malformed ends it.
class HttpResponseParser
{
public:
    enum class State { NeedsMore, Done, Malformed, HeadTooLarge };

    struct Handlers
    {
        std::function<void(const HttpHead &head)> head;
        std::function<void(QByteArrayView bytes)> body;
    };

    HttpResponseParser(Handlers handlers, qint64 maxHeadBytes);
    ~HttpResponseParser();

    State feed(QByteArrayView bytes);
    // The peer has closed. Done only where that is how this response ends.
    State finish();
    // Of a response that is done: the connection may carry another request.
    bool connectionIsReusable() const;
    // What is wrong, in the parser's words.
    QString problem() const;

private:
    class Core;
    State stateAfter();
    void restart();

    Handlers m_handlers;
    qint64 m_maxHeadBytes = 0;
    std::unique_ptr<Core> m_core;
    QByteArray m_pending; // bytes that wait for more to make sense
};

} // namespace headgate::providers
