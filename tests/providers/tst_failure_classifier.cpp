#include "core/providers/failure_classifier.h"
#include "core/providers/retry_after.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::providers;
using std::chrono::milliseconds;

namespace {

class FixedClock final : public Clock
{
public:
    std::chrono::nanoseconds steadyNow() const override { return {}; }
    QDateTime utcNow() const override
    {
        return QDateTime(QDate(2026, 11, 23), QTime(12, 0), Qt::UTC);
    }
    QCoro::Task<> sleep(milliseconds, std::stop_token) override { co_return; }
};

// JSON with ' for ", since moc loses classes beside raw strings.
QByteArray q(const char *json)
{
    return QByteArray(json).replace('\'', '"');
}

constexpr const char *kKey = "sk-canary-0123456789";

Endpoint endpointWithKey()
{
    Endpoint endpoint;
    endpoint.name = u"mine"_s;
    endpoint.baseUrl = QUrl(u"https://api.example.com/v1"_s);
    endpoint.keyVariable = u"MINE_API_KEY"_s;
    return endpoint;
}

struct Case
{
    int status = 0;
    QByteArray body;
    QByteArray header; // "name: value"
};

CallFailure failureOf(const Case &given)
{
    static const Endpoint endpoint = endpointWithKey();
    static const SecretKey key{QByteArray(kKey)};
    static const FixedClock clock;
    HttpHead head{given.status, {}};
    if (const qsizetype colon = given.header.indexOf(':'); colon > 0)
        head.headers.append({given.header.first(colon), given.header.mid(colon + 1).trimmed()});
    return FailureClassifier(endpoint, key, clock).ofStatus(head, given.body);
}

QString adviceName(Advice advice)
{
    return advice == Advice::Retry ? u"retry"_s : advice == Advice::Next ? u"next"_s : u"stop"_s;
}

} // namespace

