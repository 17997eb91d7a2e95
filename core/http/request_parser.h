#pragma once

#include "core/http/http_message.h"
#include "core/http/server_limits.h"

#include <memory>

namespace headgate::http {

// Turns the bytes of one connection into requests; does no I/O. Any split of the bytes gives the
// same requests. Strict where leniency lets requests be smuggled: bare line feeds, folded lines,
// space before a colon, two lengths or a length beside chunks are refused.
class RequestParser
{
public:
    enum class State { Head, Body, Complete, Refused };

    explicit RequestParser(const ServerLimits &limits);
    ~RequestParser();

    State feed(QByteArrayView bytes);
    State state() const;
    // No byte of the next request has come.
    bool isIdle() const;
    // True once for a client that waits for "100 Continue" before it sends its body.
    bool takeContinueWish();
    // The request, after Complete. Goes on with the bytes behind it, so that the state may be
    // Complete again.
    Request takeRequest();
    // The answer to give before closing, after Refused.
    const Response &refusal() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace headgate::http
