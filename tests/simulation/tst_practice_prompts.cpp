#include "core/common/json.h"
#include "core/simulation/practice_prompts.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace headgate;
using namespace headgate::simulation;

class TestPracticePrompts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAreManyOfSeveralKinds()
    {
        QMap<QString, int> counts;
        for (const PracticePrompt &prompt : practicePrompts())
            ++counts[prompt.kind];
        QVERIFY(practicePrompts().size() >= 300);
        QCOMPARE(counts.keys(), QStringList({u"arithmetic"_s, u"code"_s, u"extraction"_s, u"fact"_s,
                                             u"logic"_s, u"rewriting"_s, u"word_problem"_s}));
        for (auto it = counts.cbegin(); it != counts.cend(); ++it)
            QVERIFY2(it.value() >= 40, qPrintable(it.key()));
    }

    void everyPromptIsUniqueAndWhole()
    {
        QSet<QString> ids;
        QSet<QString> texts;
        for (const PracticePrompt &prompt : practicePrompts()) {
            const QByteArray id = prompt.id.toUtf8();
            QVERIFY2(!prompt.id.isEmpty() && !ids.contains(prompt.id), id);
            const QString text = prompt.prompt.simplified().toCaseFolded();
            QVERIFY2(!text.isEmpty() && !texts.contains(text), id);
            QVERIFY2(prompt.difficulty >= 0 && prompt.difficulty <= 1, id);
            QVERIFY2(!prompt.answer.isEmpty() && prompt.wrong.size() >= 2, id);
            QVERIFY2(!prompt.wrong.contains(prompt.answer), id);
            QCOMPARE(QSet<QString>(prompt.wrong.begin(), prompt.wrong.end()).size(),
                     prompt.wrong.size());
            ids.insert(prompt.id);
            texts.insert(text);
        }
    }

    void difficultiesReachFromEasyToHard()
    {
        int easy = 0;
        int hard = 0;
        for (const PracticePrompt &prompt : practicePrompts()) {
            easy += prompt.difficulty < 0.25 ? 1 : 0;
            hard += prompt.difficulty > 0.65 ? 1 : 0;
        }
        QVERIFY(easy >= 60);
        QVERIFY(hard >= 60);
    }

    void extractionsAnswerWithJsonObjects()
    {
        for (const PracticePrompt &prompt : practicePrompts()) {
            if (prompt.kind != u"extraction")
                continue;
            const auto answer = parseJson(prompt.answer.toUtf8());
            QVERIFY2(answer && answer->is_object(), qPrintable(prompt.id));
            // JSON mode needs a wrong answer that parses, too, and with other values.
            int parsed = 0;
            for (const QString &wrong : prompt.wrong) {
                const auto json = parseJson(wrong.toUtf8());
                parsed += json ? 1 : 0;
                QVERIFY2(!json || *json != *answer, qPrintable(prompt.id));
            }
            QVERIFY2(parsed > 0, qPrintable(prompt.id));
        }
    }

    void sumsInTheFileAreRight()
    {
        static const QRegularExpression sum(
            u"^(?:What is|Work out|Add) (\\d+) (?:\\+|and) (\\d+)"_s);
        int checked = 0;
        for (const PracticePrompt &prompt : practicePrompts()) {
            const auto match = sum.match(prompt.prompt);
            if (prompt.kind != u"arithmetic" || !match.hasMatch() || prompt.prompt.contains(u'*'))
                continue;
            QCOMPARE(prompt.answer.toInt(), match.captured(1).toInt() + match.captured(2).toInt());
            ++checked;
        }
        QVERIFY(checked >= 5);
    }

    void aPromptIsKnownInAnyCaseAndSpacing()
    {
        const QString text = u"  what is THE capital\n of   France? "_s;
        const PracticePrompt *found = findPracticePrompt(text);
        QVERIFY(found);
        QCOMPARE(found->answer, u"Paris"_s);
    }

    void everyPromptFindsItself()
    {
        for (const PracticePrompt &prompt : practicePrompts()) {
            const PracticePrompt *found = findPracticePrompt(prompt.prompt);
            QVERIFY(found && found->id == prompt.id);
        }
    }

    void aShortWrapperIsAllowedAndALongTextIsNot()
    {
        const QString question = u"What is the capital of France?"_s;
        const PracticePrompt *found =
            findPracticePrompt(u"Answer in one word.\n\n"_s + question + u"\nBe brief."_s);
        QVERIFY(found && found->prompt == question);
        QVERIFY(!findPracticePrompt(question + QString(300, u'x')));
        QVERIFY(!findPracticePrompt(u"What is the capital of Atlantis?"_s));
        QVERIFY(!findPracticePrompt({}));
    }
};

QTEST_GUILESS_MAIN(TestPracticePrompts)
#include "tst_practice_prompts.moc"
