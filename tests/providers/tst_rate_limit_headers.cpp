#include "core/providers/rate_limit_headers.h"

#include <QTest>

using namespace headgate;
using namespace headgate::providers;
using std::chrono::milliseconds;

namespace {

const QDateTime kNow(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);

// "name: value" a line.
HttpHead headOf(const QByteArray &lines)
{
    HttpHead head{200, {}};
    for (const QByteArray &line : lines.split('\n')) {
        if (const qsizetype colon = line.indexOf(':'); colon > 0)
            head.headers.append({line.first(colon), line.mid(colon + 1).trimmed()});
    }
    return head;
}

} // namespace

class TestRateLimitHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsResets_data();
    void readsResets();
    void readsEachFamily_data();
    void readsEachFamily();
    void nonsenseIsLeftOut();
    void theTighterTokenLimitCounts();
    void noHeadersNoLimits();
};

void TestRateLimitHeaders::readsResets_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("ms"); // -1: none
    const auto row = [](const char *value, qint64 ms) {
        QTest::newRow(value) << QByteArray(value) << ms;
    };
    QTest::newRow("empty") << QByteArray() << qint64(-1);
    row("6m0s", 360'000);
    row("1.2s", 1200);
    row("120ms", 120);
    row("1h2m3s", 3'723'000);
    row("7.66s", 7660);
    row("30", 30'000);
    row("0", 0);
    row("2026-11-24T12:00:30Z", 30'000);
    row("2026-11-24T13:00:30+01:00", 30'000);
    row("2026-11-24T12:00:30.500Z", 30'500);
    row("2026-11-24T11:00:00Z", 0);
    row("1795521645000", 45'000);
    row("1795521645", 45'000);
    row("99999h", 86'400'000);
    row("-5", -1);
    row("-5s", -1);
    row("nan", -1);
    row("inf", -1);
    row("soon", -1);
    row("5x", -1);
    row("s", -1);
    row("2026-13-99T00:00:00Z", -1);
}

void TestRateLimitHeaders::readsResets()
{
    QFETCH(const QByteArray, value);
    QFETCH(const qint64, ms);
    const auto reset = resetIn(value, kNow);
    QCOMPARE(reset ? reset->count() : -1, ms);
}

void TestRateLimitHeaders::readsEachFamily_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<RateWindow>("requests");
    QTest::addColumn<RateWindow>("tokens");
    QTest::newRow("OpenAI") << QByteArray("x-ratelimit-limit-requests: 60\n"
                                          "X-RateLimit-Remaining-Requests: 59\n"
                                          "x-ratelimit-reset-requests: 1s\n"
                                          "x-ratelimit-limit-tokens: 150000\n"
                                          "x-ratelimit-remaining-tokens: 149984\n"
                                          "x-ratelimit-reset-tokens: 6m0s")
                            << RateWindow{60, 59, milliseconds(1000)}
                            << RateWindow{150'000, 149'984, milliseconds(360'000)};
    QTest::newRow("Azure, seconds") << QByteArray("x-ratelimit-limit-requests: 10\n"
                                                  "x-ratelimit-remaining-requests: 0\n"
                                                  "x-ratelimit-reset-requests: 12")
                                    << RateWindow{10, 0, milliseconds(12'000)} << RateWindow{};
    QTest::newRow("Anthropic") << QByteArray(
                                      "anthropic-ratelimit-requests-limit: 50\n"
                                      "anthropic-ratelimit-requests-remaining: 49\n"
                                      "anthropic-ratelimit-requests-reset: 2026-11-24T12:00:02Z\n"
                                      "anthropic-ratelimit-tokens-limit: 40000\n"
                                      "anthropic-ratelimit-tokens-remaining: 39000\n"
                                      "anthropic-ratelimit-tokens-reset: 2026-11-24T12:00:05Z")
                               << RateWindow{50, 49, milliseconds(2000)}
                               << RateWindow{40'000, 39'000, milliseconds(5000)};
    QTest::newRow("OpenRouter, ms epoch")
        << QByteArray("X-RateLimit-Limit: 20\n"
                      "X-RateLimit-Remaining: 0\n"
                      "X-RateLimit-Reset: 1795521645000")
        << RateWindow{20, 0, milliseconds(45'000)} << RateWindow{};
}

void TestRateLimitHeaders::readsEachFamily()
{
    QFETCH(const QByteArray, lines);
    const RateLimits limits = rateLimitsIn(headOf(lines), kNow);
    QTEST(limits.requests, "requests");
    QTEST(limits.tokens, "tokens");
}

void TestRateLimitHeaders::nonsenseIsLeftOut()
{
    const RateLimits limits = rateLimitsIn(headOf("x-ratelimit-limit-requests: many\n"
                                                  "x-ratelimit-remaining-requests: -1\n"
                                                  "x-ratelimit-reset-requests: tomorrow\n"
                                                  "x-ratelimit-limit-tokens: 1e400"),
                                           kNow);
    QVERIFY(limits.isEmpty());
}

void TestRateLimitHeaders::theTighterTokenLimitCounts()
{
    const RateLimits limits =
        rateLimitsIn(headOf("anthropic-ratelimit-tokens-remaining: 9000\n"
                            "anthropic-ratelimit-input-tokens-remaining: 8000\n"
                            "anthropic-ratelimit-output-tokens-limit: 8000\n"
                            "anthropic-ratelimit-output-tokens-remaining: 0\n"
                            "anthropic-ratelimit-output-tokens-reset: 2026-11-24T12:00:07Z"),
                     kNow);
    QCOMPARE(limits.tokens, (RateWindow{8000, 0, milliseconds(7000)}));
}

void TestRateLimitHeaders::noHeadersNoLimits()
{
    QVERIFY(rateLimitsIn(headOf("content-type: application/json"), kNow).isEmpty());
}

QTEST_GUILESS_MAIN(TestRateLimitHeaders)
#include "tst_rate_limit_headers.moc"
