#include "core/evaluation/line_source.h"
#include "tests/support/written_file.h"

#include <QTest>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

class TestLineSource final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreGivenWithoutTheirEnds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("lines");
        const QByteArrayList two{"one", "two"};
        QTest::newRow("empty") << QByteArray() << QByteArrayList();
        QTest::newRow("LF at the end") << QByteArray("one\ntwo\n") << two;
        QTest::newRow("no end") << QByteArray("one\ntwo") << two;
        QTest::newRow("CRLF") << QByteArray("one\r\ntwo\r\n") << two;
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFone\ntwo") << two;
        QTest::newRow("empty line") << QByteArray("one\n\ntwo") << QByteArrayList{"one", "", "two"};
        QTest::newRow("longer than a block") << QByteArray(1'000'000, 'x') + "\ntwo"
                                             << QByteArrayList{QByteArray(1'000'000, 'x'), "two"};
    }

    void linesAreGivenWithoutTheirEnds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, lines);
        for (const QByteArray &bytes : {text, test::gzipped(text)}) {
            auto source = LineSource::open(m_files.write(bytes));
            QVERIFY(source);
            QByteArrayList found;
            for (;;) {
                const auto line = source->next();
                QVERIFY(line);
                if (!*line)
                    break;
                found.append((*line)->toByteArray());
                QCOMPARE(source->lineNumber(), found.size());
            }
            QCOMPARE(found, lines);
        }
    }

    void aGzipFileThatIsCutSaysSo()
    {
        QByteArray text;
        for (int i = 0; i < 50'000; ++i)
            text += QByteArray::number(i * 7919) + "\n";
        const QByteArray whole = test::gzipped(text);
        auto source = LineSource::open(m_files.write(whole.first(whole.size() / 2)));
        QVERIFY(source);
        qint64 lines = 0;
        for (;;) {
            const auto line = source->next();
            if (!line) {
                QCOMPARE(line.error().code, ErrorCode::Damaged);
                QVERIFY(line.error().message.contains(u"cut short"));
                break;
            }
            QVERIFY2(*line, "the end came without a word");
            ++lines;
        }
        QVERIFY(lines < 50'000);
    }

    void aLineWithoutEndIsRefused()
    {
        auto source = LineSource::open(m_files.write(
            test::gzipped("short\n" + QByteArray(LineSource::kLongestLine + 1'000'000, 'x'))));
        QVERIFY(source);
        QVERIFY(source->next());
        const auto line = source->next();
        QVERIFY(!line);
        QVERIFY2(line.error().message.contains(u"Line 2"), qPrintable(line.error().message));
    }

    void aFileThatIsNotThereIsNamed()
    {
        const auto source = LineSource::open(m_files.pathOf(u"none.jsonl"_s));
        QVERIFY(!source);
        QVERIFY(source.error().message.contains(u"none.jsonl"));
    }

private:
    test::WrittenFiles m_files;
};

QTEST_GUILESS_MAIN(TestLineSource)
#include "tst_line_source.moc"
