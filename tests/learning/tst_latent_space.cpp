#include "core/learning/latent_space.h"

#include "core/learning/artifact_file.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

// Two subjects; within each, texts share words, and no word stands in all of them.
QStringList subjects()
{
    QStringList texts;
    const QStringList sea{u"harbour"_s, u"sail"_s, u"tide"_s, u"anchor"_s, u"gull"_s, u"mast"_s};
    const QStringList oven{u"flour"_s, u"yeast"_s, u"dough"_s, u"crust"_s, u"salt"_s, u"loaf"_s};
    for (const QStringList &words : {sea, oven}) {
        for (qsizetype i = 0; i < words.size(); ++i) {
            for (qsizetype j = i + 1; j < words.size(); ++j)
                texts.append(words[i] + u' ' + words[j] + u' ' + words[(j + 2) % words.size()]);
        }
    }
    return texts;
}

LatentOptions small(int dimensions = 4)
{
    LatentOptions options;
    options.dimensions = dimensions;
    options.features.bits = 12;
    options.features.wordGrams = 1;
    options.features.characterTo = 0;
    return options;
}

LatentSpace fitted(const QStringList &texts, const LatentOptions &options, quint64 seed = 1)
{
    auto space = LatentSpace::fit(texts, options, seed);
    if (!space)
        qFatal("stopped by nobody");
    return *std::move(space);
}

double cosine(std::span<const float> a, std::span<const float> b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i)
        sum += double(a[i]) * double(b[i]);
    return sum;
}

double lengthOf(std::span<const float> point)
{
    return std::sqrt(cosine(point, point));
}

Artifact artifactOf(const LatentSpace &space)
{
    Artifact artifact;
    space.addTo(artifact);
    return artifact;
}

} // namespace

