#pragma once

#include "core/http/http_message.h"

namespace headgate::http {

enum class Framing {
    Length,     // content-length
    Chunks,     // transfer-encoding: chunked
    UntilClose, // an HTTP/1.0 client reads until the connection ends
};

// Status line and headers with the blank line behind them. Line breaks in header values are
// replaced by spaces, so that a value cannot start a header of its own.
QByteArray formatHead(int status, const QList<Header> &headers, Framing framing, qsizetype bodySize,
                      bool keepAlive);

// One chunk. Empty data gives nothing, because an empty chunk would end the body.
QByteArray formatChunk(const QByteArray &data);
inline constexpr QByteArrayView kLastChunk("0\r\n\r\n");

} // namespace headgate::http