class TestFailureClassifier final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void classifiesStatuses_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("verdict"); // "class advice"
        const auto row = [](const char *name, int status, const QByteArray &body,
                            const QString &verdict, const QByteArray &header = {}) {
            QTest::newRow(name) << status << body << header << verdict;
        };
        for (const int status : {408, 409, 425, 498, 500, 502, 503, 504, 520, 524, 529, 599})
            row(QByteArray::number(status), status, {}, u"transient retry"_s);
        row("400", 400, {}, u"request stop"_s);
        row("401", 401, {}, u"auth next"_s);
        row("402", 402, {}, u"credit next"_s);
        row("403", 403, {}, u"permission next"_s);
        row("404", 404, {}, u"not_found next"_s);
        row("405", 405, {}, u"request stop"_s);
        row("413", 413, {}, u"too_large next"_s);
        row("422", 422, {}, u"request stop"_s);
        row("429", 429, {}, u"rate retry"_s);
        for (const int status : {300, 301, 302, 303, 304, 307, 308})
            row(QByteArray::number(status), status, {}, u"redirect stop"_s,
                "Location: https://evil.example/");
        row("quota", 429, q("{'error':{'message':'m','type':'insufficient_quota'}}"),
            u"credit next"_s);
        row("spend limit", 400, q("{'error':{'message':'You have reached your spend limit.'}}"),
            u"credit next"_s);
        row("bad key as 400", 400,
            q("[{'error':{'code':400,'message':'m','status':'INVALID_ARGUMENT',"
              "'details':[{'reason':'API_KEY_INVALID'}]}}]"),
            u"auth next"_s);
        row("context too long", 400,
            q("{'error':{'message':'m','code':'context_length_exceeded'}}"), u"capability next"_s);
        row("context too long, in words", 400,
            q("{'error':{'message':'This model\\u0027s maximum context length is 8192 tokens.'}}"),
            u"capability next"_s);
        row("unknown parameter", 400,
            q("{'error':{'message':'Unknown parameter: x.','param':'x'}}"), u"capability next"_s);
        row("extra field", 422,
            q("{'detail':[{'loc':['body','x'],'msg':'m','type':'extra_forbidden'}]}"),
            u"capability next"_s);
        row("no images", 400, q("{'error':'image input is not supported'}"), u"capability next"_s);
        row("moderated 403", 403,
            q("{'error':{'code':403,'message':'m','metadata':{'reasons':['x']}}}"),
            u"moderation stop"_s);
        row("content filter", 400, q("{'error':{'message':'m','code':'content_filter'}}"),
            u"moderation stop"_s);
        row("told to retry", 400, {}, u"request retry"_s, "x-should-retry: true");
        row("told not to retry", 503, {}, u"transient next"_s, "x-should-retry: false");
        row("never retries a redirect", 307, {}, u"redirect stop"_s, "x-should-retry: true");
        row("short wait", 429, {}, u"rate retry"_s, "Retry-After: 60");
        row("long wait", 429, {}, u"rate next"_s, "Retry-After: 61");
        row("odd body", 500, "\xFF\xFE{{{", u"transient retry"_s);
        row("html", 502, "<html><title>Bad\n Gateway</title>", u"transient retry"_s);
    }

    void classifiesStatuses()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, header);
        QFETCH(const QString, verdict);
        const CallFailure failure = failureOf({status, body, header});
        QCOMPARE(failureClassName(failure.failureClass) + u' ' + adviceName(failure.advice),
                 verdict);
        QCOMPARE(failure.httpStatus, status);
        QVERIFY(failure.message.contains(u"mine"_s));
    }

    void readsHowLongToWait_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("ms"); // -1: none
        const auto row = [](const QByteArray &header, int ms) {
            QTest::newRow(header) << header << ms;
        };
        row("Retry-After: 2", 2000);
        row("retry-after: 1.5", 1500);
        row("Retry-After: 0", 0);
        row("retry-after-ms: 120.2", 121);
        row("Retry-After: 999999", 3'600'000);
        row("Retry-After: -3", -1);
        row("Retry-After: soon", -1);
        row("Retry-After: nan", -1);
        row("Retry-After: inf", -1);
        row("Retry-After:", -1);
        row("Retry-After: Mon, 23 Nov 2026 12:00:03 GMT", 3000);
        row("Retry-After: Sun, 23 Nov 2026 12:00:03 GMT", 3000);
        row("Retry-After: Mon, 23 Nov 2026 11:59:59 GMT", -1);
        row("Retry-After: Mon, 23 Nov 2099 12:00:00 GMT", 3'600'000);
        row("Retry-After: Mon, 99 Nov 2026 12:00:00 GMT", -1);
    }

    void readsHowLongToWait()
    {
        QFETCH(const QByteArray, header);
        QFETCH(const int, ms);
        const CallFailure failure = failureOf({503, {}, header});
        QCOMPARE(failure.retryAfter ? int(failure.retryAfter->count()) : -1, ms);
    }

    void aSkewedClockIsMadeGoodByTheServersOwn()
    {
        const HttpHead head{429,
                            {{"Date", "Tue, 01 Jan 2030 00:00:00 GMT"},
                             {"Retry-After", "Tue, 01 Jan 2030 00:00:07 GMT"}}};
        QCOMPARE(retryAfter(head, FixedClock().utcNow()), milliseconds(7000));
    }

    void millisecondsComeBeforeSeconds()
    {
        const HttpHead head{429, {{"Retry-After", "9"}, {"Retry-After-Ms", "250"}}};
        QCOMPARE(retryAfter(head, FixedClock().utcNow()), milliseconds(250));
    }

    void keepsTheProvidersOwnWords()
    {
        const CallFailure failure = failureOf(
            {400, q("{'error':{'message':'no such thing','type':'t','code':'c','param':'p'}}"),
             "X-Request-Id: req-1"});
        QCOMPARE(failure.detail, u"no such thing [t, c, p]"_s);
        QCOMPARE(failure.requestId, u"req-1"_s);
        QCOMPARE(failureOf({502, "<HTML><Title >Bad\n  Gateway</title>x", {}}).detail,
                 u"Bad Gateway [html]"_s);
        QCOMPARE(failureOf({500, "plain words", {}}).detail, u"plain words"_s);
        QVERIFY(failureOf({500, {}, {}}).detail.isEmpty());
    }

    void namesWhatTheUserCanDo()
    {
        QVERIFY(failureOf({401, {}, {}}).message.contains(u"MINE_API_KEY"_s));
        QVERIFY(failureOf({302, {}, "Location: http://evil.example/x?key=1"})
                    .message.contains(u"http://evil.example/x"_s));
    }

    void detailIsShort()
    {
        const QString detail =
            failureOf({500, QByteArray("\xE2\x82\xAC").repeated(9000), {}}).detail;
        QVERIFY(detail.toUtf8().size() <= 8 * 1024);
        QVERIFY(detail.size() > 2000 && !detail.contains(QChar(0xFFFD)));
    }

    void theKeyIsTakenOutOfEverything_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("header");
        const QByteArray key = kKey;
        QTest::newRow("message") << 401 << "{\"error\":{\"message\":\"Bad key " + key + "\"}}"
                                 << QByteArray();
        QTest::newRow("code") << 400 << "{\"error\":{\"message\":\"m\",\"code\":\"" + key + "\"}}"
                              << QByteArray();
        QTest::newRow("escaped") << 400 << q("{'error':{'message':'\\u0073k-canary-0123456789'}}")
                                 << QByteArray();
        QTest::newRow("unknown shape")
            << 400 << q("{'a':{'b':['\\u0073k-canary-0123456789']}}") << QByteArray();
        QTest::newRow("text") << 500 << "you sent " + key << QByteArray();
        QTest::newRow("html") << 502 << "<title>" + key + "</title>" << QByteArray();
        QTest::newRow("at the cut") << 500 << QByteArray(8 * 1024 - 10, 'x') + key << QByteArray();
        QTest::newRow("request id") << 500 << QByteArray() << "X-Request-Id: " + key;
        QTest::newRow("request id at the cut")
            << 500 << QByteArray() << "X-Request-Id: " + QByteArray(190, 'x') + key;
        QTest::newRow("target") << 302 << QByteArray() << "Location: https://evil.example/" + key;
    }

    void theKeyIsTakenOutOfEverything()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, header);
        const CallFailure failure = failureOf({status, body, header});
        const QString all = failure.message + failure.detail + failure.requestId;
        QVERIFY2(!all.contains(u"sk-canary"_s), qPrintable(all));
    }

    void namesOfClassesAreStable()
    {
        QSet<QString> names;
        for (int i = 0; i <= int(FailureClass::Cancelled); ++i)
            names.insert(failureClassName(FailureClass(i)));
        QCOMPARE(names.size(), int(FailureClass::Cancelled) + 1);
        QVERIFY(!names.contains(QString()));
    }
};

QTEST_GUILESS_MAIN(TestFailureClassifier)
#include "tst_failure_classifier.moc"
