#include "core/text/hashed_features.h"

#include <QSet>
#include <QTest>

using namespace headgate;
using namespace headgate::text;
using namespace Qt::StringLiterals;

namespace {

QStringList wordsOf(QStringView text)
{
    FoldedText folded;
    fold(text, folded);
    QStringList words;
    for (const FoldedText::Word &word : folded.words)
        words.append(folded.slice(word.begin, word.end));
    return words;
}

QStringList gramsOf(QStringView text, const GramOptions &options)
{
    FoldedText folded;
    fold(text, folded);
    QStringList grams;
    forEachGram(folded, options, [&](quint64, quint32 begin, quint32 end) {
        grams.append(folded.slice(begin, end));
    });
    return grams;
}

QSet<quint64> hashesOf(QStringView text, const GramOptions &options = {})
{
    FoldedText folded;
    fold(text, folded);
    QSet<quint64> hashes;
    forEachGram(folded, options, [&](quint64 hash, quint32, quint32) { hashes.insert(hash); });
    return hashes;
}

} // namespace

class TestHashedFeatures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsAreFoldedAndParted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char *name, const QString &text, const QStringList &words) {
            QTest::newRow(name) << text << words;
        };
        row("empty", u""_s, {});
        row("spaces", u" \t\r\n "_s, {});
        row("punctuation", u"Who's \"there\"—(me)?"_s, {u"who"_s, u"s"_s, u"there"_s, u"me"_s});
        row("signs", u"2+2 = 4"_s, {u"2"_s, u"+"_s, u"2"_s, u"="_s, u"4"_s});
        row("umlauts", u"STRASSE Über"_s, {u"strasse"_s, u"über"_s});
        row("Greek", u"ΛΌΓΟΣ"_s, {u"λόγοσ"_s});
        row("Russian", u"Привет, МИР"_s, {u"привет"_s, u"мир"_s});
        row("loose accents", u"Cafe\u0301"_s, {u"caf\u00E9"_s});
        row("Chinese", u"你好吗？"_s, {u"你"_s, u"好"_s, u"吗"_s});
        row("Hindi keeps its marks", u"हिन्दी है"_s, {u"हिन्दी"_s, u"है"_s});
        row("emoji", u"go 🚀🚀 now"_s, {u"go"_s, u"🚀"_s, u"🚀"_s, u"now"_s});
        row("beyond the first plane", u"𝒳=𐐀"_s, {u"𝒳"_s, u"="_s, u"𐐨"_s});
        row("a lone half", QString(QChar(0xD800)) + u"a"_s, {u"\uFFFD"_s, u"a"_s});
    }

    void wordsAreFoldedAndParted()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, words);
        QCOMPARE(wordsOf(text), words);
    }

    void gramsAreOfWordsInARowAndOfCharactersWithinABorderedWord()
    {
        QCOMPARE(gramsOf(u"Is it so?", {3, 3, 0}),
                 (QStringList{u"is"_s, u"is it"_s, u"is it so"_s, u"it"_s, u"it so"_s, u"so"_s}));
        QCOMPARE(gramsOf(u"an oak", {0, 3, 4}),
                 (QStringList{u" an"_s, u" an "_s, u"an "_s, u" oa"_s, u" oak"_s, u"oak"_s,
                              u"oak "_s, u"ak "_s}));
        QVERIFY(gramsOf(u"an oak", {0, 3, 0}).isEmpty());
    }

    void hashesAreTheSameInEveryRunAndSpreadWide()
    {
        FoldedText folded;
        fold(u"sky", folded);
        QCOMPARE(folded.words.front().hash, wordHash(U"sky"));
        QCOMPARE(folded.words.front().hash, quint64(0xCF4BFFA407931480U));
        // A word is not the same as its characters, nor a pair the same the other way round.
        QCOMPARE(hashesOf(u"abc", {1, 3, 3}).size(), 4);
        QVERIFY(hashesOf(u"blue sky", {2, 3, 0}) != hashesOf(u"sky blue", {2, 3, 0}));
        // By their upper bits, of which columns are made.
        QSet<quint64> tops;
        for (int number = 0; number < 4000; ++number) {
            fold(QString::number(number), folded);
            tops.insert(folded.words.front().hash >> 44);
        }
        QVERIFY2(tops.size() > 3970, qPrintable(QString::number(tops.size())));
    }

    void foldingIsTheSameInEveryCase()
    {
        QCOMPARE(hashesOf(u"What IS Écoute"), hashesOf(u"what is écoute"));
        QVERIFY(hashesOf(u"what is") != hashesOf(u"what was"));
    }

    void sentencesStartAfterTheirStops()
    {
        FoldedText folded;
        fold(u"Tell me. What is it? 好。你", folded);
        QStringList first;
        for (const FoldedText::Word &word : folded.words) {
            if (word.startsSentence)
                first.append(folded.slice(word.begin, word.end));
        }
        QCOMPARE(first, (QStringList{u"tell"_s, u"what"_s, u"好"_s, u"你"_s}));
    }

    void aLongTextIsReadToItsBoundOnly()
    {
        const QString million(1'000'000, u'x');
        FoldedText folded;
        fold(million, folded);
        QCOMPARE(folded.words.size(), size_t(1));
        QCOMPARE(qsizetype(folded.characters.size()), kGramSample + 2);
        const QString words = u"word "_s.repeated(200'000);
        QCOMPARE(hashesOf(words), hashesOf(QStringView(words).first(kGramSample)));
    }

    void foldingAgainNeedsNoMoreRoom()
    {
        FoldedText folded;
        const QString text = u"What is the capital of France, and why is it there? 🚀 είναι"_s;
        fold(text, folded);
        const auto *characters = folded.characters.data();
        const auto *words = folded.words.data();
        for (int i = 0; i < 10; ++i)
            fold(text, folded);
        QCOMPARE(folded.characters.data(), characters);
        QCOMPARE(folded.words.data(), words);
    }
};

QTEST_GUILESS_MAIN(TestHashedFeatures)
#include "tst_hashed_features.moc"
