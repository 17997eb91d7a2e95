#include "core/common/json.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/simulated_answer.h"

#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::simulation;

namespace {

constexpr quint64 kSeed = 1;

const SimulatedModel &model(const QString &name)
{
    const QString provider = name == u"egret" ? u"sim-rookery"_s : u"sim-aviary"_s;
    return *findSimulatedModel(provider, name);
}

struct Graded
{
    bool isRight = false;
    double meanLogProbability = 0;
    SimulatedAnswer answer;
};

// Graded as a user would: the answer stands at the end of the text.
bool isRight(const PracticePrompt &prompt, const SimulatedAnswer &answer)
{
    const QString text = QString::fromUtf8(answer.text());
    if (prompt.kind == u"extraction") {
        const auto json = parseJson(answer.text());
        return json && *json == *parseJson(prompt.answer.toUtf8());
    }
    return text == u"[simulated] "_s + prompt.answer ||
           text == u"[simulated]\n"_s + prompt.answer ||
           text.endsWith(u"The answer is %1."_s.arg(prompt.answer));
}

QList<Graded> gradeAll(const QString &name, quint64 seed = kSeed)
{
    QList<Graded> all;
    for (const PracticePrompt &prompt : practicePrompts()) {
        AnswerRequest request;
        request.question = prompt.prompt;
        Graded graded;
        graded.answer = answerOf(model(name), request, seed);
        graded.isRight = isRight(prompt, graded.answer);
        const auto &values = graded.answer.logProbabilities;
        graded.meanLogProbability =
            std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
        all.append(graded);
    }
    return all;
}

double accuracy(const QList<Graded> &all)
{
    const auto right =
        std::count_if(all.begin(), all.end(), [](const Graded &g) { return g.isRight; });
    return double(right) / double(all.size());
}

// The chance that a right answer has the higher mean than a wrong one.
double areaUnderCurve(const QList<Graded> &all)
{
    double wins = 0;
    double pairs = 0;
    for (const Graded &right : all) {
        for (const Graded &wrong : all) {
            if (!right.isRight || wrong.isRight)
                continue;
            ++pairs;
            wins += right.meanLogProbability > wrong.meanLogProbability ? 1 : 0;
        }
    }
    return wins / pairs;
}

QByteArray ask(const QString &name, AnswerRequest request)
{
    return answerOf(model(name), request, kSeed).text();
}

} // namespace

