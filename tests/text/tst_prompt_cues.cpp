#include "core/text/prompt_cues.h"

#include <QSet>
#include <QTest>

using namespace headgate;
using namespace headgate::text;
using namespace Qt::StringLiterals;

namespace {

PromptCues cuesOf(QStringView text)
{
    FoldedText folded;
    fold(text, folded);
    return readPromptCues(text, folded);
}

} // namespace

class TestPromptCues final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCueSpeaksOfItsTextOnly_data()
    {
        QTest::addColumn<int>("cue");
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("less");
        const auto row = [](PromptCue cue, const QString &more, const QString &less) {
            QTest::addRow("%s", qPrintable(promptCueName(cue))) << int(cue) << more << less;
        };
        const QString plain = u"The sky above the port"_s;
        row(PromptCue::Length, plain + plain, plain);
        row(PromptCue::Words, u"a b c d e f g"_s, u"abcdefgabcdefg"_s);
        row(PromptCue::WordLength, u"incomprehensibilities"_s, u"so it is"_s);
        row(PromptCue::Lines, u"one\ntwo\nthree"_s, u"one two three"_s);
        row(PromptCue::Digits, u"12345 and 6"_s, plain);
        row(PromptCue::Numbers, u"1 2 3 go"_s, u"one two three 4 go"_s);
        row(PromptCue::UpperCase, u"STOP IT"_s, u"Stop it"_s);
        row(PromptCue::Punctuation, u"well... (so!)"_s, u"well so"_s);
        row(PromptCue::OtherLetters, u"Привет, мир"_s, u"Hello, world"_s);
        row(PromptCue::Unspaced, u"你好吗"_s, u"how are you"_s);
        row(PromptCue::Code, u"```\nreturn 1;\n```"_s, u"Return the first one"_s);
        row(PromptCue::Formula, u"Solve x^2 + 3x = 4"_s, plain);
        row(PromptCue::Blank, u"The capital is ____."_s, u"The capital is Paris."_s);
        row(PromptCue::Choices, u"Which?\nA. one\nB. two\n(C) three"_s,
            u"Which?\none\ntwo\nthree"_s);
        row(PromptCue::QuestionMark, u"你好吗？"_s, plain);
        row(PromptCue::English, plain, u"Der Himmel über dem Hafen"_s);
        row(PromptCue::What, u"What is it?"_s, u"Say what it is"_s);
        row(PromptCue::Which, u"In which city?"_s, u"In a city"_s);
        row(PromptCue::Who, u"Whose book?"_s, u"My book"_s);
        row(PromptCue::When, u"When did it end?"_s, u"It did end"_s);
        row(PromptCue::Where, u"So. Where is it?"_s, u"So it is where it was"_s);
        row(PromptCue::Why, u"Why?"_s, u"Because"_s);
        row(PromptCue::How, u"How does it work?"_s, u"I know how"_s);
        row(PromptCue::HowMany, u"How many are there?"_s, u"There are many, and how?"_s);
        row(PromptCue::YesOrNo, u"Is it so?"_s, u"It is so"_s);
        row(PromptCue::Instruction, u"Write a poem"_s, u"I want to write"_s);
        row(PromptCue::Negation, u"All of these except one"_s, u"All of these and one"_s);
    }

    void aCueSpeaksOfItsTextOnly()
    {
        QFETCH(const int, cue);
        QFETCH(const QString, more);
        QFETCH(const QString, less);
        const float high = cuesOf(more)[size_t(cue)];
        const float low = cuesOf(less)[size_t(cue)];
        QVERIFY2(high > low, qPrintable(u"%1 against %2"_s.arg(high).arg(low)));
    }

    void everyCueStaysWithinItsRange()
    {
        const QStringList texts{u""_s,
                                u" \n\t"_s,
                                u"?"_s,
                                u"🚀🚀🚀"_s,
                                u"____ = + ^ \\ = = ="_s,
                                u"WHAT WHY HOW MANY NOT"_s,
                                QString(1'000'000, u'7'),
                                u"A. x\n"_s.repeated(100'000),
                                QString(3, QChar(0xDC00))};
        for (const QString &text : texts) {
            for (const float cue : cuesOf(text))
                QVERIFY2(cue >= 0 && cue <= 1, qPrintable(text.left(20)));
        }
        for (const float cue : cuesOf(u""))
            QCOMPARE(cue, 0.0F);
    }

    void everyCueHasANameOfItsOwn()
    {
        QSet<QString> names;
        for (size_t cue = 0; cue < kPromptCues; ++cue)
            names.insert(promptCueName(PromptCue(cue)));
        QCOMPARE(size_t(names.size()), kPromptCues);
        QVERIFY(!names.contains(QString()));
    }
};

QTEST_GUILESS_MAIN(TestPromptCues)
#include "tst_prompt_cues.moc"
