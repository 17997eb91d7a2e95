#include "core/text/answer_agreement.h"
#include "core/text/plain_words.h"

#include <QElapsedTimer>
#include <QTest>

using namespace headgate::text;
using namespace Qt::StringLiterals;

class TestAnswerAgreement final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesWhatItIsToldTo_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<int>("by");
        QTest::addColumn<double>("expected"); // below 0: none
        const auto row = [](const char *name, const QString &a, const QString &b, AgreementBy by,
                            double expected) {
            QTest::newRow(name) << a << b << int(by) << expected;
        };
        row("the same words", u"It is Paris."_s, u"it is PARIS"_s, AgreementBy::Text, 1);
        row("articles do not count", u"The river"_s, u"a river"_s, AgreementBy::Text, 1);
        row("no word shared", u"Paris"_s, u"Lyon"_s, AgreementBy::Text, 0);
        row("half of the words", u"red green"_s, u"red blue"_s, AgreementBy::Text, 0.5);
        row("a word counts as often as it stands", u"no no no no"_s, u"no"_s, AgreementBy::Text,
            0.4);
        row("both empty", QString(), QString(), AgreementBy::Text, 1);
        row("one empty", QString(), u"yes"_s, AgreementBy::Text, 0);
        row("another script", u"こんにちは。"_s, u"こんにちは"_s, AgreementBy::Text, 1);
        row("the last number", u"First 3, so 1,234"_s, u"= 1234"_s, AgreementBy::Number, 1);
        row("another number", u"42"_s, u"41"_s, AgreementBy::Number, 0);
        row("a share and its percentage", u"45 %"_s, u"0.45"_s, AgreementBy::Number, 1);
        row("no number", u"many"_s, u"3"_s, AgreementBy::Number, -1);
        row("the same letter", u"The answer is (B)."_s, u"b"_s, AgreementBy::Choice, 1);
        row("another letter", u"A"_s, u"The correct option is C"_s, AgreementBy::Choice, 0);
        row("what it comes to is a number", u"9 over 4, so it is 126."_s,
            u"The order does not matter. The answer is 131."_s, AgreementBy::Final, 0);
        row("the same number, otherwise told", u"126"_s,
            u"So there are 126 committees. Good luck!"_s, AgreementBy::Final, 1);
        row("a choice before a number", u"The answer is (C), 12."_s, u"C"_s, AgreementBy::Final, 1);
        row("prose with a number far from its end",
            u"In 1969 people landed. It was far. They came home well."_s,
            u"People landed in 1970. It was far. They came home well."_s, AgreementBy::Final,
            2.0 * 10 / 22);
        row("one has a number, the other none", u"red green"_s, u"red 2"_s, AgreementBy::Final,
            0.5);
        row("no letter", u"none of them"_s, u"A"_s, AgreementBy::Choice, -1);
    }

    void comparesWhatItIsToldTo()
    {
        QFETCH(const QString, a);
        QFETCH(const QString, b);
        QFETCH(const int, by);
        QFETCH(const double, expected);
        for (const auto &[one, other] : {std::pair(a, b), std::pair(b, a)}) {
            const auto agreed = agreementOf(one, other, AgreementBy(by));
            QCOMPARE(agreed.has_value(), expected >= 0);
            if (agreed)
                QVERIFY2(std::abs(*agreed - expected) < 1e-12,
                         qPrintable(QString::number(*agreed)));
        }
    }

    void wordsStandWithoutPunctuation()
    {
        QCOMPARE(plainWords(u"The cat's  45 %, “so”."_s, Articles::Drop),
                 (QStringList{u"cats"_s, u"45"_s, u"%"_s, u"so"_s}));
        QCOMPARE(plainWords(u"The cat"_s, Articles::Keep), (QStringList{u"the"_s, u"cat"_s}));
        QCOMPARE(plainWords(u"A"_s, Articles::Drop), QStringList{u"a"_s});
        QCOMPARE(plainWords(u"?"_s, Articles::Drop), QStringList{u"?"_s});
    }

    void aHugeAnswerIsComparedInNoTime()
    {
        const QString huge = u"word and "_s.repeated(200'000);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(*agreementOf(huge, huge, AgreementBy::Text), 1.0);
        QVERIFY(*agreementOf(huge, u"word"_s, AgreementBy::Text) < 0.001);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestAnswerAgreement)
#include "tst_answer_agreement.moc"