class TestSimulatedAnswer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dearerModelsAreRightMoreOften()
    {
        QList<double> byPrice;
        for (const auto *name : {"wren", "finch-mini", "heron", "albatross"})
            byPrice.append(accuracy(gradeAll(QString::fromLatin1(name))));
        qInfo() << "accuracy of wren, finch-mini, heron, albatross:" << byPrice;
        for (qsizetype i = 1; i < byPrice.size(); ++i)
            QVERIFY(byPrice[i] > byPrice[i - 1] + 0.05);
        QVERIFY(byPrice.first() > 0.3);
        QVERIFY(byPrice.last() > 0.9);
        const double egret = accuracy(gradeAll(u"egret"_s));
        QVERIFY(std::abs(egret - byPrice[2]) < 0.06);
    }

    void pricesRiseWithSkill()
    {
        for (const auto &[cheap, dear] :
             {std::pair{"wren", "finch-mini"}, {"finch-mini", "heron"}, {"heron", "albatross"}}) {
            const Price low = model(QString::fromLatin1(cheap)).price;
            const Price high = model(QString::fromLatin1(dear)).price;
            QVERIFY(low.input < high.input && low.output < high.output);
        }
        QCOMPARE(model(u"heron"_s).price.input.toDecimal(), u"0.4"_s);
        QCOMPARE(model(u"heron"_s).price.output.toDecimal(), u"1.6"_s);
    }

    void logProbabilitiesTellRightFromWrong()
    {
        for (const auto *name : {"wren", "finch-mini", "heron"}) {
            const double area = areaUnderCurve(gradeAll(QString::fromLatin1(name)));
            qInfo() << "area under the ROC curve of" << name << area;
            QVERIFY(area > 0.7);
            QVERIFY(area < 0.95); // a scorer must have something left to miss
        }
    }

    void everyTokenHasOneLogProbabilityAtMostZero()
    {
        for (const Graded &graded : gradeAll(u"wren"_s)) {
            QCOMPARE(graded.answer.logProbabilities.size(), graded.answer.tokens.size());
            for (const double value : graded.answer.logProbabilities)
                QVERIFY(value <= 0 && std::isfinite(value));
        }
    }

    void anotherSeedGivesOtherAnswers()
    {
        const auto one = gradeAll(u"wren"_s, 1);
        const auto again = gradeAll(u"wren"_s, 1);
        const auto other = gradeAll(u"wren"_s, 2);
        int changed = 0;
        for (qsizetype i = 0; i < one.size(); ++i) {
            QCOMPARE(one[i].answer.tokens, again[i].answer.tokens);
            QCOMPARE(one[i].answer.logProbabilities, again[i].answer.logProbabilities);
            changed += one[i].answer.tokens != other[i].answer.tokens ? 1 : 0;
        }
        QVERIFY(changed > one.size() / 10);
        QVERIFY(std::abs(accuracy(one) - accuracy(other)) < 0.1);
    }

    void weakModelsRefuseOrBreakOffNowAndThen()
    {
        int refused = 0;
        int cut = 0;
        for (const Graded &graded : gradeAll(u"wren"_s)) {
            refused += graded.answer.text() == "[simulated] I can't help with that." ? 1 : 0;
            cut += graded.answer.finishReason == u"length" ? 1 : 0;
        }
        QVERIFY(refused > 0 && refused < 40);
        QVERIFY(cut > 0 && cut < 40);
    }

    void proseIsLabelledAndJsonParses()
    {
        AnswerRequest request;
        for (const PracticePrompt &prompt : practicePrompts()) {
            request.question = prompt.prompt;
            const QByteArray text = ask(u"albatross"_s, request);
            if (prompt.kind == u"extraction")
                QVERIFY(!text.startsWith("[simulated]") || text.contains("can't help"));
            else
                QVERIFY2(text.startsWith("[simulated]"), text);
        }
    }

    void jsonModeAlwaysGivesAnObject()
    {
        AnswerRequest request;
        request.asJson = true;
        for (const PracticePrompt &prompt : practicePrompts()) {
            request.question = prompt.prompt;
            const SimulatedAnswer answer = answerOf(model(u"wren"_s), request, kSeed);
            const auto json = parseJson(answer.text());
            QVERIFY2((json && json->is_object()) || answer.finishReason == u"length",
                     answer.text());
        }
        request.question = u"Who are you?"_s;
        QVERIFY(parseJson(ask(u"wren"_s, request)));
    }

    void anUnknownPromptIsAnsweredHonestly()
    {
        AnswerRequest request;
        request.question = u"Why is the sky blue?"_s;
        const QByteArray text = ask(u"heron"_s, request);
        QVERIFY(text.startsWith("[simulated] "));
        QVERIFY(text.contains("simulated model") && text.contains("practice prompts"));
        QVERIFY(!text.contains("sky"));
    }

    void aJudgesQuestionGetsAVerdictThatIsMostlyTrue()
    {
        int told = 0;
        int all = 0;
        for (const PracticePrompt &prompt : practicePrompts()) {
            for (const bool right : {true, false}) {
                AnswerRequest request;
                request.instructions = u"Reply with a <number from 0 to 5>."_s;
                request.question = QString::fromUtf8(compactJson(
                    {{"question", toStdString(prompt.prompt)},
                     {"answer", toStdString(right ? prompt.answer : prompt.wrong.first())}}));
                const auto verdict = parseJson(ask(u"albatross"_s, request));
                QVERIFY(verdict);
                const double score = jsonNumber(*verdict, "score", -1);
                QVERIFY(score >= 0 && score <= 5);
                QVERIFY(!jsonString(*verdict, "reason").isEmpty());
                told += (score > 3) == right;
                ++all;
            }
        }
        QVERIFY2(told > all * 0.85, qPrintable(u"%1 of %2"_s.arg(told).arg(all)));
    }

    void aJudgeCannotTellOfAnUnknownQuestion()
    {
        AnswerRequest request;
        request.question = u"{\"question\": \"Who is there?\", \"answer\": \"Nobody.\"}"_s;
        const auto verdict = parseJson(ask(u"heron"_s, request));
        QVERIFY(verdict);
        QCOMPARE(jsonNumber(*verdict, "score", -1), 5.0);
        QVERIFY(jsonString(*verdict, "reason").contains("cannot tell"_L1));
    }

    void samplesOfAModelDifferAndComeAgain()
    {
        int differing = 0;
        for (const PracticePrompt &prompt : practicePrompts().first(60)) {
            AnswerRequest request;
            request.question = prompt.prompt;
            QSet<QByteArray> answers;
            for (const quint64 sample : {1, 2, 3, 4}) {
                request.sample = sample;
                answers.insert(ask(u"finch-mini"_s, request));
                QCOMPARE(ask(u"finch-mini"_s, request), ask(u"finch-mini"_s, request));
            }
            differing += answers.size() > 1;
        }
        QVERIFY2(differing > 15, qPrintable(QString::number(differing)));
    }

    void stopsAndTokenLimitsEndTheAnswer()
    {
        AnswerRequest request;
        request.question = u"Why is the sky blue?"_s;
        request.maxTokens = 3;
        SimulatedAnswer answer = answerOf(model(u"heron"_s), request, kSeed);
        QCOMPARE(answer.text(), QByteArray("[simulated]"
                                           " "));
        QCOMPARE(answer.tokens.size(), 3);
        QCOMPARE(answer.finishReason, u"length"_s);

        request.maxTokens = 1000;
        request.stops = {u"nowhere"_s, u" model"_s};
        answer = answerOf(model(u"heron"_s), request, kSeed);
        QVERIFY(answer.text().endsWith("a simulated"));
        QCOMPARE(answer.finishReason, u"stop"_s);
    }

    void tokensAreAboutFourBytesAndWholeCharacters()
    {
        for (const PracticePrompt &prompt : practicePrompts()) {
            AnswerRequest request;
            request.question = prompt.prompt;
            const SimulatedAnswer answer = answerOf(model(u"albatross"_s), request, kSeed);
            for (qsizetype i = 0; i < answer.tokens.size(); ++i) {
                const QByteArray &token = answer.tokens[i];
                QVERIFY(i == answer.tokens.size() - 1 || token.size() >= 4);
                QVERIFY(token.size() <= 7);
                QCOMPARE(QString::fromUtf8(token).toUtf8(), token);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSimulatedAnswer)
#include "tst_simulated_answer.moc"
