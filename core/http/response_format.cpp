#include "core/http/response_format.h"

#include <array>

namespace headgate::http {

namespace {

QByteArrayView reasonOf(int status)
{
    static constexpr std::array<std::pair<int, const char *>, 22> kReasons{{
        {200, "OK"},
        {201, "Created"},
        {204, "No Content"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {402, "Payment Required"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {508, "Loop Detected"},
    }};
    const auto known = std::find_if(kReasons.begin(), kReasons.end(), [status](const auto &reason) {
        return reason.first == status;
    });
    return known != kReasons.end() ? known->second : "Unknown";
}

void appendLine(QByteArray &out, const QByteArray &text)
{
    for (const char c : text)
        out += c == '\r' || c == '\n' ? ' ' : c;
}

} // namespace

QByteArray formatHead(int status, const QList<Header> &headers, Framing framing, qsizetype bodySize,
                      bool keepAlive)
{
    QByteArray out = "HTTP/1.1 " + QByteArray::number(status) + ' ';
    out += reasonOf(status);
    out += "\r\n";
    for (const Header &header : headers) {
        appendLine(out, header.first);
        out += ": ";
        appendLine(out, header.second);
        out += "\r\n";
    }
    if (framing == Framing::Length && status != 204 && status != 304)
        out += "content-length: " + QByteArray::number(bodySize) + "\r\n";
    if (framing == Framing::Chunks)
        out += "transfer-encoding: chunked\r\n";
    out += keepAlive ? "connection: keep-alive\r\n\r\n" : "connection: close\r\n\r\n";
    return out;
}

QByteArray formatChunk(const QByteArray &data)
{
    if (data.isEmpty())
        return {};
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}

} // namespace headgate::http
