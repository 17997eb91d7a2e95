#include "core/evaluation/datasets/csv_reader.h"
#include "tests/support/written_file.h"

#include <QTest>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

class TestCsvReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsAreReadAsTheRfcHasIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("records"); // fields joined with |, records with ;
        QTest::newRow("plain") << QByteArray("a,b\nc,d\n") << u"a|b;c|d"_s;
        QTest::newRow("CRLF, no end") << QByteArray("a,b\r\nc,d") << u"a|b;c|d"_s;
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF\"a\",b") << u"a|b"_s;
        QTest::newRow("quoted separator") << QByteArray("\"a,b\",c") << u"a,b|c"_s;
        QTest::newRow("doubled marks")
            << QByteArray("\"say \"\"hi\"\"\",\"\"\"\"") << u"say \"hi\"|\""_s;
        QTest::newRow("line ends inside")
            << QByteArray("\"a\n\nb\",c\r\n\"d\r\ne\",f") << u"a\n\nb|c;d\ne|f"_s;
        QTest::newRow("mark right behind a line end") << QByteArray("\"a\n\",b") << u"a\n|b"_s;
        QTest::newRow("empty fields") << QByteArray(",,\n\"\",x,") << u"||;|x|"_s;
        QTest::newRow("white lines") << QByteArray("a,b\n\n \nc,d") << u"a|b;c|d"_s;
        QTest::newRow("a mark within") << QByteArray("5\" pipe,b") << u"5\" pipe|b"_s;
        QTest::newRow("spaces are kept") << QByteArray(" a , b") << u" a | b"_s;
        QTest::newRow("empty") << QByteArray() << QString();
    }

    void recordsAreReadAsTheRfcHasIt()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, records);
        CsvReader reader(LineSource::open(m_files.write(text)).value(), ',');
        QStringList found;
        for (;;) {
            const auto record = reader.next();
            QVERIFY2(record, record ? "" : qPrintable(record.error().message));
            if (!*record)
                break;
            QStringList fields;
            for (const QByteArrayView field : **record)
                fields.append(QString::fromUtf8(field));
            found.append(fields.join(u'|'));
        }
        QCOMPARE(found.join(u';'), records);
    }

    void aRecordIsCountedAsASpreadsheetCounts()
    {
        CsvReader reader(LineSource::open(m_files.write("h\n\"a\nb\"\n\nc\n")).value(), ',');
        QList<qint64> numbers;
        while (*reader.next())
            numbers.append(reader.recordNumber());
        QCOMPARE(numbers, (QList<qint64>{1, 2, 4}));
    }

    void whatIsNoCsvIsRefusedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("complaint");
        QTest::newRow("never closed")
            << QByteArray("a\n\"b\nc\n") << u"Line 2: a quotation mark is opened and never"_s;
        QTest::newRow("text behind") << QByteArray("a\n\"b\"c\n") << u"Line 2: text follows"_s;
    }

    void whatIsNoCsvIsRefusedWithItsLine()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, complaint);
        CsvReader reader(LineSource::open(m_files.write(text)).value(), ',');
        QVERIFY(*reader.next());
        const auto record = reader.next();
        QVERIFY(!record);
        QVERIFY2(record.error().message.startsWith(complaint), qPrintable(record.error().message));
    }

    void aQuotationThatNeverEndsIsGivenUp()
    {
        QByteArray text("\"");
        for (int i = 0; i < 70; ++i)
            text += QByteArray(1'000'000, 'x') + "\n";
        CsvReader reader(LineSource::open(m_files.write(text)).value(), ',');
        const auto record = reader.next();
        QVERIFY(!record);
        QVERIFY2(record.error().message.contains(u"64 MB"), qPrintable(record.error().message));
    }

    void theSeparatorIsFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<char>("separator");
        QTest::newRow("comma") << QByteArray("a,b\n1,2\n") << ',';
        QTest::newRow("semicolon") << QByteArray("a;b\n\"1;5\";2,0\n") << ';';
        QTest::newRow("tab") << QByteArray("a\tb, c\nd\te\n") << '\t';
        QTest::newRow("commas in texts")
            << QByteArray("a;b\nwell, yes;no\none, two, three;4\n") << ';';
        QTest::newRow("one column") << QByteArray("prompt\nhello\n") << ',';
        QTest::newRow("quoted") << QByteArray("\"a\";\"b\"\n\"x,y\";\"z\"\n") << ';';
    }

    void theSeparatorIsFound()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const char, separator);
        QCOMPARE(findSeparator(m_files.write(text)).value(), separator);
    }

private:
    test::WrittenFiles m_files;
};

QTEST_GUILESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
