#include "core/http/http_server.h"
#include "tests/support/scarcity.h"

#include <QHostAddress>
#include <QMutex>
#include <QNetworkInterface>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <sys/socket.h>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace headgate;
using namespace headgate::http;

namespace {

constexpr int kPatienceMs = 10'000;

std::unique_ptr<HttpServer> makeServer(HttpServer::Handler handler, ServerLimits limits = {})
{
    ServerOptions options;
    options.limits = limits;
    options.headers = {{"x-test", "yes"}};
    return HttpServer::start(std::move(handler), options).value();
}

void echo(const Request &request, ResponseWriter writer)
{
    writer.respond({200,
                    {{"content-type", "text/plain"}},
                    request.method + ' ' + request.target + ' ' + request.body});
}

// A client that sends bytes as they are.
class Client
{
public:
    explicit Client(const HttpServer &server)
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
        m_isConnected = m_socket.waitForConnected(kPatienceMs);
    }
    bool isConnected() const { return m_isConnected; }
    QTcpSocket &socket() { return m_socket; }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.waitForBytesWritten(kPatienceMs);
    }
    // All bytes until the text has come, or the connection ended, or the patience.
    QByteArray readUntil(const QByteArray &text)
    {
        while (!m_received.contains(text) && m_socket.waitForReadyRead(kPatienceMs))
            m_received += m_socket.readAll();
        return m_received;
    }
    QByteArray readAll()
    {
        while (m_socket.state() == QAbstractSocket::ConnectedState &&
               m_socket.waitForReadyRead(kPatienceMs))
            m_received += m_socket.readAll();
        m_received += m_socket.readAll();
        return m_received;
    }
    bool isClosedByServer()
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState ||
               m_socket.waitForDisconnected(kPatienceMs);
    }

private:
    QTcpSocket m_socket;
    bool m_isConnected = false;
    QByteArray m_received;
};

QByteArray exchange(const HttpServer &server, const QByteArray &bytes)
{
    Client client(server);
    client.send(bytes);
    return client.readAll();
}

QByteArray get(const QByteArray &path, const QByteArray &more = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

const QByteArray kClose = "Connection: close\r\n";

} // namespace

