#include "core/http/server_core.h"

namespace headgate::http {

bool ServerCore::add(const std::shared_ptr<Connection> &connection)
{
    const std::lock_guard lock(m_mutex);
    if (m_stopped)
        return false;
    m_connections.emplace(connection.get(), connection);
    return true;
}

void ServerCore::remove(const Connection *connection)
{
    const std::lock_guard lock(m_mutex);
    m_connections.erase(connection);
}

int ServerCore::connectionCount() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_connections.size());
}

std::vector<std::shared_ptr<Connection>> ServerCore::stop()
{
    const std::lock_guard lock(m_mutex);
    m_stopped = true;
    std::vector<std::shared_ptr<Connection>> left;
    for (const auto &[address, connection] : m_connections) {
        if (auto alive = connection.lock())
            left.push_back(std::move(alive));
    }
    return left;
}

} // namespace headgate::http
