#pragma once

#include <QtGlobal>

#include <chrono>

namespace headgate::http {

// What one client may take of the server. Tests inject small ones.
struct ServerLimits
{
    qint64 maxHeaderBytes = 64 * 1024;      // then 431
    qint64 maxBodyBytes = 32 * 1024 * 1024; // then 413, before it is buffered where announced
    int maxConnections = 256;               // then 503
    std::chrono::milliseconds headerTimeout{10'000};    // whole head, from the first byte; then 408
    std::chrono::milliseconds bodyIdleTimeout{30'000};  // between two pieces of a body; then 408
    std::chrono::milliseconds writeIdleTimeout{30'000}; // a client that does not read is closed
    std::chrono::milliseconds keepAliveTimeout{60'000}; // between two requests
    std::chrono::milliseconds lingerTimeout{1'000};     // to let a refused client read the refusal
};

} // namespace headgate::http
