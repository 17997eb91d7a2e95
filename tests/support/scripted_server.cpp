#include "tests/support/scripted_server.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace headgate::test {

Script &Script::send(const QByteArray &bytes)
{
    m_steps.append({Step::Kind::Send, bytes, {}});
    return *this;
}

Script &Script::sendInPieces(const QByteArray &bytes, qsizetype size, milliseconds pause)
{
    for (qsizetype at = 0; at < bytes.size(); at += size) {
        send(bytes.mid(at, size));
        if (pause.count() > 0)
            wait(pause);
    }
    return *this;
}

Script &Script::sendForEver(const QByteArray &bytes, milliseconds pause)
{
    m_steps.append({Step::Kind::SendForEver, bytes, pause});
    return *this;
}

Script &Script::wait(milliseconds duration)
{
    m_steps.append({Step::Kind::Wait, {}, duration});
    return *this;
}

Script &Script::halfClose()
{
    m_steps.append({Step::Kind::HalfClose, {}, {}});
    return *this;
}

Script &Script::close()
{
    m_steps.append({Step::Kind::Close, {}, {}});
    return *this;
}

Script &Script::reset()
{
    m_steps.append({Step::Kind::Reset, {}, {}});
    return *this;
}

Script &Script::atOnce()
{
    m_atOnce = true;
    return *this;
}

// One accepted connection; owns its socket and deletes itself when that is gone.
class ScriptedConnection final : public QObject
{
public:
    ScriptedConnection(ScriptedServer *server, QTcpSocket *socket)
        : QObject(server)
        , m_server(server)
        , m_socket(socket)
    {
        m_socket->setParent(this);
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &ScriptedConnection::play);
        connect(m_socket, &QTcpSocket::readyRead, this, &ScriptedConnection::read);
        connect(m_socket, &QTcpSocket::disconnected, this, &ScriptedConnection::gone);
        if (server->nextStartsAtOnce())
            begin(server->nextScript());
        read();
    }

private:
    void read()
    {
        if (m_gone)
            return;
        m_received += m_socket->readAll();
        while (!m_gone && !m_playing) {
            const qsizetype headEnd = m_received.indexOf("\r\n\r\n");
            if (headEnd < 0)
                return;
            const qsizetype size = headEnd + 4 + contentLength(m_received.first(headEnd));
            if (m_received.size() < size)
                return;
            m_server->m_requests.append(m_received.first(size));
            m_received.remove(0, size);
            begin(m_server->nextScript());
        }
    }

    static qsizetype contentLength(const QByteArray &head)
    {
        for (const QByteArray &line : head.split('\n')) {
            if (line.toLower().startsWith("content-length:"))
                return line.mid(15).trimmed().toLongLong();
        }
        return 0;
    }

    void begin(const Script &script)
    {
        m_steps = script.m_steps;
        m_playing = true;
        play();
    }

    void play()
    {
        while (!m_gone && !m_steps.isEmpty()) {
            const Script::Step step = m_steps.first();
            if (step.kind != Script::Step::Kind::SendForEver)
                m_steps.removeFirst();
            if (!perform(step)) {
                m_timer.start(step.pause);
                return;
            }
        }
        if (!m_gone && std::exchange(m_playing, false))
            read();
    }

    // False: go on after the step's pause.
    bool perform(const Script::Step &step)
    {
        using Kind = Script::Step::Kind;
        switch (step.kind) {
        case Kind::Send:
        case Kind::SendForEver:
            // A client that does not read must not fill our memory.
            if (m_socket->bytesToWrite() < 4 * 1024 * 1024)
                m_socket->write(step.bytes);
            m_socket->flush();
            return step.kind == Kind::Send;
        case Kind::Wait:
            return false;
        case Kind::HalfClose:
            m_socket->flush();
            ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
            return true;
        case Kind::Close:
            m_socket->disconnectFromHost();
            return true;
        case Kind::Reset: {
            m_socket->flush();
            const linger now{1, 0};
            ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now,
                         sizeof now);
            m_socket->abort();
            gone();
            return true;
        }
        }
        return true;
    }

    void gone()
    {
        if (std::exchange(m_gone, true))
            return;
        m_timer.stop();
        --m_server->m_open;
        m_server->m_lastClosedMs = m_server->m_clock.elapsed();
        deleteLater();
    }

    ScriptedServer *m_server = nullptr;
    QTcpSocket *m_socket = nullptr;
    QTimer m_timer;
    QByteArray m_received;
    QList<Script::Step> m_steps;
    bool m_playing = false;
    bool m_gone = false;
};

ScriptedServer::ScriptedServer(QList<Script> scripts)
    : m_server(std::make_unique<QTcpServer>())
{
    listen(std::move(scripts));
}

ScriptedServer::ScriptedServer(QList<Script> scripts, const QSslConfiguration &tls)
{
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    m_server = std::move(server);
    listen(std::move(scripts));
}

ScriptedServer::~ScriptedServer()
{
    // The connections count themselves out while the server still stands.
    const auto connections = findChildren<QTcpSocket *>();
    for (QTcpSocket *socket : connections)
        socket->abort();
}

void ScriptedServer::listen(QList<Script> scripts)
{
    m_scripts = std::move(scripts);
    m_clock.start();
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &ScriptedServer::accept);
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("no port to listen on: %s", qPrintable(m_server->errorString()));
}

void ScriptedServer::accept()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        ++m_accepted;
        ++m_open;
        new ScriptedConnection(this, socket);
    }
}

bool ScriptedServer::nextStartsAtOnce() const
{
    return m_scripts.at(qMin(m_played, m_scripts.size() - 1)).m_atOnce;
}

Script ScriptedServer::nextScript()
{
    return m_scripts.at(qMin(m_played++, m_scripts.size() - 1));
}

QUrl ScriptedServer::url(const QString &path) const
{
    const QString scheme = qobject_cast<QSslServer *>(m_server.get()) ? u"https"_s : u"http"_s;
    return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(scheme).arg(port()).arg(path));
}

quint16 ScriptedServer::port() const
{
    return m_server->serverPort();
}

} // namespace headgate::test
