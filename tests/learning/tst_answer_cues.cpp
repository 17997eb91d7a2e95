#include "core/learning/answer_cues.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace headgate::learning;
using namespace headgate::text;
using namespace Qt::StringLiterals;

namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

AnswerCues cuesOf(QStringView question, QStringView answer, float confidence = kUnknown)
{
    FoldedText asked;
    FoldedText said;
    fold(question, asked);
    fold(answer, said);
    AnswerScratch scratch;
    return readAnswerCues(asked, answer, said, confidence, scratch);
}

float cue(AnswerCue cue, QStringView answer,
          QStringView question = u"Tom has 3 apples and 4 pears.")
{
    return cuesOf(question, answer)[size_t(cue)];
}

} // namespace

class TestAnswerCues final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusalsAreTold_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("refuses");
        QTest::newRow("sorry") << u"I'm sorry, but no."_s << true;
        QTest::newRow("cannot") << u"I cannot help with that."_s << true;
        QTest::newRow("can't") << u"As an AI, I can't say."_s << true;
        QTest::newRow("unable") << u"I am unable to answer."_s << true;
        QTest::newRow("an answer") << u"He has 7 fruits."_s << false;
        QTest::newRow("can") << u"I can see that it is 7."_s << false;
        QTest::newRow("later on") << u"%1 I cannot"_s.arg(u"word "_s.repeated(20)) << false;
        QTest::newRow("empty") << QString() << false;
    }
    void refusalsAreTold()
    {
        QFETCH(QString, answer);
        QFETCH(bool, refuses);
        QCOMPARE(cue(AnswerCue::Refusal, answer), refuses ? 1.0F : 0.0F);
    }

    void theWordsOfQuestionAndAnswerAreCompared()
    {
        QCOMPARE(cue(AnswerCue::FromQuestion, u"apples bananas"), 0.5F);
        QCOMPARE(cue(AnswerCue::OfQuestion, u"apples pears", u"apples and pears"), 2 / 3.0F);
        QCOMPARE(cue(AnswerCue::Numbers, u"3 + 4 = 7"), 2 / 3.0F);
        QCOMPARE(cue(AnswerCue::LastNumber, u"3 + 4 = 7"), 0.0F);
        QCOMPARE(cue(AnswerCue::LastNumber, u"so 4"), 1.0F);
        QCOMPARE(cue(AnswerCue::Repeated, u"no no no no"), 0.75F);
        QVERIFY(cue(AnswerCue::Longer, u"word "_s.repeated(50)) > 0.5F);
        QVERIFY(cue(AnswerCue::Longer, u"word") < 0.5F);
    }

    void theFormIsRead()
    {
        QCOMPARE(cue(AnswerCue::Empty, u" \n"), 1.0F);
        QCOMPARE(cue(AnswerCue::Choice, u"(B)"), 1.0F);
        QCOMPARE(cue(AnswerCue::Choice, u"Both"), 0.0F);
        QCOMPARE(cue(AnswerCue::Unfinished, u"and then he"), 1.0F);
        QCOMPARE(cue(AnswerCue::Unfinished, u"and then he left. "), 0.0F);
        QCOMPARE(cue(AnswerCue::Doubt, u"Perhaps it is, maybe not."), 0.5F);
    }

    void theLogProbabilityIsReadWhereItIsKnown()
    {
        const AnswerCues sure = cuesOf(u"?", u"A", 0);
        QCOMPARE(sure[size_t(AnswerCue::Confidence)], 1.0F);
        QCOMPARE(sure[size_t(AnswerCue::Probability)], 1.0F);
        QCOMPARE(sure[size_t(AnswerCue::Certainty)], 1.0F);
        const AnswerCues never = cuesOf(u"?", u"A", -std::numeric_limits<float>::infinity());
        QVERIFY(never[size_t(AnswerCue::Probability)] < 1e-6F);
        QCOMPARE(never[size_t(AnswerCue::Certainty)], 0.0F);
        QCOMPARE(cuesOf(u"?", u"A")[size_t(AnswerCue::Confidence)], 0.0F);
    }

    void everyCueIsAShareAndHasAName()
    {
        const QStringList texts{
            {}, u"🙂"_s, u"1 2 3"_s, u"word "_s.repeated(100'000), QString(10, QChar(0xD800))};
        for (const QString &question : texts) {
            for (const QString &answer : texts) {
                for (const float value : cuesOf(question, answer, -3))
                    QVERIFY(value >= 0 && value <= 1);
            }
        }
        QStringList names;
        for (size_t at = 0; at < kAnswerCues; ++at)
            names.append(answerCueName(AnswerCue(at)));
        QCOMPARE(names.removeDuplicates(), 0);
        QVERIFY(!names.contains(QString()));
    }
};

QTEST_GUILESS_MAIN(TestAnswerCues)
#include "tst_answer_cues.moc"
