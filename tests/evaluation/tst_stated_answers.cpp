#include "core/evaluation/graders/grader.h"
#include "core/evaluation/outcome_reader.h"
#include "core/text/stated_choice.h"
#include "core/text/stated_number.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace headgate::text;
using namespace Qt::StringLiterals;

namespace {

constexpr double kNone = NAN;

bool isRight(const Json &options, const QString &answer, const QString &expected)
{
    const auto grader = builtinGraders().create(options).value();
    return grader->grade({.answer = answer, .expected = expected}).value().quality == 1;
}

} // namespace

class TestStatedAnswers final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLastNumberIsReadAsPeopleWriteIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("value");
        const auto row = [](const QString &text, double value) {
            QTest::newRow(qPrintable(text)) << text << value;
        };
        row(u"42"_s, 42);
        row(u"The answer is 42."_s, 42);
        row(u"She has 3 apples and buys 5, so 8 in all."_s, 8);
        row(u"#### 1,234"_s, 1234);
        row(u"$1,234,567.89 in total"_s, 1234567.89);
        row(u"**18** dollars"_s, 18);
        row(u"\\boxed{72}"_s, 72);
        row(u"$\\boxed{1{,}500}$"_s, 1500);
        row(u"12\u202F500 km"_s, 12500);
        row(u"1'250"_s, 1250);
        row(u"-5"_s, -5);
        row(u"it is \u22127 degrees"_s, -7);
        row(u"x = -0.5"_s, -0.5);
        row(u"between 3-5"_s, 5);
        row(u"a loss of -$40"_s, -40);
        row(u".75"_s, 0.75);
        row(u"1.5e-3"_s, 0.0015);
        row(u"6.02 × 10^23"_s, 6.02e23);
        row(u"3 \\times 10^{8}"_s, 3e8);
        row(u"3/4"_s, 0.75);
        row(u"2 1/2 cups"_s, 2.5);
        row(u"2½"_s, 2.5);
        row(u"\\frac{3}{8}"_s, 0.375);
        row(u"45%"_s, 45);
        row(u"10kg"_s, 10);
        row(u"1,2,3"_s, 3);
        row(u"version 1.2.3"_s, 1.2);
        row(u"GPT4 said so"_s, kNone);
        row(u"no number at all"_s, kNone);
        row(u"7, not 1/0"_s, 7);
    }

    void theLastNumberIsReadAsPeopleWriteIt()
    {
        QFETCH(const QString, text);
        QFETCH(const double, value);
        const auto found = lastNumber(text, u'.');
        QCOMPARE(found.has_value(), !std::isnan(value));
        if (found)
            QVERIFY2(std::abs(found->value - value) <= 1e-12 * std::abs(value),
                     qPrintable(QString::number(found->value)));
    }

    void aCommaIsADecimalWhereTheOptionSaysSo()
    {
        QCOMPARE(lastNumber(u"1.234,5"_s, u',')->value, 1234.5);
        QCOMPARE(lastNumber(u"3,14"_s, u',')->value, 3.14);
        QCOMPARE(lastNumber(u"3,14"_s, u'.')->value, 14.0);
    }

    void aPercentStandsForEitherReading()
    {
        const Json number{{"kind", "number"}};
        QVERIFY(isRight(number, u"It is 45 %."_s, u"45"_s));
        QVERIFY(isRight(number, u"It is 45 percent."_s, u"0.45"_s));
        QVERIFY(isRight(number, u"0.45"_s, u"45\\%"_s));
        QVERIFY(!isRight(number, u"0.45"_s, u"45"_s));
        QVERIFY(!isRight(number, u"45%"_s, u"0.45%"_s));
    }

    void theToleranceIsTheLargerOfBoth()
    {
        const Json absolute{{"kind", "number"}, {"absolute", 0.5}};
        QVERIFY(isRight(absolute, u"10.5"_s, u"10"_s));
        QVERIFY(!isRight(absolute, u"10.51"_s, u"10"_s));
        const Json relative{{"kind", "number"}, {"relative", 0.01}};
        QVERIFY(isRight(relative, u"-99"_s, u"-100"_s));
        QVERIFY(!isRight(relative, u"98.9"_s, u"100"_s));
        const Json both{{"kind", "number"}, {"relative", 0.01}, {"absolute", 5}};
        QVERIFY(isRight(both, u"95"_s, u"100"_s));
        QVERIFY(isRight(both, u"991"_s, u"1000"_s));
        QVERIFY(!isRight(Json{{"kind", "number"}}, u"0.3333"_s, u"1/3"_s));
    }

    void theStatedChoiceIsRead_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("letter"); // "?": ambiguous; empty: none
        const auto row = [](const QString &answer, const char *letter) {
            QTest::newRow(qPrintable(answer)) << answer << QString::fromLatin1(letter);
        };
        row(u"B"_s, "B");
        row(u"b"_s, "B");
        row(u" (b). "_s, "B");
        row(u"B)"_s, "B");
        row(u"**B**"_s, "B");
        row(u"**(C)**"_s, "C");
        row(u"Answer: D"_s, "D");
        row(u"**Answer:** D"_s, "D");
        row(u"The answer is (B)."_s, "B");
        row(u"The answer is (b)."_s, "B");
        row(u"The correct answer is **C**."_s, "C");
        row(u"The correct answer is: B) Paris"_s, "B");
        row(u"Therefore, the best choice is option A."_s, "A");
        row(u"I would go with C because A is too low."_s, "C");
        row(u"$\\boxed{D}$"_s, "D");
        row(u"So we get $\\boxed{\\text{B}}$, since (A) fails."_s, "B");
        row(u"Final answer: \\boxed{\\text{B}}"_s, "B");
        row(u"B) Paris is the capital."_s, "B");
        row(u"It must be the second.\n\nB. Paris"_s, "B");
        row(u"First I thought that the answer is A. On reflection, the answer is D."_s, "D");
        row(u"The answer is A... wait. C is correct."_s, "C");
        row(u"The answer is A or B."_s, "?");
        row(u"Answer: B/C"_s, "?");
        row(u"(A) and (C) both look good."_s, "?");
        row(u"A) London\nB) Paris"_s, "?");
        row(u"The answer is a dog."_s, "");
        row(u"A dog is an animal."_s, "");
        row(u"I cannot say."_s, "");
        row(u"The answer is E."_s, "");
        row(u"The answer is Because of B-cells"_s, "");
        row(QString(), "");
    }

    void theStatedChoiceIsRead()
    {
        QFETCH(const QString, answer);
        QFETCH(const QString, letter);
        const StatedChoice found = ChoiceReader(4).read(answer);
        QCOMPARE(found.ambiguous         ? u"?"_s
                 : found.letter.isNull() ? QString()
                                         : QString(found.letter),
                 letter);
    }

    // What real models wrote: two answers to one prompt that were found right state the same, a
    // right and a wrong one do not. Where a judge found otherwise, the judge may be wrong.
    void realAnswersStateWhatTheyWereGradedFor_data()
    {
        QTest::addColumn<bool>("numbers");
        QTest::addColumn<double>("least"); // agreeing pairs
        QTest::newRow("cascade_gsm8k") << true << 0.97;
        // Written freely: some answers go on after their result, where the last number is another.
        QTest::newRow("routellm_gsm8k") << true << 0.96;
        QTest::newRow("cascade_mmlu") << false << 0.999;
    }

    void realAnswersStateWhatTheyWereGradedFor()
    {
        QFETCH(const bool, numbers);
        QFETCH(const double, least);
        const QString path = QStringLiteral(HEADGATE_SHARED_DATA "/%1.jsonl.gz")
                                 .arg(QString::fromLatin1(QTest::currentDataTag()));
        if (!QFileInfo::exists(path))
            QSKIP("the measured outcomes are not on this machine");
        const auto table = readOutcomes(path, {.prompts = false, .answers = true}).value();
        const ChoiceReader choices(4);
        int pairs = 0;
        int agreeing = 0;
        for (qsizetype row = 0; row < table.rows; ++row) {
            QList<std::pair<QString, bool>> stated; // and whether it was found right
            for (const ModelColumns &model : table.models) {
                const QString answer = QString::fromUtf8(model.answers.at(row));
                const auto number = lastNumber(answer, u'.');
                stated.append({numbers ? QString::number(number ? number->value : NAN)
                                       : QString(choices.read(answer).letter),
                               model.quality[size_t(row)] == 1});
            }
            for (qsizetype i = 0; i < stated.size(); ++i) {
                for (qsizetype j = 0; j < i; ++j) {
                    if (!stated[i].second && !stated[j].second)
                        continue;
                    ++pairs;
                    const bool same = stated[i].first == stated[j].first;
                    agreeing += same == (stated[i].second == stated[j].second) ? 1 : 0;
                }
            }
        }
        const double share = double(agreeing) / pairs;
        qInfo("%d pairs, %.4f agree", pairs, share);
        QVERIFY(pairs > 500);
        QVERIFY2(share >= least, qPrintable(QString::number(share)));
    }

    void anAmbiguousAnswerIsWrongAndSaysSo()
    {
        const auto grader = builtinGraders().create(Json{{"kind", "choice"}}).value();
        const auto grade =
            grader->grade({.answer = u"The answer is A or B."_s, .expected = u"A"_s});
        QCOMPARE(grade->quality, 0.0);
        QVERIFY2(grade->why.contains(u"ambiguous"), qPrintable(grade->why));
    }

    void moreChoicesMakeMoreLetters()
    {
        QCOMPARE(ChoiceReader(10).read(u"The answer is (J)."_s).letter, QChar(u'J'));
        QCOMPARE(ChoiceReader(9).read(u"The answer is (J)."_s).letter, QChar());
    }
};

QTEST_GUILESS_MAIN(TestStatedAnswers)
#include "tst_stated_answers.moc"
