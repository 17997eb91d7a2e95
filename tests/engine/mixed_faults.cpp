#include "tests/engine/mixed_faults.h"

#include "tests/support/wire_text.h"

#include <QDateTime>
#include <QLocale>

#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace headgate::test {

namespace {

using Random = std::mt19937_64;
using Maker = Script (*)(Random &, const WireProtocol &);

QByteArray retryAfter(Random &random)
{
    switch (drawn(random, 6)) {
    case 0:
        return "retry-after: " + QByteArray::number(1 + drawn(random, 20));
    case 1:
        return "retry-after-ms: " + QByteArray::number(drawn(random, 3000));
    case 2: {
        const QDateTime then = QDateTime::currentDateTimeUtc().addSecs(drawn(random, 20) - 5);
        return "retry-after: " +
               QLocale::c().toString(then, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
    }
    case 3:
        return "retry-after: soon";
    case 4:
        return "retry-after: -3";
    default:
        return "x-request-id: req-7";
    }
}

Script status(int code, const QByteArray &body, const QByteArray &header = "x-request-id: req-7")
{
    return Script()
        .send(httpResponse(code, body,
                           {"Content-Type: application/json", "Connection: close", header}))
        .close();
}

QByteArray labelled(const QByteArray &code)
{
    return "{\"error\":{\"message\":\"It did not work.\",\"type\":\"" + code + "\",\"code\":\"" +
           code + "\"}}";
}

Script passing(Random &random, const WireProtocol &)
{
    static constexpr std::array kCodes{408, 409, 425, 429, 429, 429, 498, 500,
                                       502, 503, 504, 520, 522, 524, 529};
    const QList<QByteArray> bodies{"{}", "", "<html><title>Bad Gateway</title></html>",
                                   "{\"error\":{\"mess", labelled("server_error")};
    const int code = kCodes.at(size_t(drawn(random, int(kCodes.size()))));
    const QByteArray body = bodies.at(drawn(random, int(bodies.size())));
    return status(code, body, retryAfter(random));
}

Script refusing(Random &random, const WireProtocol &)
{
    switch (drawn(random, 7)) {
    case 0:
        return status(401, "{}");
    case 1:
        return status(402, "{}");
    case 2:
        return status(403, "{}");
    case 3:
        return status(404, "{}");
    case 4:
        return status(413, "{}");
    case 5:
        return status(429, labelled("insufficient_quota"), "retry-after: 1");
    default:
        return status(400, labelled("context_length_exceeded"));
    }
}

Script broken(Random &random, const WireProtocol &)
{
    switch (drawn(random, 6)) {
    case 0:
        return Script().atOnce().wait(10ms).reset();
    case 1:
        return Script().reset();
    case 2:
        return Script().close();
    case 3:
        return Script().send("HTTP/1.1 200 OK\r\nContent-Ty").close();
    case 4:
        return Script().send("HTTP/1.1 200 OK\r\nContent-Ty").wait(10ms).reset();
    default:
        return Script().send(chunkedHead()).wait(10ms).reset();
    }
}

Script silent(Random &random, const WireProtocol &p)
{
    switch (drawn(random, 5)) {
    case 0:
        return Script().atOnce();
    case 1:
        return {};
    case 2:
        return Script().send(openHead(p.streamType));
    case 3:
        return Script().send(openHead(p.streamType)).sendForEver(": on\n\n", 20ms);
    default:
        return Script().send("HTTP/1.1 200 OK\r\nX-Slow: ").sendForEver("x", 20ms);
    }
}

Script nothingLikeAnAnswer(Random &random, const WireProtocol &p)
{
    switch (drawn(random, 9)) {
    case 0:
        return status(200, "<html><title>Sign in</title></html>");
    case 1:
        return status(200, {});
    case 2:
        return Script().send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").close();
    case 3:
        return status(200, "service is down for now");
    case 4:
        return status(200, R"({"hello":"world"})");
    case 5:
        return Script().send("220 mail.example ESMTP\r\n\r\n").close();
    case 6:
        return status(200, "\x1f\x8b\x08", "Content-Encoding: gzip");
    case 7:
        return Script().send("HTTP/1.1 200 OK\r\nX-Long: " + QByteArray(300'000, 'x') + "\r\n\r\n");
    default:
        return Script().send(openHead(p.streamType) + p.start).close();
    }
}

Script errorInsideOk(Random &random, const WireProtocol &p)
{
    return drawn(random, 2) == 0 ? status(200, p.error)
                                 : Script().send(openHead(p.streamType) + p.errorPiece).close();
}

Script badFraming(Random &random, const WireProtocol &p)
{
    switch (drawn(random, 4)) {
    case 0:
        return Script().send(chunkedHead(p.streamType) + "zz\r\nabc\r\n").close();
    case 1:
        return Script().send(chunkedHead(p.streamType) + "ffffffffffffffff0\r\nabc").close();
    case 2:
        return Script().send(chunkedHead(p.streamType) + lastChunk()).close();
    default:
        return Script()
            .send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\nConnection: close\r\n\r\n" + p.body)
            .close();
    }
}

Script cutBody(Random &random, const WireProtocol &p)
{
    const int size = drawn(random, int(p.body.size()));
    return Script().send(openHead("application/json") + p.body.first(size)).close();
}

Script noise(Random &random, const WireProtocol &p)
{
    QByteArray bytes(1 + drawn(random, 2000), '\0');
    for (char &byte : bytes)
        byte = char(drawn(random, 256));
    const int form = drawn(random, 3);
    if (form == 0)
        return Script().send(bytes).close();
    if (form == 1)
        return Script().send(openHead(p.streamType) + bytes).close();
    return Script().send(openHead(p.streamType) + p.start + p.nonsense + bytes).close();
}

constexpr std::array<Maker, 9> kBeforeText{
    &passing,       &refusing,   &broken,  &silent, &nothingLikeAnAnswer,
    &errorInsideOk, &badFraming, &cutBody, &noise};

Script afterText(Random &random, const WireProtocol &p)
{
    const QByteArray begun = openHead(p.streamType) + p.begun();
    switch (drawn(random, 7)) {
    case 0:
        return Script().send(begun).close();
    case 1:
        return Script().send(begun).wait(10ms).reset();
    case 2:
        return Script().send(begun);
    case 3:
        return Script().send(begun + p.nonsense).close();
    case 4:
        return Script().send(begun + p.errorPiece).close();
    case 5:
        return Script().send(begun).sendForEver(p.piece("x"), 20ms);
    default:
        return Script().send(chunkedHead(p.streamType) + httpChunk(p.begun()) + "zz\r\n").close();
    }
}

Script cutStream(Random &random, const WireProtocol &p)
{
    const QByteArray stream = p.stream();
    return Script()
        .send(openHead(p.streamType) + stream.first(drawn(random, int(stream.size()))))
        .close();
}

Script stopping(Random &random, const WireProtocol &)
{
    switch (drawn(random, 4)) {
    case 0:
        return status(422, "{}");
    case 1:
        return status(400, "{}");
    case 2:
        return status(307, {}, "Location: https://elsewhere.invalid/v1");
    default:
        return status(403, R"({"error":{"message":"flagged","code":"content_filter"}})");
    }
}

constexpr std::array<Maker, 3> kBesides{&afterText, &cutStream, &stopping};

} // namespace

Script faultBeforeText(std::mt19937_64 &random, const WireProtocol &protocol)
{
    return kBeforeText.at(size_t(drawn(random, int(kBeforeText.size()))))(random, protocol);
}

Script anyFault(std::mt19937_64 &random, const WireProtocol &protocol)
{
    const auto place = size_t(drawn(random, int(kBeforeText.size() + kBesides.size())));
    const Maker make = place < kBeforeText.size() ? kBeforeText.at(place)
                                                  : kBesides.at(place - kBeforeText.size());
    return make(random, protocol);
}

} // namespace headgate::test
