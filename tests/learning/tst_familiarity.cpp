#include "core/learning/familiarity.h"

#include "core/common/seeded_random.h"
#include "core/learning/artifact_file.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

QString oneOf(SeededRandom &random, const QStringList &words)
{
    return words[qsizetype(random.below(quint32(words.size())))];
}

// "How many litres of milk does the farmer sell in 7 weeks?"
QStringList sums(qsizetype count, quint64 seed)
{
    SeededRandom random(seed);
    const QStringList units{u"litres"_s, u"baskets"_s, u"boxes"_s, u"kilos"_s, u"bags"_s};
    const QStringList goods{u"milk"_s, u"apples"_s, u"pears"_s, u"wheat"_s, u"eggs"_s, u"corn"_s};
    const QStringList people{u"farmer"_s, u"baker"_s, u"teacher"_s, u"child"_s, u"trader"_s};
    const QStringList acts{u"sell"_s, u"buy"_s, u"carry"_s, u"count"_s};
    QStringList texts;
    for (qsizetype i = 0; i < count; ++i)
        texts.append(u"How many %1 of %2 does the %3 %4 in %5 weeks?"_s.arg(
            oneOf(random, units), oneOf(random, goods), oneOf(random, people), oneOf(random, acts),
            QString::number(2 + random.below(40))));
    return texts;
}

const QStringList kForeign{
    u"Write a function that sorts a list of integers in place.\n```python\ndef f(a):\n```"_s,
    u"Summarize the plot of the novel in three paragraphs, with quotations."_s,
    u"Wer schrieb den Faust, und in welchem Jahr erschien er?"_s, u"我想知道明天的天气怎么样"_s,
    u"report, wheelbarrow, country, gas, dish, lake, lumber, needle"_s};

Familiarity fitted(const QStringList &prompts, quint64 seed = 1)
{
    auto familiarity = Familiarity::fit(prompts, seed);
    if (!familiarity)
        qFatal("stopped by nobody");
    return *std::move(familiarity);
}

Artifact artifactOf(const Familiarity &familiarity)
{
    Artifact artifact;
    familiarity.addTo(artifact);
    return artifact;
}

} // namespace

