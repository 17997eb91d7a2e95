#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QUrl>

#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QSslConfiguration;
class QTcpServer;
class QTcpSocket;
QT_END_NAMESPACE

namespace headgate::test {

// What a server does with one request, step by step. After the last step the connection stays open,
// and the next request on it plays the next script.
class Script
{
public:
    Script &send(const QByteArray &bytes);
    // In pieces of `size` bytes, each in a write of its own, with a pause between them.
    Script &sendInPieces(const QByteArray &bytes, qsizetype size,
                         std::chrono::milliseconds pause = {});
    // Again and again until the client leaves.
    Script &sendForEver(const QByteArray &bytes, std::chrono::milliseconds pause);
    Script &wait(std::chrono::milliseconds duration);
    Script &halfClose(); // no more is sent, the client may still write
    Script &close();     // after what was sent has left
    Script &reset();     // RST, at once
    // Starts when the connection is accepted, without waiting for a request. Let it wait before it
    // resets: a client's socket that was reset before it knew of its connection connects anew.
    Script &atOnce();

private:
    friend class ScriptedConnection;
    friend class ScriptedServer;
    struct Step
    {
        enum class Kind { Send, SendForEver, Wait, HalfClose, Close, Reset };
        Kind kind = Kind::Send;
        QByteArray bytes;
        std::chrono::milliseconds pause{};
    };
    QList<Step> m_steps;
    bool m_atOnce = false;
};

// A server on 127.0.0.1 that does exactly what its scripts say, on the caller's thread. It plays
// one script a request in the order given; the last one again for all that follow.
class ScriptedServer final : public QObject
{
    Q_OBJECT

public:
    explicit ScriptedServer(QList<Script> scripts);
    // With TLS.
    ScriptedServer(QList<Script> scripts, const QSslConfiguration &tls);
    ~ScriptedServer() override;

    QUrl url(const QString &path = {}) const;
    quint16 port() const;

    // Each request as it came: head and body.
    const QList<QByteArray> &requests() const { return m_requests; }
    int accepted() const { return m_accepted; }
    int openConnections() const { return m_open; }
    // When the last connection went, on a clock that `elapsedMs` reads; -1 while one is open.
    qint64 lastClosedMs() const { return m_open == 0 ? m_lastClosedMs : -1; }
    qint64 elapsedMs() const { return m_clock.elapsed(); }

private:
    friend class ScriptedConnection;
    void listen(QList<Script> scripts);
    void accept();
    Script nextScript();
    bool nextStartsAtOnce() const;

    std::unique_ptr<QTcpServer> m_server;
    QList<Script> m_scripts;
    qsizetype m_played = 0;
    QList<QByteArray> m_requests;
    QElapsedTimer m_clock;
    int m_accepted = 0;
    int m_open = 0;
    qint64 m_lastClosedMs = -1;
};

} // namespace headgate::test
