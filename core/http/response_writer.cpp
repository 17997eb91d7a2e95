#include "core/http/response_writer.h"

#include "core/http/connection.h"

namespace headgate::http {

ResponseWriter::ResponseWriter(std::shared_ptr<Exchange> exchange)
    : m_exchange(std::move(exchange))
{
}

void ResponseWriter::respond(Response response)
{
    m_exchange->connection->post(
        [exchange = m_exchange, response = std::move(response)](Connection &connection) {
            connection.respond(*exchange, response);
        });
}

void ResponseWriter::begin(int status, QList<Header> headers)
{
    m_exchange->connection->post(
        [exchange = m_exchange, status, headers = std::move(headers)](Connection &connection) {
            connection.begin(*exchange, status, headers);
        });
}

void ResponseWriter::write(QByteArray data)
{
    m_exchange->connection->post(
        [exchange = m_exchange, data = std::move(data)](Connection &connection) {
            connection.write(*exchange, data);
        });
}

void ResponseWriter::finish()
{
    m_exchange->connection->post(
        [exchange = m_exchange](Connection &connection) { connection.finish(*exchange); });
}

void ResponseWriter::cut()
{
    m_exchange->connection->post(
        [exchange = m_exchange](Connection &connection) { connection.cut(*exchange); });
}

bool ResponseWriter::isClientGone() const
{
    return m_exchange->clientGone;
}

void ResponseWriter::whenClientLeaves(std::function<void()> callback)
{
    m_exchange->connection->post(
        [exchange = m_exchange, callback = std::move(callback)](Connection &connection) mutable {
            connection.whenClientLeaves(*exchange, std::move(callback));
        });
}

void ResponseWriter::after(std::chrono::nanoseconds delay, std::function<void()> callback)
{
    m_exchange->connection->post([exchange = m_exchange, delay,
                                  callback = std::move(callback)](Connection &connection) mutable {
        connection.after(*exchange, delay, std::move(callback));
    });
}

} // namespace headgate::http
