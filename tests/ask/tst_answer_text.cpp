#include "ui/ask/answer_text.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>
#include <QTextBlock>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

class TestAnswerText final : public QObject
{
    Q_OBJECT

private:
    static QString paragraph(int words)
    {
        QString text;
        for (int i = 0; i < words; ++i)
            text += u"word%1 "_s.arg(i);
        return text;
    }

    static QString copied(AnswerText &view)
    {
        view.selectAll();
        view.copy();
        return QApplication::clipboard()->text();
    }

private Q_SLOTS:
    void aVeryLongParagraphIsCopiedAsItCame_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("words") << paragraph(3000);
        QTest::newRow("no spaces") << QString(9001, u'x');
        QTest::newRow("characters of two units") << u"😀"_s.repeated(4000);
        QTest::newRow("lines") << u"one\n\ntwo\n"_s + paragraph(1000) + u"\nthree\n"_s;
        QTest::newRow("markup") << u"<b>not bold</b>\n# no heading"_s;
    }

    void aVeryLongParagraphIsCopiedAsItCame()
    {
        QFETCH(const QString, text);
        AnswerText whole;
        whole.replace(text);
        QCOMPARE(whole.text(), text);
        QCOMPARE(copied(whole), text);
        AnswerText pieces;
        for (qsizetype i = 0; i < text.size(); i += 7)
            pieces.append(text.mid(i, 7));
        QCOMPARE(pieces.text(), text);
        QCOMPARE(copied(pieces), text);
        for (QTextBlock block = pieces.document()->begin(); block.isValid(); block = block.next()) {
            QVERIFY2(block.length() < 2100, qPrintable(QString::number(block.length())));
            QVERIFY(block.text().isEmpty() || !block.text().back().isHighSurrogate());
        }
    }

    void aPartIsCopiedAsAPart()
    {
        AnswerText view;
        const QString text = paragraph(1000);
        view.replace(text);
        QTextCursor cursor = view.textCursor();
        cursor.setPosition(10);
        cursor.setPosition(20, QTextCursor::KeepAnchor);
        view.setTextCursor(cursor);
        view.copy();
        QCOMPARE(QApplication::clipboard()->text(), text.mid(10, 10));
    }

    void replacingForgetsWhatWasThere()
    {
        AnswerText view;
        view.append(paragraph(2000));
        view.replace(u"short"_s);
        QCOMPARE(view.text(), u"short"_s);
        QCOMPARE(view.toPlainText(), u"short"_s);
    }
};

QTEST_MAIN(TestAnswerText)
#include "tst_answer_text.moc"
