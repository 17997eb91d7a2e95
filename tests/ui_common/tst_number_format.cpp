#include "ui/common/number_format.h"

#include <QLocale>
#include <QTest>

#include <limits>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestNumberFormat final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void money_data()
    {
        QTest::addColumn<QString>("amount");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << u"0"_s << u"$0"_s;
        QTest::newRow("hundreds") << u"612.4"_s << u"$612.40"_s;
        QTest::newRow("thousands") << u"1234567.891"_s << u"$1,234,567.89"_s;
        QTest::newRow("one dollar") << u"1"_s << u"$1.00"_s;
        QTest::newRow("cents keep two places") << u"0.2"_s << u"$0.20"_s;
        QTest::newRow("three digits") << u"0.0412345"_s << u"$0.0412"_s;
        QTest::newRow("no trailing zeros") << u"0.00045"_s << u"$0.00045"_s;
        QTest::newRow("rounds away from zero") << u"0.0012350"_s << u"$0.00124"_s;
        QTest::newRow("carries") << u"0.0009996"_s << u"$0.001"_s;
        QTest::newRow("carries to a dollar") << u"0.9996"_s << u"$1.00"_s;
        QTest::newRow("a nano-dollar") << u"0.000000001"_s << u"$0.000000001"_s;
        QTest::newRow("negative") << u"-0.0031"_s << u"−$0.0031"_s;
    }

    void money()
    {
        QFETCH(const QString, amount);
        QFETCH(const QString, text);
        QCOMPARE(formatMoney(Money::fromDecimal(amount).value()), text);
    }

    void theGreatestAmountsFit()
    {
        const auto most = std::numeric_limits<qint64>::max();
        const auto least = std::numeric_limits<qint64>::min();
        QCOMPARE(formatMoney(Money::fromNanos(most)), u"$9,223,372,036.85"_s);
        QCOMPARE(formatMoney(Money::fromNanos(least)), u"−$9,223,372,036.85"_s);
    }

    void differencesHaveASign()
    {
        QCOMPARE(formatDifference(Money::fromNanos(24'100'000)), u"+$0.0241"_s);
        QCOMPARE(formatDifference(Money::fromNanos(-3'100'000)), u"−$0.0031"_s);
        QCOMPARE(formatDifference(Money()), u"$0"_s);
    }

    void unknownIsNeverZero()
    {
        QCOMPARE(formatMoney(std::optional<Money>()), u"unknown"_s);
        QCOMPARE(formatDifference(std::optional<Money>()), u"unknown"_s);
        QCOMPARE(formatPercent(std::numeric_limits<double>::quiet_NaN()), u"unknown"_s);
    }

    void durations_data()
    {
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("text");
        const auto row = [](std::chrono::nanoseconds duration, const QString &text) {
            QTest::newRow(qPrintable(text)) << qint64(duration.count()) << text;
        };
        row(0ns, u"0 ms"_s);
        row(700ns, u"< 0.1 ms"_s);
        row(430us, u"0.4 ms"_s);
        row(31ms, u"31 ms"_s);
        row(420ms, u"0.42 s"_s);
        row(1714ms, u"1.71 s"_s);
        row(9996ms, u"10.0 s"_s);
        row(12'400ms, u"12.4 s"_s);
        row(125s, u"2 min 5 s"_s);
    }

    void durations()
    {
        QFETCH(const qint64, nanoseconds);
        QFETCH(const QString, text);
        QCOMPARE(formatDuration(std::chrono::nanoseconds(nanoseconds)), text);
    }

    void percentages()
    {
        QCOMPARE(formatPercent(0.6567), u"65.7 %"_s);
        QCOMPARE(formatPercent(0.61, 0), u"61 %"_s);
        QCOMPARE(formatPercent(-0.05), u"−5.0 %"_s);
        QCOMPARE(formatPercent(-0.0001), u"0.0 %"_s);
    }

    void theLocaleSetsMarksAndPlaces()
    {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(formatCount(18204), u"18.204"_s);
        QVERIFY(formatMoney(Money::fromNanos(41'200'000)).startsWith(u"0,0412"_s));
        QCOMPARE(formatDuration(420ms), u"0,42 s"_s);
    }

    void tokensAndPrices()
    {
        QCOMPARE(formatTokens(1285), u"1,285 tok"_s);
        const Price price{.input = Money::fromNanos(50'000'000),
                          .output = Money::fromNanos(200'000'000),
                          .cachedInput = {},
                          .cacheWrite = {}};
        QCOMPARE(formatPrice(price), u"$0.05 / $0.20 per 1M"_s);
    }
};

QTEST_MAIN(TestNumberFormat)
#include "tst_number_format.moc"
