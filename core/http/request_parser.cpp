#include "core/http/request_parser.h"

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>
#include <string>

using namespace Qt::StringLiterals;

namespace headgate::http {

namespace {

namespace beast = boost::beast::http;
using BeastParser = beast::request_parser<beast::string_body>;

QByteArray toBytes(boost::beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

Response badRequest(const QString &message)
{
    return errorResponse(400, message, u"invalid_request_error"_s, u"bad_request"_s);
}

// Beast accepts folded lines by unfolding them, so they are looked for in the raw head.
std::optional<Response> faultOfRawHead(QByteArrayView head, qsizetype from)
{
    for (qsizetype i = from; i < head.size(); ++i) {
        if (head[i] != '\n')
            continue;
        if (i == 0 || head[i - 1] != '\r')
            return badRequest(u"A header line does not end in CR LF."_s);
        if (i + 1 < head.size() && (head[i + 1] == ' ' || head[i + 1] == '\t'))
            return badRequest(u"A header line is folded."_s);
    }
    return std::nullopt;
}

std::optional<Response> faultOfHead(const Request &request)
{
    const auto count = [&request](QByteArrayView name) {
        return std::count_if(request.headers.begin(), request.headers.end(),
                             [name](const Header &header) {
                                 return name.compare(header.first, Qt::CaseInsensitive) == 0;
                             });
    };
    if (!request.target.startsWith('/'))
        return badRequest(u"The request target must start with a slash."_s);
    if (count("host") > 1 || (request.chunkedAllowed && count("host") == 0))
        return badRequest(u"Exactly one Host header is needed."_s);
    if (count("content-length") > 1)
        return badRequest(u"There is more than one Content-Length header."_s);
    return std::nullopt;
}

} // namespace

struct RequestParser::Private
{
    explicit Private(const ServerLimits &serverLimits)
        : limits(serverLimits)
    {
        restart();
    }

    void restart()
    {
        parser.emplace();
        parser->eager(true);
        parser->header_limit(quint32(limits.maxHeaderBytes));
        parser->body_limit(quint64(limits.maxBodyBytes));
        request = {};
        state = State::Head;
        scanned = 0;
        continueWish = false;
    }

    void refuse(Response response)
    {
        refusal = std::move(response);
        state = State::Refused;
        rest.clear();
    }

    void refuse(const boost::system::error_code &error)
    {
        if (error == beast::error::body_limit)
            refuse(errorResponse(413,
                                 u"The body is larger than %1 bytes."_s.arg(limits.maxBodyBytes),
                                 u"invalid_request_error"_s, u"request_too_large"_s));
        else
            refuse(badRequest(
                u"The request is malformed: %1."_s.arg(QString::fromStdString(error.message()))));
    }

    void advance()
    {
        if (state == State::Head)
            readHead();
        if (state == State::Body)
            readBody();
    }

    void readHead()
    {
        // Blank lines before a request are allowed (RFC 9112, 2.2).
        while (scanned == 0 && rest.startsWith("\r\n"))
            rest.remove(0, 2);
        const qsizetype end = rest.indexOf("\r\n\r\n", std::max(qsizetype(0), scanned - 3));
        const qsizetype headSize = end < 0 ? rest.size() : end + 4;
        if (headSize > limits.maxHeaderBytes)
            return refuse(errorResponse(
                431, u"The headers are larger than %1 bytes."_s.arg(limits.maxHeaderBytes),
                u"invalid_request_error"_s, u"headers_too_large"_s));
        const qsizetype from = std::max(qsizetype(0), scanned - 1);
        if (auto fault = faultOfRawHead(QByteArrayView(rest).first(headSize), from))
            return refuse(std::move(*fault));
        scanned = rest.size();
        if (end < 0)
            return;

        boost::system::error_code error;
        parser->eager(false);
        const std::size_t used =
            parser->put(boost::asio::const_buffer(rest.constData(), std::size_t(headSize)), error);
        if (error && error != beast::error::need_more)
            return refuse(error);
        if (!parser->is_header_done())
            return refuse(badRequest(u"The request is malformed."_s));
        rest.remove(0, qsizetype(used));
        takeHead();
    }

    // Headers are taken now: fields that come as trailers behind a body are not among them.
    void takeHead()
    {
        const auto &message = parser->get();
        request.method = toBytes(message.method_string());
        request.target = toBytes(message.target());
        for (const auto &field : message)
            request.headers.append({toBytes(field.name_string()), toBytes(field.value())});
        request.keepAlive = message.keep_alive();
        request.chunkedAllowed = message.version() >= 11;
        if (auto fault = faultOfHead(request))
            return refuse(std::move(*fault));
        continueWish = request.header("expect").toLower() == "100-continue";
        parser->eager(true);
        state = parser->is_done() ? State::Complete : State::Body;
    }

    void readBody()
    {
        while (!rest.isEmpty() && !parser->is_done()) {
            boost::system::error_code error;
            const std::size_t used = parser->put(
                boost::asio::const_buffer(rest.constData(), std::size_t(rest.size())), error);
            rest.remove(0, qsizetype(used));
            if (error == beast::error::need_more)
                break;
            if (error)
                return refuse(error);
        }
        if (parser->is_done())
            return finishBody();
        // What is left is part of one chunk's head or of the trailers.
        if (rest.size() > limits.maxHeaderBytes)
            refuse(badRequest(u"A chunk's head is too long."_s));
    }

    void finishBody()
    {
        request.body = QByteArray::fromStdString(parser->get().body());
        state = State::Complete;
    }

    ServerLimits limits;
    std::optional<BeastParser> parser;
    QByteArray rest; // bytes that the parser has not used yet
    qsizetype scanned = 0;
    Request request;
    Response refusal;
    State state = State::Head;
    bool continueWish = false;
};

RequestParser::RequestParser(const ServerLimits &limits)
    : d(std::make_unique<Private>(limits))
{
}

RequestParser::~RequestParser() = default;

RequestParser::State RequestParser::feed(QByteArrayView bytes)
{
    if (d->state == State::Refused)
        return d->state;
    d->rest.append(bytes);
    d->advance();
    return d->state;
}

RequestParser::State RequestParser::state() const
{
    return d->state;
}

bool RequestParser::isIdle() const
{
    return d->state == State::Head && d->rest.isEmpty();
}

bool RequestParser::takeContinueWish()
{
    return std::exchange(d->continueWish, false) && d->state == State::Body;
}

Request RequestParser::takeRequest()
{
    Q_ASSERT(d->state == State::Complete);
    Request request = std::move(d->request);
    d->restart();
    d->advance();
    return request;
}

const Response &RequestParser::refusal() const
{
    return d->refusal;
}

} // namespace headgate::http
