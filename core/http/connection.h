#pragma once

#include "core/http/request_parser.h"
#include "core/http/response_format.h"
#include "core/http/server_core.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <set>

namespace headgate::http {

// One request on its connection, from the handler's call to the last copy of its writer.
class Exchange
{
public:
    Exchange(std::shared_ptr<Connection> owner, quint64 exchangeId)
        : connection(std::move(owner))
        , id(exchangeId)
    {
    }
    ~Exchange();
    Q_DISABLE_COPY_MOVE(Exchange)

    const std::shared_ptr<Connection> connection;
    const quint64 id;
    std::atomic<bool> clientGone = false;
};

// A timer that can be set anew; what an older setting would have called is never called.
class Deadline
{
public:
    explicit Deadline(const boost::asio::ip::tcp::socket::executor_type &executor)
        : m_timer(executor)
    {
    }
    void arm(std::chrono::milliseconds delay, std::function<void()> expired);
    void disarm();

private:
    boost::asio::steady_timer m_timer;
    std::shared_ptr<quint64> m_setting = std::make_shared<quint64>(0);
};

// One socket: reads requests one after another, answers each before the next. While it answers it
// reads on, which is how it sees that the client left. All of it runs on the socket's strand.
class Connection final : public std::enable_shared_from_this<Connection>
{
public:
    Connection(boost::asio::ip::tcp::socket socket, std::shared_ptr<ServerCore> core);

    void start();
    // Answers 503 whatever the client wants.
    void startFull();
    void close();
    // Closes on the strand, from any thread, also when the server takes no more work.
    void closeSoon();

    // Runs work(connection) on the strand; from any thread.
    template<typename Work>
    void post(Work &&work)
    {
        m_core->post(m_socket.get_executor(),
                     [self = shared_from_this(), work = std::forward<Work>(work)]() mutable {
                         work(*self);
                     });
    }

    // For the writer of an exchange; nothing happens where the exchange is over.
    void respond(const Exchange &exchange, const Response &response);
    void begin(const Exchange &exchange, int status, const QList<Header> &headers);
    void write(const Exchange &exchange, const QByteArray &data);
    void finish(const Exchange &exchange);
    void cut(const Exchange &exchange);
    void abandon(quint64 exchangeId);
    void whenClientLeaves(const Exchange &exchange, std::function<void()> callback);
    void after(const Exchange &exchange, std::chrono::nanoseconds delay,
               std::function<void()> callback);

private:
    enum class State { Reading, Responding, Lingering };
    using Timer = boost::asio::steady_timer;

    bool isOpenExchange(quint64 exchangeId) const;
    void read();
    void onRead(const boost::system::error_code &error, std::size_t size);
    void goOnReading();
    void dispatch();
    void refuse(const Response &response);
    void send(const QByteArray &bytes);
    void flush();
    void writeSome();
    void onFlushed();
    void endResponse();
    void linger();
    void sendResponse(const Response &response);
    void endExchange();

    const std::shared_ptr<ServerCore> m_core; // declared first: destroyed after the socket
    boost::asio::ip::tcp::socket m_socket;
    RequestParser m_parser;
    Deadline m_readDeadline;
    Deadline m_writeDeadline;
    std::set<std::shared_ptr<Timer>> m_timers;

    State m_state = State::Reading;
    bool m_closed = false;
    bool m_isReading = false;
    bool m_isHeadTimed = false;
    bool m_servedOne = false;
    std::array<char, 16 * 1024> m_input{};
    QByteArray m_ahead; // came while a response was under way

    quint64 m_exchangeId = 0;
    std::weak_ptr<Exchange> m_exchange;
    std::function<void()> m_onClientGone;
    Framing m_framing = Framing::Length;
    bool m_isHeadRequest = false;
    bool m_keepAlive = true;
    bool m_chunkedAllowed = true;
    bool m_begun = false;
    bool m_ended = false;
    bool m_cutWhenFlushed = false;

    QByteArray m_output;   // waits
    QByteArray m_inFlight; // is being written
    qsizetype m_inFlightSent = 0;
    bool m_isWriting = false;
    bool m_isFlushPosted = false;
};

} // namespace headgate::http
