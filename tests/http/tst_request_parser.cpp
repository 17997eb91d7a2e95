#include "core/http/request_parser.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate::http;
using State = RequestParser::State;

namespace {

ServerLimits smallLimits()
{
    ServerLimits limits;
    limits.maxHeaderBytes = 300;
    limits.maxBodyBytes = 64;
    return limits;
}

const QByteArray kChunked = "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "5\r\nhello\r\n6;note=1\r\n world\r\n0\r\nX-Late: 1\r\n\r\n";
const QByteArray kThree = "GET /a?b=c HTTP/1.1\r\nHost: x\r\nX-One:  two words \r\n\r\n" +
                          kChunked +
                          "PUT /c HTTP/1.1\r\nhOsT: y\r\nContent-Length: 3\r\nConnection: "
                          "close\r\n\r\nabc";

void checkThree(const QList<Request> &requests)
{
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests[0].method, QByteArray("GET"));
    QCOMPARE(requests[0].target, QByteArray("/a?b=c"));
    QCOMPARE(requests[0].path(), QByteArray("/a"));
    QCOMPARE(requests[0].header("x-ONE"), QByteArray("two words"));
    QVERIFY(requests[0].body.isEmpty());
    QVERIFY(requests[0].keepAlive);
    QCOMPARE(requests[1].body, QByteArray("hello world"));
    QVERIFY(requests[1].header("x-late").isEmpty()); // a trailer is no header
    QCOMPARE(requests[2].method, QByteArray("PUT"));
    QCOMPARE(requests[2].body, QByteArray("abc"));
    QCOMPARE(requests[2].header("host"), QByteArray("y"));
    QVERIFY(!requests[2].keepAlive);
}

} // namespace

class TestRequestParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anySplitOfTheBytesGivesTheSameRequests()
    {
        QRandomGenerator random(42);
        for (int round = 0; round < 300; ++round) {
            RequestParser parser{ServerLimits()};
            QList<Request> requests;
            const int most = round == 0 ? int(kThree.size()) : 1 + round % 40;
            for (qsizetype at = 0; at < kThree.size();) {
                const qsizetype size =
                    std::min(kThree.size() - at, qsizetype(1 + random.bounded(most)));
                parser.feed(QByteArrayView(kThree).sliced(at, size));
                at += size;
                while (parser.state() == State::Complete)
                    requests.append(parser.takeRequest());
                QVERIFY(parser.state() != State::Refused);
            }
            checkThree(requests);
            QVERIFY(parser.isIdle());
        }
    }

    void waitsForTheWholeBody()
    {
        RequestParser parser{ServerLimits()};
        QCOMPARE(parser.feed("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab"),
                 State::Body);
        QVERIFY(!parser.isIdle());
        QCOMPARE(parser.feed("cd"), State::Complete);
        QCOMPARE(parser.takeRequest().body, QByteArray("abcd"));
    }

    void saysOnceThatTheClientWaitsForContinue()
    {
        RequestParser parser{ServerLimits()};
        parser.feed(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        QVERIFY(parser.takeContinueWish());
        QVERIFY(!parser.takeContinueWish());
    }

    void allowsBlankLinesBeforeARequest()
    {
        RequestParser parser{ServerLimits()};
        QCOMPARE(parser.feed("\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"), State::Complete);
    }

    void knowsHttp10()
    {
        RequestParser parser{ServerLimits()};
        QCOMPARE(parser.feed("GET / HTTP/1.0\r\n\r\n"), State::Complete);
        const Request request = parser.takeRequest();
        QVERIFY(!request.keepAlive);
        QVERIFY(!request.chunkedAllowed);
    }

    void refusesWhatCouldBeSmuggledOrIsTooLarge_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status = 400) {
            QTest::newRow(name) << bytes << status;
        };
        const QByteArray post = "POST / HTTP/1.1\r\nHost: x\r\n";
        row("no HTTP", "hello\r\n\r\n");
        row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15));
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        row("wrong version", "GET / HTTP/3.7\r\nHost: x\r\n\r\n");
        row("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n");
        row("one bare line feed", "GET / HTTP/1.1\r\nHost: x\nX-A: 1\r\n\r\n");
        row("folded line", "GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n  2\r\n\r\n");
        row("space before colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n");
        row("header without colon", "GET / HTTP/1.1\r\nHost\r\n\r\n");
        row("no host", "GET / HTTP/1.1\r\n\r\n");
        row("two hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n");
        row("absolute target", "GET http://evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n");
        row("connect", "CONNECT evil.example:80 HTTP/1.1\r\nHost: x\r\n\r\n");
        row("length and chunks", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n");
        row("chunks and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n");
        row("two lengths", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n");
        row("two equal lengths", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\n");
        row("negative length", post + "Content-Length: -3\r\n\r\n");
        row("signed length", post + "Content-Length: +3\r\n\r\n");
        row("length is no number", post + "Content-Length: 3x\r\n\r\n");
        row("bad chunk size", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n");
        row("huge chunk size", post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n");
        row("endless chunk extension",
            post + "Transfer-Encoding: chunked\r\n\r\n1;" + QByteArray(400, 'x'));
        row("large head", "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + QByteArray(300, 'x') + "\r\n\r\n",
            431);
        row("endless head", "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + QByteArray(300, 'x'), 431);
        row("announced large body", post + "Content-Length: 65\r\n\r\n", 413);
        row("absurd length", post + "Content-Length: 1000000000000\r\n\r\n", 413);
        row("large chunks",
            post + "Transfer-Encoding: chunked\r\n\r\n41\r\n" + QByteArray(65, 'x') + "\r\n", 413);
    }

    void refusesWhatCouldBeSmuggledOrIsTooLarge()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, status);
        for (const qsizetype step : {bytes.size(), qsizetype(1)}) {
            RequestParser parser(smallLimits());
            for (qsizetype at = 0; at < bytes.size(); at += step)
                parser.feed(QByteArrayView(bytes).sliced(at, step));
            QCOMPARE(parser.state(), State::Refused);
            QCOMPARE(parser.refusal().status, status);
            QVERIFY(parser.refusal().body.contains("\"message\""));
        }
    }

    void takesWhatIsJustWithinTheLimits()
    {
        RequestParser parser(smallLimits());
        parser.feed("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 64\r\n\r\n");
        QCOMPARE(parser.feed(QByteArray(64, 'x')), State::Complete);
        QCOMPARE(parser.takeRequest().body.size(), 64);
    }

    void noiseNeverGetsThrough()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 2000; ++round) {
            QByteArray bytes = kThree;
            for (int flips = 1 + round % 4; flips > 0; --flips)
                bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
            RequestParser parser(smallLimits());
            parser.feed(bytes);
            int requests = 0;
            for (; parser.state() == State::Complete; ++requests)
                QVERIFY(parser.takeRequest().target.startsWith('/'));
            QVERIFY(requests <= 4);
        }
    }
};

QTEST_GUILESS_MAIN(TestRequestParser)
#include "tst_request_parser.moc"
