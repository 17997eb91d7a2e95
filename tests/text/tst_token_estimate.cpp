#include "core/text/token_estimate.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestTokenEstimate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsFourBytesAsOneTokenRoundedUp_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("tokens");
        QTest::newRow("empty") << QString() << qint64(0);
        QTest::newRow("one letter") << u"a"_s << qint64(1);
        QTest::newRow("four letters") << u"abcd"_s << qint64(1);
        QTest::newRow("five letters") << u"abcde"_s << qint64(2);
        QTest::newRow("two bytes a letter") << u"äöüß"_s << qint64(2);
        QTest::newRow("three bytes a character") << u"水門水門"_s << qint64(3);
        QTest::newRow("four bytes an emoji") << u"😀😀"_s << qint64(2);
    }
    void countsFourBytesAsOneTokenRoundedUp()
    {
        QFETCH(const QString, text);
        QFETCH(const qint64, tokens);
        QCOMPARE(text::estimateTokens(text), tokens);
    }

    void agreesWithTheUtf8OfAnyText()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 500; ++round) {
            QString text;
            for (quint32 left = random.bounded(60u); left > 0; --left) {
                char32_t character = random.bounded(0x110000u);
                if (QChar::isSurrogate(character))
                    character = u'x';
                text += QChar::fromUcs4(character);
            }
            QCOMPARE(text::estimateTokens(text), (text.toUtf8().size() + 3) / 4);
        }
    }

    void countsALoneSurrogateAsItsReplacement()
    {
        QCOMPARE(text::estimateTokens(QString(4, QChar(0xD800))), qint64(3));
    }

    void addsAFrameForEachMessage()
    {
        const QList<Message> messages = {{.role = Message::Role::System, .text = u"abcd"_s},
                                         {.role = Message::Role::User, .text = u"abcde"_s}};
        QCOMPARE(text::estimateTokens(messages), qint64(1 + 4 + 2 + 4));
        QCOMPARE(text::estimateTokens(QList<Message>()), qint64(0));
    }
};

QTEST_GUILESS_MAIN(TestTokenEstimate)
#include "tst_token_estimate.moc"