class TestLatentSpace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsWithoutACommonWordAreNearWhereTheirWordsKeepCompany()
    {
        const LatentSpace space = fitted(subjects(), small(2));
        const DenseMatrix points =
            space.transform({u"Harbour"_s, u"gull mast"_s, u"dough"_s, u"loaf crust"_s});
        QVERIFY(cosine(points.row(0), points.row(1)) > 0.7);
        QVERIFY(cosine(points.row(2), points.row(3)) > 0.7);
        QVERIFY(std::abs(cosine(points.row(0), points.row(2))) < 0.2);
        QVERIFY(std::abs(cosine(points.row(1), points.row(3))) < 0.2);
    }

    void everyPointHasLengthOneOrZero()
    {
        const LatentSpace space = fitted(subjects(), small());
        const QStringList texts{u"sail"_s,
                                u""_s,
                                u"nothing that it knows"_s,
                                u"🚀"_s,
                                QString(1'000'000, u'x'),
                                u"sail "_s.repeated(200'000)};
        const DenseMatrix points = space.transform(texts);
        QCOMPARE(points.rows(), texts.size());
        for (qsizetype row = 0; row < points.rows(); ++row) {
            const bool known = texts[row].contains(u"sail"_s);
            QVERIFY(std::abs(lengthOf(points.row(row)) - (known ? 1 : 0)) < 1e-5);
        }
    }

    void theShareExplainedIsHighForItsOwnSubjectsOnly()
    {
        const LatentSpace space = fitted(subjects(), small(2));
        FeatureRow row;
        std::vector<float> point(2);
        const float typical = space.transform(u"sail tide anchor mast", row, point);
        const float mixed = space.transform(u"sail", row, point);
        QVERIFY(typical > 0.5F && typical <= 1);
        QVERIFY2(typical > 2 * mixed, qPrintable(u"%1 %2"_s.arg(typical).arg(mixed)));
        QCOMPARE(space.transform(u"", row, point), 0.0F);
    }

    // The axes of a matrix whose singular vectors are known: texts of one word each.
    void theStrongestDirectionsComeFirst()
    {
        QStringList texts;
        for (const auto &[word, count] :
             {std::pair(u"often"_s, 9), std::pair(u"seldom"_s, 3), std::pair(u"twice"_s, 2)}) {
            for (int i = 0; i < count; ++i)
                texts.append(word);
        }
        const LatentSpace space = fitted(texts, small(2));
        const DenseMatrix points = space.transform({u"often"_s, u"seldom"_s, u"twice"_s});
        QVERIFY(std::abs(std::abs(points.row(0)[0]) - 1) < 1e-4F);
        QVERIFY(std::abs(std::abs(points.row(1)[1]) - 1) < 1e-4F);
        QVERIFY(lengthOf(points.row(2)) < 1e-4);
    }

    void fewOrEqualOrEmptyTextsGiveFiniteNumbers_data()
    {
        QTest::addColumn<QStringList>("texts");
        QTest::newRow("none") << QStringList();
        QTest::newRow("one") << QStringList{u"sail tide"_s};
        QTest::newRow("three") << QStringList{u"sail tide"_s, u"sail mast"_s, u"tide mast"_s};
        QTest::newRow("equal") << QStringList(40, u"sail tide mast"_s);
        QTest::newRow("empty") << QStringList(40, QString());
        QTest::newRow("nothing in common") << QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s};
    }

    void fewOrEqualOrEmptyTextsGiveFiniteNumbers()
    {
        QFETCH(const QStringList, texts);
        const LatentSpace space = fitted(texts, small(32));
        const DenseMatrix points = space.transform(texts + QStringList{u"sail"_s, u"unheard"_s});
        QCOMPARE(points.rows(), texts.size() + 2);
        for (const float number : points.values)
            QVERIFY(std::isfinite(number));
        if (texts.contains(u"sail tide mast"_s)) // one direction holds it all
            QVERIFY(std::abs(lengthOf(points.row(0)) - 1) < 1e-5);
        QVERIFY(LatentSpace::from(artifactOf(space)));
    }

    void theSameSeedGivesTheSameSpaceThroughAFile()
    {
        const LatentSpace space = fitted(subjects(), small());
        const Artifact artifact = artifactOf(space);
        QCOMPARE(artifactOf(fitted(subjects(), small())), artifact);
        const auto read = LatentSpace::from(artifactFromBytes(toBytes(artifact)).value());
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->options(), space.options());
        QCOMPARE(read->transform(subjects()), space.transform(subjects()));
    }

    void twoSpacesStandInOneArtifact()
    {
        Artifact artifact;
        const LatentSpace one = fitted(subjects(), small(3));
        const LatentSpace other = fitted(subjects().mid(0, 15), small(2));
        one.addTo(artifact, u"one"_s);
        other.addTo(artifact, u"other"_s);
        QCOMPARE(LatentSpace::from(artifact, u"one"_s)->transform(subjects()),
                 one.transform(subjects()));
        QCOMPARE(LatentSpace::from(artifact, u"other"_s)->transform(subjects()),
                 other.transform(subjects()));
    }

    void whatIsNotAsItWasWrittenIsRefused()
    {
        const Artifact good = artifactOf(fitted(subjects(), small()));
        const auto codeOf = [](const Artifact &artifact) {
            const auto space = LatentSpace::from(artifact);
            return space ? std::optional<ErrorCode>() : space.error().code;
        };
        for (const Json &dimensions : {Json(0), Json(5), Json(1e9), Json("4"), Json()}) {
            Artifact bad = good;
            bad.header["latent"]["dimensions"] = dimensions;
            QCOMPARE(codeOf(bad), ErrorCode::Damaged);
        }
        for (const QString &block : good.blocks.keys()) {
            Artifact bad = good;
            bad.blocks[block].chop(1);
            QCOMPARE(codeOf(bad), ErrorCode::Damaged);
            bad.blocks.remove(block);
            QCOMPARE(codeOf(bad), ErrorCode::Damaged);
        }
        Artifact bad = good;
        const float wild = std::nanf("");
        std::memcpy(bad.blocks[u"latent.scales"_s].data(), &wild, sizeof wild);
        QCOMPARE(codeOf(bad), ErrorCode::Damaged);
        QCOMPARE(codeOf(Artifact()), ErrorCode::Damaged);
    }

    void aStoppedFitGivesNone()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!LatentSpace::fit(subjects(), small(), 1, stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestLatentSpace)
#include "tst_latent_space.moc"