class TestHttpServer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAndKeepsTheConnection()
    {
        const auto server = makeServer(echo);
        Client client(*server);
        client.send(get("/one"));
        const QByteArray first = client.readUntil("GET /one ");
        QVERIFY(first.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(first.contains("content-length: 9\r\n"));
        QVERIFY(first.contains("x-test: yes\r\n"));
        QVERIFY(first.contains("connection: keep-alive\r\n"));
        client.send("POST /two HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
        QVERIFY(client.readUntil("POST /two hello").contains("POST /two hello"));
        QCOMPARE(server->connectionCount(), 1);
    }

    void answersPipelinedRequestsInOrder()
    {
        std::atomic<int> calls = 0;
        const auto server = makeServer([&calls](const Request &request, ResponseWriter writer) {
            // The first is the slowest; its answer must come first all the same.
            writer.after(calls++ == 0 ? 50ms : 0ms, [request, writer]() { echo(request, writer); });
        });
        const QByteArray all = exchange(*server, get("/1") + get("/2") + get("/3", kClose));
        const qsizetype one = all.indexOf("GET /1 ");
        const qsizetype two = all.indexOf("GET /2 ");
        const qsizetype three = all.indexOf("GET /3 ");
        QVERIFY(one > 0 && two > one && three > two);
    }

    void closesWhenAsked()
    {
        const auto server = makeServer(echo);
        QVERIFY(exchange(*server, get("/", kClose)).contains("connection: close"));
        QVERIFY(exchange(*server, "GET / HTTP/1.0\r\n\r\n").contains("GET / "));
    }

    void streamsInChunks()
    {
        const auto server = makeServer([](const Request &, ResponseWriter writer) {
            writer.begin(200, {{"content-type", "text/event-stream"}});
            writer.write("data: a\n\n");
            writer.write({});
            writer.after(20ms, [writer]() mutable {
                writer.write("data: b\n\n");
                writer.finish();
                writer.write("too late");
            });
        });
        const QByteArray all = exchange(*server, get("/", kClose));
        QVERIFY(all.contains("transfer-encoding: chunked\r\n"));
        QVERIFY(all.endsWith("\r\n\r\n9\r\ndata: a\n\n\r\n9\r\ndata: b\n\n\r\n0\r\n\r\n"));
    }

    void streamsToHttp10UntilTheEnd()
    {
        const auto server = makeServer([](const Request &, ResponseWriter writer) {
            writer.begin(200, {});
            writer.write("plain");
            writer.finish();
        });
        const QByteArray all = exchange(*server, "GET / HTTP/1.0\r\n\r\n");
        QVERIFY(!all.contains("chunked"));
        QVERIFY(all.endsWith("\r\n\r\nplain"));
    }

    void sendsAPieceBeforeTheNextIsWritten()
    {
        const auto server = makeServer([](const Request &, ResponseWriter writer) {
            writer.begin(200, {});
            writer.write("first");
            writer.after(1h, [writer]() mutable { writer.finish(); });
        });
        Client client(*server);
        client.send(get("/"));
        QVERIFY(client.readUntil("first").contains("first"));
    }

    void headHasNoBody()
    {
        const auto server = makeServer(echo);
        const QByteArray all =
            exchange(*server, "HEAD /x HTTP/1.1\r\nHost: x\r\n" + kClose + "\r\n");
        QVERIFY(all.contains("content-length: 8\r\n"));
        QVERIFY(all.endsWith("\r\n\r\n"));
    }

    void valuesCannotAddHeaders()
    {
        const auto server = makeServer([](const Request &, ResponseWriter writer) {
            writer.respond({200, {{"x-a", "1\r\nx-evil: 2"}}, "ok"});
        });
        QVERIFY(!exchange(*server, get("/", kClose)).contains("\r\nx-evil"));
    }

    void invitesTheBodyOfAClientThatWaits()
    {
        const auto server = makeServer(echo);
        Client client(*server);
        client.send(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        QVERIFY(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 100 Continue\r\n\r\n"));
        client.send("ok");
        QVERIFY(client.readUntil("POST / ok").contains("POST / ok"));
    }

    void anUnansweredRequestGetsStatus500()
    {
        const auto server = makeServer([](const Request &, ResponseWriter) {});
        QVERIFY(exchange(*server, get("/", kClose)).startsWith("HTTP/1.1 500 "));
    }

    void aStreamThatIsDroppedOrCutHasNoEnd()
    {
        const auto server = makeServer([](const Request &request, ResponseWriter writer) {
            writer.begin(200, {});
            writer.write("half");
            if (request.target == "/cut")
                writer.cut();
        });
        for (const auto *path : {"/cut", "/drop"}) {
            const QByteArray all = exchange(*server, get(path));
            QVERIFY(all.contains("half"));
            QVERIFY(!all.contains("0\r\n\r\n"));
        }
    }

    void listensOnLoopbackOnly()
    {
        const auto server = makeServer(echo);
        for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
            if (address == QHostAddress(QHostAddress::LocalHost))
                continue;
            QTcpSocket socket;
            socket.connectToHost(address, server->port());
            QVERIFY2(!socket.waitForConnected(200), qPrintable(address.toString()));
        }
        QVERIFY(Client(*server).isConnected());
    }

    void aTakenPortIsAnErrorThatNamesIt()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        ServerOptions options;
        options.port = other.serverPort();
        const auto server = HttpServer::start(echo, options);
        QVERIFY(!server);
        QCOMPARE(server.error().code, ErrorCode::Busy);
        QVERIFY(server.error().message.contains(QString::number(other.serverPort())));
    }

    void withoutAThreadItDoesNotStartAndSaysSo()
    {
        {
            const test::NoThreads none;
            const auto server = HttpServer::start(echo, {});
            QVERIFY(!server);
            QCOMPARE(server.error().code, ErrorCode::LimitReached);
            QVERIFY(server.error().message.contains(u"no further thread"_s));
        }
        QVERIFY(HttpServer::start(echo, {}));
    }

    void malformedRequestsAreRefusedAndTheConnectionClosed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("status");
        const QByteArray post = "POST / HTTP/1.1\r\nHost: x\r\n";
        QTest::newRow("noise") << QByteArray("\x01\x02\x03\r\n\r\n") << QByteArray("400");
        QTest::newRow("length and chunks")
            << post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + get("/smuggled")
            << QByteArray("400");
        QTest::newRow("large body") << post + "Content-Length: 40000000\r\n\r\n"
                                    << QByteArray("413");
        QTest::newRow("large head") << post + "X-A: " + QByteArray(70'000, 'x') + "\r\n\r\n"
                                    << QByteArray("431");
    }

    void malformedRequestsAreRefusedAndTheConnectionClosed()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, status);
        std::atomic<int> calls = 0;
        const auto server = makeServer([&calls](const Request &request, ResponseWriter writer) {
            ++calls;
            echo(request, writer);
        });
        Client client(*server);
        client.send(bytes);
        const QByteArray all = client.readAll();
        QVERIFY2(all.startsWith("HTTP/1.1 " + status), all);
        QVERIFY(all.contains("connection: close\r\n") && all.contains("x-test: yes\r\n"));
        QVERIFY(all.contains("{\"error\":"));
        QVERIFY(client.isClosedByServer());
        QCOMPARE(calls, 0);
    }

    void aLargeBodyArrivesWhole()
    {
        const auto server = makeServer([](const Request &request, ResponseWriter writer) {
            writer.respond({200, {}, QByteArray::number(request.body.size())});
        });
        const QByteArray body(8 * 1024 * 1024, 'x');
        const QByteArray all = exchange(*server, "POST / HTTP/1.1\r\nHost: x\r\n" + kClose +
                                                     "Content-Length: 8388608\r\n\r\n" + body);
        QVERIFY(all.endsWith("\r\n\r\n8388608"));
    }

    void aSlowHeadIsEndedWhileOthersAreServed()
    {
        ServerLimits limits;
        limits.headerTimeout = 100ms;
        const auto server = makeServer(echo, limits);
        Client silent(*server);
        Client slow(*server);
        slow.send("GET / HTTP/1.1\r\nHo");
        QVERIFY(exchange(*server, get("/live", kClose)).contains("GET /live "));
        // Further bytes must not lengthen the time.
        slow.send("st");
        QVERIFY(slow.readAll().startsWith("HTTP/1.1 408 "));
        QVERIFY(silent.readAll().startsWith("HTTP/1.1 408 "));
        QVERIFY(slow.isClosedByServer());
    }

    void aBodyThatStopsComingIsEnded()
    {
        ServerLimits limits;
        limits.bodyIdleTimeout = 50ms;
        const auto server = makeServer(echo, limits);
        Client client(*server);
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
        QVERIFY(client.readAll().startsWith("HTTP/1.1 408 "));
    }

    void anIdleConnectionIsClosed()
    {
        ServerLimits limits;
        limits.keepAliveTimeout = 50ms;
        const auto server = makeServer(echo, limits);
        Client client(*server);
        client.send(get("/"));
        QVERIFY(client.readAll().startsWith("HTTP/1.1 200 "));
        QVERIFY(client.isClosedByServer());
    }

    void aClientThatDoesNotReadIsClosed()
    {
        ServerLimits limits;
        limits.writeIdleTimeout = 100ms;
        std::atomic<bool> left = false;
        const auto server = makeServer(
            [&left](const Request &, ResponseWriter writer) {
                writer.whenClientLeaves([&left] { left = true; });
                writer.begin(200, {});
                writer.write(QByteArray(64 * 1024 * 1024, 'x'));
                writer.after(1h, [writer]() mutable { writer.finish(); });
            },
            limits);
        Client client(*server);
        client.socket().setReadBufferSize(1024);
        client.send(get("/"));
        QVERIFY(QTest::qWaitFor([&] { return left.load(); }, kPatienceMs));
    }

    void moreConnectionsThanAllowedGet503()
    {
        ServerLimits limits;
        limits.maxConnections = 2;
        const auto server = makeServer(echo, limits);
        auto first = std::make_unique<Client>(*server);
        Client second(*server);
        first->send(get("/1"));
        second.send(get("/2"));
        QVERIFY(first->readUntil("GET /1 ").contains("GET /1 "));
        QVERIFY(second.readUntil("GET /2 ").contains("GET /2 "));
        QVERIFY(exchange(*server, get("/3")).startsWith("HTTP/1.1 503 "));
        first.reset();
        QVERIFY(QTest::qWaitFor([&] { return server->connectionCount() == 1; }, kPatienceMs));
        QVERIFY(exchange(*server, get("/4", kClose)).contains("GET /4 "));
    }

    void aClientThatLeavesIsNoticed_data()
    {
        QTest::addColumn<bool>("isHalfClosed");
        QTest::newRow("closed") << false;
        QTest::newRow("half closed") << true;
    }

    void aClientThatLeavesIsNoticed()
    {
        QFETCH(const bool, isHalfClosed);
        std::atomic<bool> left = false;
        std::atomic<bool> ticked = false;
        std::optional<ResponseWriter> kept;
        QMutex mutex;
        const auto server = makeServer([&](const Request &, ResponseWriter writer) {
            const QMutexLocker lock(&mutex);
            kept = writer;
            writer.whenClientLeaves([&left] { left = true; });
            writer.begin(200, {});
            writer.write("first");
            writer.after(1h, [&ticked] { ticked = true; });
        });
        Client client(*server);
        client.send(get("/"));
        QVERIFY(client.readUntil("first").contains("first"));
        QVERIFY(!left);
        if (isHalfClosed)
            QCOMPARE(::shutdown(int(client.socket().socketDescriptor()), SHUT_WR), 0);
        else
            client.socket().abort();
        QVERIFY(QTest::qWaitFor([&] { return left.load(); }, kPatienceMs));
        QVERIFY(kept->isClientGone());
        kept->write("for nobody");
        kept->finish();
        QVERIFY(QTest::qWaitFor([&] { return server->connectionCount() == 0; }, kPatienceMs));
        QVERIFY(!ticked);
    }

    void aWriterMayBeUsedFromAnotherThreadAndOutliveTheServer()
    {
        std::optional<ResponseWriter> kept;
        std::atomic<bool> isKept = false;
        auto server = makeServer([&](const Request &, ResponseWriter writer) {
            kept = writer;
            isKept = true;
        });
        Client client(*server);
        client.send(get("/"));
        QVERIFY(QTest::qWaitFor([&] { return isKept.load(); }, kPatienceMs));
        std::thread other([&kept] {
            kept->begin(200, {});
            for (int i = 0; i < 100; ++i)
                kept->write("x");
        });
        other.join();
        client.readUntil("x");
        server->stop();
        QVERIFY(kept->isClientGone());
        server.reset();
        kept->write("late");
        kept->finish();
        kept.reset();
        QVERIFY(client.isClosedByServer());
    }

    void servesManyStreamsAtOnceOnTwoThreads()
    {
        const auto server = makeServer([](const Request &request, ResponseWriter writer) {
            writer.begin(200, {});
            writer.write("start");
            writer.after(50ms, [request, writer]() mutable {
                writer.write("[" + request.target + "]");
                writer.finish();
            });
        });
        std::vector<std::unique_ptr<Client>> clients;
        for (int i = 0; i < 100; ++i) {
            clients.push_back(std::make_unique<Client>(*server));
            clients.back()->send(get("/" + QByteArray::number(i), kClose));
        }
        for (int i = 0; i < 100; ++i)
            QVERIFY(clients[size_t(i)]->readAll().contains("[/" + QByteArray::number(i) + "]"));
    }

    void stopsWithConnectionsInEveryState()
    {
        auto server = makeServer([](const Request &, ResponseWriter writer) {
            writer.begin(200, {});
            writer.write("first");
            writer.after(1h, [writer]() mutable { writer.finish(); });
        });
        Client idle(*server);
        Client half(*server);
        half.send("GET / HT");
        Client streaming(*server);
        streaming.send(get("/"));
        streaming.readUntil("first");
        server->stop();
        server->stop();
        QCOMPARE(server->connectionCount(), 0);
        for (Client *client : {&idle, &half, &streaming})
            QVERIFY(client->isClosedByServer());
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"
