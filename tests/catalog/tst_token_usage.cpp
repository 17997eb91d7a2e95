#include "core/catalog/token_usage.h"

#include <QTest>

#include <limits>

using namespace headgate;
using namespace headgate::catalog;
using namespace Qt::StringLiterals;

namespace {

Money usd(const QString &text)
{
    return Money::fromDecimal(text).value();
}

Price price(const QString &input, const QString &output)
{
    return {usd(input), usd(output)};
}

} // namespace

class TestTokenUsage final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Every shape of usage that a provider reports, with its cost worked out by hand.
    void costsWhatTheHandSays_data()
    {
        QTest::addColumn<TokenUsage>("usage");
        QTest::addColumn<Price>("price");
        QTest::addColumn<QString>("cost");

        Price openAi = price(u"2.5"_s, u"10"_s);
        openAi.cachedInput = usd(u"1.25"_s);
        QTest::newRow("plain") << TokenUsage{.freshInput = 1000, .output = 200}
                               << price(u"2.5"_s, u"10"_s) << u"0.0045"_s;
        QTest::newRow("cached input")
            << TokenUsage{.freshInput = 1000, .cacheRead = 3000, .output = 200} << openAi
            << u"0.00825"_s;
        QTest::newRow("reasoning is part of the output")
            << TokenUsage{.freshInput = 10, .output = 1000, .reasoning = 900} << openAi
            << u"0.010025"_s;
        Price dearThoughts = openAi;
        dearThoughts.reasoning = usd(u"3"_s);
        QTest::newRow("reasoning at a price of its own")
            << TokenUsage{.freshInput = 10, .output = 1000, .reasoning = 900} << dearThoughts
            << u"0.003725"_s; // 25 + 100 x 10 + 900 x 3 millionths
        Price cacheWriting = openAi;
        cacheWriting.cacheWrite = usd(u"3.125"_s);
        QTest::newRow("cache writes of the OpenAI family")
            << TokenUsage{.freshInput = 1, .cacheRead = 2, .cacheWrite5m = 4, .output = 8}
            << cacheWriting << u"0.0000975"_s;

        // 9,992 fresh at 1.25, 128 cached at 0.20, 4,308 out at 2.50
        Price xai = price(u"1.25"_s, u"2.50"_s);
        xai.cachedInput = usd(u"0.20"_s);
        QTest::newRow("xAI, reasoning beside the completion")
            << TokenUsage{.freshInput = 10120 - 128,
                          .cacheRead = 128,
                          .output = 1499 + 2809,
                          .reasoning = 2809}
            << xai << u"0.0232856"_s;

        Price deepSeek = price(u"0.435"_s, u"0.87"_s);
        deepSeek.cachedInput = usd(u"0.003625"_s);
        QTest::newRow("DeepSeek, hits and misses")
            << TokenUsage{.freshInput = 17, .cacheRead = 1001, .output = 3} << deepSeek
            << u"0.000013634"_s; // 7,395 + 3,628.625 + 2,610 nano-dollars

        Price anthropic = price(u"3"_s, u"15"_s);
        anthropic.cachedInput = usd(u"0.3"_s);
        anthropic.cacheWrite = usd(u"3.75"_s);
        anthropic.cacheWrite1h = usd(u"6"_s);
        QTest::newRow("Anthropic, two lives of a cache") << TokenUsage{.freshInput = 5,
                                                                       .cacheRead = 2000,
                                                                       .cacheWrite5m = 300,
                                                                       .cacheWrite1h = 100,
                                                                       .output = 50}
                                                         << anthropic << u"0.00309"_s;
        QTest::newRow("Gemini, thoughts and tool prompts")
            << TokenUsage{.freshInput = 900 + 20, .cacheRead = 100, .output = 70 + 30} << openAi
            << u"0.003425"_s;
        QTest::newRow("Ollama, free")
            << TokenUsage{.freshInput = 26, .output = 298} << price(u"0"_s, u"0"_s) << u"0"_s;
        QTest::newRow("embedding")
            << TokenUsage{.freshInput = 8191} << price(u"0.02"_s, u"0"_s) << u"0.00016382"_s;
        QTest::newRow("nothing used") << TokenUsage{} << openAi << u"0"_s;
    }
    void costsWhatTheHandSays()
    {
        QFETCH(const TokenUsage, usage);
        QFETCH(const Price, price);
        QFETCH(const QString, cost);
        QCOMPARE(costOf(usage, price).toDecimal(), cost);
    }

    void missingPricesFallBackToTheDearerNeighbour()
    {
        const Price bare = price(u"1"_s, u"0"_s);
        QCOMPARE(costOf({.cacheRead = 1'000'000}, bare), usd(u"1"_s));
        QCOMPARE(costOf({.cacheWrite5m = 1'000'000}, bare), usd(u"1"_s));
        QCOMPARE(costOf({.cacheWrite1h = 1'000'000}, bare), usd(u"1"_s));
        Price writing = bare;
        writing.cacheWrite = usd(u"1.25"_s);
        QCOMPARE(costOf({.cacheWrite1h = 1'000'000}, writing), usd(u"1.25"_s));
        writing.cacheWrite1h = usd(u"2"_s);
        QCOMPARE(costOf({.cacheWrite5m = 1'000'000, .cacheWrite1h = 1'000'000}, writing),
                 usd(u"3.25"_s));
    }

    void roundsOnceAndHalfUp()
    {
        const Price tiny{Money::fromNanos(1), Money::fromNanos(1)};
        QCOMPARE(costOf({.freshInput = 499'999}, tiny).nanos(), 0);
        QCOMPARE(costOf({.freshInput = 500'000}, tiny).nanos(), 1);
        // Rounded apart, each half would come to nothing.
        QCOMPARE(costOf({.freshInput = 250'000, .output = 250'000}, tiny).nanos(), 1);
        QCOMPARE(costOf({.freshInput = 1'499'999}, tiny).nanos(), 1);
    }

    void stopsAtTheEndOfItsRange()
    {
        constexpr qint64 most = std::numeric_limits<qint64>::max();
        const Price dear{Money::fromNanos(most), Money::fromNanos(most)};
        const TokenUsage many{most, most, most, most, most, 0, false};
        QCOMPARE(costOf(many, dear).nanos(), most);
        QCOMPARE(costOf({.freshInput = most}, {Money::fromNanos(1'000'000), {}}).nanos(), most);
        QCOMPARE(costOf({.freshInput = most}, {Money::fromNanos(999'999), {}}).nanos(),
                 9'223'362'813'482'738'952);
    }

    void negativeFiguresCountAsNothing()
    {
        QCOMPARE(costOf({.freshInput = -5, .output = 1'000'000}, price(u"1"_s, u"1"_s)),
                 usd(u"1"_s));
        QCOMPARE(costOf({.freshInput = 1'000'000}, price(u"-1"_s, u"0"_s)), Money());
        Price thinking = price(u"0"_s, u"1"_s);
        thinking.reasoning = usd(u"5"_s);
        // Reasoning beyond the output is none.
        QCOMPARE(costOf({.output = 1'000'000, .reasoning = 2'000'000}, thinking), usd(u"5"_s));
        QCOMPARE(costOf({.output = 1'000'000, .reasoning = -1}, thinking), usd(u"1"_s));
    }
};

QTEST_GUILESS_MAIN(TestTokenUsage)
#include "tst_token_usage.moc"
