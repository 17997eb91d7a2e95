#include "core/common/money.h"

#include <QTest>

#include <limits>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestMoney final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsDecimalsExactly_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("nanos");
        QTest::newRow("small") << u"0.0000375"_s << qint64(37'500);
        QTest::newRow("whole") << u"12"_s << qint64(12'000'000'000);
        QTest::newRow("negative") << u"-0.5"_s << qint64(-500'000'000);
        QTest::newRow("exponent") << u"1.5e-7"_s << qint64(150);
        QTest::newRow("large exponent") << u"2E3"_s << qint64(2'000'000'000'000);
        QTest::newRow("half rounds up") << u"0.0000000005"_s << qint64(1);
        QTest::newRow("below half") << u"0.00000000049"_s << qint64(0);
        QTest::newRow("negative half") << u"-0.0000000005"_s << qint64(-1);
        QTest::newRow("no leading digit") << u".25"_s << qint64(250'000'000);
        QTest::newRow("spaces around") << u" 1 "_s << qint64(1'000'000'000);
    }
    void readsDecimalsExactly()
    {
        QFETCH(const QString, text);
        QFETCH(const qint64, nanos);
        const auto money = Money::fromDecimal(text);
        QVERIFY(money);
        QCOMPARE(money->nanos(), nanos);
    }

    void refusesWhatIsNoAmount_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", "-", "one", "1,5", "1.2.3", "1e", "1e9999", "NaN", "inf", "99999999999999999999",
              "99999999999999999999.9999999999", "9223372036.8547758075", "0x10", "$5"})
            QTest::addRow("%s", text) << QString::fromUtf8(text);
    }
    void refusesWhatIsNoAmount()
    {
        QFETCH(const QString, text);
        const auto money = Money::fromDecimal(text);
        QVERIFY(!money);
        QCOMPARE(money.error().code, ErrorCode::InvalidInput);
        QVERIFY(money.error().message.contains(text));
    }

    void refusesDoublesOutOfRange()
    {
        QVERIFY(!Money::fromUsd(std::numeric_limits<double>::quiet_NaN()));
        QVERIFY(!Money::fromUsd(std::numeric_limits<double>::infinity()));
        QVERIFY(!Money::fromUsd(1e300));
        QCOMPARE(Money::fromUsd(0.1)->nanos(), qint64(100'000'000));
    }

    void writesWhatItReads()
    {
        for (const qint64 nanos :
             {qint64(0), qint64(1), qint64(-1), qint64(410'000), qint64(1'000'000'000),
              qint64(-1'500'000'000), std::numeric_limits<qint64>::max()}) {
            const QString text = Money::fromNanos(nanos).toDecimal();
            QCOMPARE(Money::fromDecimal(text)->nanos(), nanos);
        }
        QCOMPARE(Money::fromNanos(410'000).toDecimal(), u"0.00041"_s);
        QCOMPARE(Money::fromNanos(12'000'000'000).toDecimal(), u"12"_s);
    }
};

QTEST_GUILESS_MAIN(TestMoney)
#include "tst_money.moc"
