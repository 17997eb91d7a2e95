#include "core/http/connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

using namespace Qt::StringLiterals;

namespace headgate::http {

namespace asio = boost::asio;
using boost::system::error_code;

void Deadline::arm(std::chrono::milliseconds delay, std::function<void()> expired)
{
    const quint64 setting = ++*m_setting;
    m_timer.expires_after(delay);
    // A cancelled wait may already be queued as done, hence the number of the setting.
    m_timer.async_wait(
        [setting, current = m_setting, expired = std::move(expired)](const error_code &error) {
            if (!error && setting == *current)
                expired();
        });
}

void Deadline::disarm()
{
    ++*m_setting;
    m_timer.cancel();
}

Exchange::~Exchange()
{
    connection->post([exchangeId = id](Connection &open) { open.abandon(exchangeId); });
}

Connection::Connection(asio::ip::tcp::socket socket, std::shared_ptr<ServerCore> core)
    : m_core(std::move(core))
    , m_socket(std::move(socket))
    , m_parser(m_core->options.limits)
    , m_readDeadline(m_socket.get_executor())
    , m_writeDeadline(m_socket.get_executor())
{
    error_code ignored;
    m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void Connection::start()
{
    goOnReading();
}

void Connection::startFull()
{
    refuse(errorResponse(503, u"The server has as many connections as it takes. Try again later."_s,
                         u"server_error"_s, u"too_many_connections"_s));
    read();
}

void Connection::close()
{
    if (m_closed)
        return;
    m_closed = true;
    m_readDeadline.disarm();
    m_writeDeadline.disarm();
    error_code ignored;
    m_socket.close(ignored);
    std::function<void()> clientGone;
    if (m_state == State::Responding && !m_ended) {
        if (const auto exchange = m_exchange.lock())
            exchange->clientGone = true;
        clientGone = std::move(m_onClientGone);
    }
    endExchange();
    m_core->remove(this);
    if (clientGone)
        clientGone();
}

void Connection::closeSoon()
{
    asio::post(m_socket.get_executor(), [self = shared_from_this()] { self->close(); });
}

bool Connection::isOpenExchange(quint64 exchangeId) const
{
    return !m_closed && m_state == State::Responding && exchangeId == m_exchangeId && !m_ended &&
           !m_cutWhenFlushed;
}

// Reading

void Connection::read()
{
    if (m_isReading || m_closed)
        return;
    m_isReading = true;
    m_socket.async_read_some(asio::buffer(m_input), [self = shared_from_this()](
                                                        const error_code &error, std::size_t size) {
        self->m_isReading = false;
        self->onRead(error, size);
    });
}

void Connection::onRead(const error_code &error, std::size_t size)
{
    if (m_closed)
        return;
    if (error) {
        // Who only closed its own direction after a bad request may still read the refusal.
        const bool isAnswered = m_state == State::Responding && m_ended;
        if (error != asio::error::eof || !isAnswered)
            close();
        return;
    }
    const QByteArrayView bytes(m_input.data(), qsizetype(size));
    switch (m_state) {
    case State::Reading:
        m_parser.feed(bytes);
        goOnReading();
        break;
    case State::Responding:
        m_ahead.append(bytes);
        if (m_ahead.size() <= m_core->options.limits.maxHeaderBytes)
            read();
        break;
    case State::Lingering:
        read();
        break;
    }
}

void Connection::goOnReading()
{
    const ServerLimits &limits = m_core->options.limits;
    const auto timedOut = [this] {
        refuse(errorResponse(408, u"The request came too slowly."_s, u"invalid_request_error"_s,
                             u"request_timeout"_s));
    };
    switch (m_parser.state()) {
    case RequestParser::State::Head:
        if (m_parser.isIdle() && m_servedOne) {
            m_readDeadline.arm(limits.keepAliveTimeout, [this] { close(); });
        } else if (!m_isHeadTimed) {
            m_isHeadTimed = true;
            m_readDeadline.arm(limits.headerTimeout, timedOut);
        }
        break;
    case RequestParser::State::Body:
        if (m_parser.takeContinueWish())
            send("HTTP/1.1 100 Continue\r\n\r\n");
        m_readDeadline.arm(limits.bodyIdleTimeout, timedOut);
        break;
    case RequestParser::State::Complete:
        return dispatch();
    case RequestParser::State::Refused:
        refuse(m_parser.refusal());
        break;
    }
    read();
}

void Connection::dispatch()
{
    m_readDeadline.disarm();
    Request request = m_parser.takeRequest();
    m_state = State::Responding;
    m_isHeadTimed = false;
    m_servedOne = true;
    m_isHeadRequest = request.method == "HEAD";
    m_keepAlive = request.keepAlive;
    m_chunkedAllowed = request.chunkedAllowed;
    m_begun = false;
    m_ended = false;
    read();
    auto exchange = std::make_shared<Exchange>(shared_from_this(), ++m_exchangeId);
    m_exchange = exchange;
    m_core->handler(std::move(request), ResponseWriter(std::move(exchange)));
}

void Connection::refuse(const Response &response)
{
    m_readDeadline.disarm();
    m_state = State::Responding;
    ++m_exchangeId;
    m_isHeadRequest = false;
    m_keepAlive = false;
    sendResponse(response);
}

// Responding

void Connection::sendResponse(const Response &response)
{
    m_begun = true;
    m_ended = true;
    send(formatHead(response.status, response.headers + m_core->options.headers, Framing::Length,
                    response.body.size(), m_keepAlive));
    if (!m_isHeadRequest)
        send(response.body);
    endExchange();
}

void Connection::respond(const Exchange &exchange, const Response &response)
{
    if (isOpenExchange(exchange.id) && !m_begun)
        sendResponse(response);
}

void Connection::begin(const Exchange &exchange, int status, const QList<Header> &headers)
{
    if (!isOpenExchange(exchange.id) || m_begun)
        return;
    m_begun = true;
    m_framing = m_chunkedAllowed ? Framing::Chunks : Framing::UntilClose;
    if (m_framing == Framing::UntilClose)
        m_keepAlive = false;
    send(formatHead(status, headers + m_core->options.headers, m_framing, 0, m_keepAlive));
}

void Connection::write(const Exchange &exchange, const QByteArray &data)
{
    if (isOpenExchange(exchange.id) && m_begun && !m_isHeadRequest)
        send(m_framing == Framing::Chunks ? formatChunk(data) : data);
}

void Connection::finish(const Exchange &exchange)
{
    if (!isOpenExchange(exchange.id) || !m_begun)
        return;
    m_ended = true;
    const bool hasLastChunk = m_framing == Framing::Chunks && !m_isHeadRequest;
    send(hasLastChunk ? kLastChunk.toByteArray() : QByteArray());
    endExchange();
}

void Connection::cut(const Exchange &exchange)
{
    if (!isOpenExchange(exchange.id))
        return;
    m_cutWhenFlushed = true;
    send({});
    endExchange();
}

void Connection::abandon(quint64 exchangeId)
{
    if (!isOpenExchange(exchangeId))
        return;
    if (m_begun) {
        m_cutWhenFlushed = true;
        send({});
        endExchange();
    } else {
        sendResponse(errorResponse(500, u"The request was not answered."_s, u"server_error"_s));
    }
}

void Connection::whenClientLeaves(const Exchange &exchange, std::function<void()> callback)
{
    if (exchange.clientGone)
        callback();
    else if (isOpenExchange(exchange.id))
        m_onClientGone = std::move(callback);
}

void Connection::after(const Exchange &exchange, std::chrono::nanoseconds delay,
                       std::function<void()> callback)
{
    if (!isOpenExchange(exchange.id))
        return;
    auto timer = std::make_shared<Timer>(m_socket.get_executor(), delay);
    m_timers.insert(timer);
    timer->async_wait([self = shared_from_this(), timer, exchangeId = exchange.id,
                       callback = std::move(callback)](const error_code &error) {
        self->m_timers.erase(timer);
        if (!error && self->isOpenExchange(exchangeId))
            callback();
    });
}

// Drops what waits for the exchange; the callbacks may hold its writer.
void Connection::endExchange()
{
    for (const auto &timer : std::exchange(m_timers, {}))
        timer->cancel();
    m_onClientGone = {};
}

// Writing

void Connection::send(const QByteArray &bytes)
{
    m_output.append(bytes);
    if (m_isWriting || m_isFlushPosted)
        return;
    // Posted, so that several pieces written in a row leave in one packet.
    m_isFlushPosted = true;
    asio::post(m_socket.get_executor(), [self = shared_from_this()] {
        self->m_isFlushPosted = false;
        self->flush();
    });
}

void Connection::flush()
{
    if (m_closed || m_isWriting)
        return;
    if (m_output.isEmpty())
        return onFlushed();
    m_inFlight = std::exchange(m_output, {});
    m_inFlightSent = 0;
    m_isWriting = true;
    writeSome();
}

void Connection::writeSome()
{
    m_writeDeadline.arm(m_core->options.limits.writeIdleTimeout, [this] { close(); });
    m_socket.async_write_some(
        asio::buffer(m_inFlight.constData() + m_inFlightSent,
                     std::size_t(m_inFlight.size() - m_inFlightSent)),
        [self = shared_from_this()](const error_code &error, std::size_t size) {
            if (self->m_closed)
                return;
            if (error)
                return self->close();
            self->m_inFlightSent += qsizetype(size);
            if (self->m_inFlightSent < self->m_inFlight.size())
                return self->writeSome();
            self->m_isWriting = false;
            self->flush();
        });
}

void Connection::onFlushed()
{
    m_writeDeadline.disarm();
    if (m_cutWhenFlushed)
        close();
    else if (m_state == State::Responding && m_ended)
        endResponse();
}

void Connection::endResponse()
{
    m_inFlight.clear();
    if (!m_keepAlive)
        return linger();
    m_state = State::Reading;
    m_parser.feed(std::exchange(m_ahead, {}));
    goOnReading();
}

// Closing at once while the client still sends would reset the connection and could take the
// response away from it.
void Connection::linger()
{
    m_state = State::Lingering;
    error_code ignored;
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    m_readDeadline.arm(m_core->options.limits.lingerTimeout, [this] { close(); });
    read();
}

} // namespace headgate::http