class TestFamiliarity final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void promptsOfAnotherKindAreRarerThanHeldOutOnes()
    {
        const Familiarity familiarity = fitted(sums(200, 1));
        for (const QString &prompt : kForeign)
            QVERIFY2(familiarity.of(prompt) < 0.02, qPrintable(prompt));
    }

    // A conformal p-value: as many of the same ground lie below a floor as the floor says.
    void promptsOfTheSameGroundAreSpreadEvenly()
    {
        const Familiarity familiarity = fitted(sums(200, 1));
        double sum = 0;
        int below = 0;
        const QStringList others = sums(300, 2);
        for (const QString &prompt : others) {
            const double each = familiarity.of(prompt);
            QVERIFY(each > 0 && each <= 1);
            sum += each / double(others.size());
            below += each < 0.1 ? 1 : 0;
        }
        QVERIFY2(sum > 0.4 && sum < 0.6, qPrintable(QString::number(sum)));
        QVERIFY2(below > 10 && below < 60, qPrintable(QString::number(below)));
    }

    void anotherSubjectInTheSameFormIsLessFamiliar()
    {
        const Familiarity familiarity = fitted(sums(200, 1));
        const double same =
            familiarity.of(u"How many boxes of eggs does the baker buy in 9 weeks?");
        const double other =
            familiarity.of(u"How many orbits of Jupiter does the probe finish in 9 decades?");
        QVERIFY2(other < same / 3, qPrintable(u"%1 %2"_s.arg(other).arg(same)));
    }

    void tooFewPromptsTellNothing()
    {
        for (const QStringList &prompts : {QStringList(), sums(3, 1), sums(7, 1)}) {
            const Familiarity familiarity = fitted(prompts);
            for (const QString &prompt : kForeign)
                QCOMPARE(familiarity.of(prompt), 1.0);
            const auto read = Familiarity::from(artifactOf(familiarity));
            QVERIFY(read);
            QCOMPARE(read->of(kForeign[0]), 1.0);
        }
    }

    // Of n prompts none can be told to be rarer than one in n + 1.
    void fewPromptsTellLittle()
    {
        const Familiarity familiarity = fitted(sums(12, 1));
        for (const QString &prompt : kForeign) {
            QVERIFY(familiarity.of(prompt) >= 1.0 / 13);
            QVERIFY(familiarity.of(prompt) < 0.5);
        }
    }

    void anyPromptsAndAnyPromptAreMet_data()
    {
        QTest::addColumn<QStringList>("prompts");
        QTest::newRow("equal") << QStringList(30, u"What is it?"_s);
        QTest::newRow("empty") << QStringList(30, QString());
        QTest::newRow("signs") << QStringList(20, u"🚀"_s) + QStringList(20, u"?!"_s);
        QTest::newRow("long") << sums(10, 1) + QStringList{QString(1'000'000, u'x')};
    }

    void anyPromptsAndAnyPromptAreMet()
    {
        QFETCH(const QStringList, prompts);
        const Familiarity familiarity = fitted(prompts);
        QStringList asked = kForeign;
        asked << u""_s << u" \n"_s << u"🚀🚀"_s << QString(1'000'000, u'y') << QString(QChar(0xDFFF));
        for (const QString &prompt : asked) {
            const double each = familiarity.of(prompt);
            QVERIFY(each > 0 && each <= 1);
        }
        QVERIFY(familiarity.of(prompts.first()) > 0.02);
        QVERIFY(Familiarity::from(artifactOf(familiarity)));
    }

    void theSameSeedGivesTheSameThroughAFile()
    {
        const Familiarity familiarity = fitted(sums(80, 1));
        const Artifact artifact = artifactOf(familiarity);
        QCOMPARE(artifactOf(fitted(sums(80, 1))), artifact);
        const auto read = Familiarity::from(artifactFromBytes(toBytes(artifact)).value());
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        for (const QString &prompt : sums(20, 3) + kForeign)
            QCOMPARE(read->of(prompt), familiarity.of(prompt));
    }

    void whatIsNotAsItWasWrittenIsRefused()
    {
        const Artifact good = artifactOf(fitted(sums(40, 1)));
        const auto codeOf = [](const Artifact &artifact) {
            const auto familiarity = Familiarity::from(artifact);
            return familiarity ? std::optional<ErrorCode>() : familiarity.error().code;
        };
        QCOMPARE(codeOf(good), std::optional<ErrorCode>());
        for (const Json &prompts : {Json(39), Json(-1), Json(1e12), Json("40"), Json(1)}) {
            Artifact bad = good;
            bad.header["familiarity"]["prompts"] = prompts;
            QCOMPARE(codeOf(bad), ErrorCode::Damaged);
        }
        for (const QString &block : good.blocks.keys()) {
            Artifact bad = good;
            bad.blocks[block].chop(1);
            QVERIFY2(codeOf(bad) == ErrorCode::Damaged, qPrintable(block));
            bad.blocks.remove(block);
            QVERIFY2(codeOf(bad) == ErrorCode::Damaged, qPrintable(block));
        }
        for (const QString &block : {u"familiarity.both"_s, u"familiarity.forms.variances"_s}) {
            Artifact bad = good;
            const double wild = std::nan("");
            std::memcpy(bad.blocks[block].data() + sizeof wild, &wild, sizeof wild);
            QCOMPARE(codeOf(bad), ErrorCode::Damaged);
        }
        QCOMPARE(codeOf(Artifact()), ErrorCode::Damaged);
    }

    void aStoppedFitGivesNone()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!Familiarity::fit(sums(40, 1), 1, stop.get_token()));
        QVERIFY(!Familiarity::fit({}, 1, stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestFamiliarity)
#include "tst_familiarity.moc"
