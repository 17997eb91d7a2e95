#include "core/learning/feature_space.h"

#include "core/learning/artifact_file.h"

#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

const QStringList kTexts{u"What is the capital of France?"_s, u"What is the capital of Spain?"_s,
                         u"Solve x^2 + 3x = 4 for x."_s};

FeatureOptions wordsOnly()
{
    FeatureOptions options;
    options.wordGrams = 1;
    options.characterTo = 0;
    options.cues = false;
    return options;
}

double dot(const SparseRow &a, const SparseRow &b)
{
    double sum = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        const auto at = std::find(b.column.begin(), b.column.end(), a.column[i]);
        if (at != b.column.end())
            sum += double(a.value[i]) * double(b.value[size_t(at - b.column.begin())]);
    }
    return sum;
}

Artifact artifactOf(const FeatureSpace &space)
{
    Artifact artifact;
    space.addTo(artifact);
    return artifact;
}

} // namespace

class TestFeatureSpace final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRowIsSublinearTfIdfOfLengthOne()
    {
        const auto space = FeatureSpace::fit({u"red red red sky"_s, u"sky"_s}, wordsOnly());
        FeatureRow row;
        space.read(u"Sky red RED unheard", row);
        QCOMPARE(row.column.size(), size_t(2));
        QVERIFY(std::is_sorted(row.column.begin(), row.column.end()));
        const double red = (1 + std::log(2.0)) * (1 + std::log(3.0 / 2));
        const double sky = 1;
        const double length = std::hypot(red, sky);
        const auto [low, high] = std::minmax(row.value[0], row.value[1]);
        QVERIFY(std::abs(double(high) - red / length) < 1e-6);
        QVERIFY(std::abs(double(low) - sky / length) < 1e-6);
    }

    void similarTextsAreNearerThanOthers()
    {
        const auto space = FeatureSpace::fit(kTexts, {});
        const SparseMatrix rows = space.read(kTexts);
        QCOMPARE(rows.rows(), 3);
        QCOMPARE(rows.columns, space.columns());
        QVERIFY(dot(rows.row(0), rows.row(1)) > 2 * dot(rows.row(0), rows.row(2)));
    }

    void cuesStandBehindTheGrams()
    {
        const auto space = FeatureSpace::fit(kTexts, {});
        QCOMPARE(space.columns(), space.grams() + quint32(text::kPromptCues));
        FeatureRow row;
        space.read(u"entirely unheard-of", row);
        space.read(u"¿Qué?", row);
        const quint32 mark = space.grams() + quint32(text::PromptCue::QuestionMark);
        const auto at = std::find(row.column.begin(), row.column.end(), mark);
        QVERIFY(at != row.column.end());
        QCOMPARE(row.value[size_t(at - row.column.begin())], 1.0F);
        QVERIFY(std::is_sorted(row.column.begin(), row.column.end()));
        QCOMPARE(FeatureSpace::fit(kTexts, wordsOnly()).columns(), space.grams());
    }

    void namesAddUpToTheRow()
    {
        // So few columns that grams share them.
        FeatureOptions options;
        options.bits = 8;
        for (const FeatureOptions &each : {FeatureOptions(), options}) {
            const auto space = FeatureSpace::fit(kTexts, each);
            FeatureRow row;
            const QString text = u"What is the name of the capital? Unheard 🚀"_s;
            space.read(text, row);
            QMap<quint32, double> sums;
            QStringList names;
            for (const NamedFeature &feature : space.named(text)) {
                sums[feature.column] += double(feature.value);
                names.append(feature.name);
            }
            QCOMPARE(size_t(sums.size()), row.column.size());
            for (size_t i = 0; i < row.column.size(); ++i)
                QVERIFY(std::abs(sums.value(row.column[i]) - double(row.value[i])) < 1e-5);
            QVERIFY(names.contains(u"capital"_s) && names.contains(u"what is"_s));
            QVERIFY(names.contains(u"question mark"_s));
        }
        const auto space = FeatureSpace::fit(kTexts, {});
        for (const NamedFeature &feature : space.named(u"Unheard 🚀"))
            QVERIFY2(feature.name != u"🚀"_s && feature.name != u"unheard"_s,
                     qPrintable(feature.name));
    }

    void readingAgainAllocatesNothing()
    {
        const auto space = FeatureSpace::fit(kTexts, {});
        FeatureRow row;
        const QString text = kTexts.join(u' ');
        space.read(text, row);
        space.read(text, row); // the buffers of the sort have changed places
        const auto *column = row.column.data();
        const auto *value = row.value.data();
        const auto capacity = row.hits.capacity() + row.sorted.capacity();
        for (const QString &shorter : kTexts)
            space.read(shorter, row);
        space.read(text, row);
        QCOMPARE(row.column.data(), column);
        QCOMPARE(row.value.data(), value);
        QCOMPARE(row.hits.capacity() + row.sorted.capacity(), capacity);
    }

    void anyTextIsRead()
    {
        const QStringList texts{u""_s, u"🚀"_s, QString(1'000'000, u'x'),
                                u"a b "_s.repeated(300'000), QString(QChar(0xD800))};
        const auto space = FeatureSpace::fit(texts + kTexts, {});
        const SparseMatrix rows = space.read(texts);
        QCOMPARE(rows.rows(), texts.size());
        for (const float value : rows.value)
            QVERIFY(std::isfinite(value));
        QCOMPARE(rows.row(0).size(), size_t(0));
        // Nothing was learnt, so nothing is known: cues at most.
        const auto blank = FeatureSpace::fit({}, {});
        FeatureRow row;
        blank.read(kTexts[0], row);
        QVERIFY(!row.column.empty() && row.column.front() >= blank.grams());
    }

    void theSameTextsGiveTheSameSpaceThroughAFile()
    {
        FeatureOptions options;
        options.bits = 12;
        options.wordGrams = 3;
        const Artifact artifact = artifactOf(FeatureSpace::fit(kTexts, options));
        QCOMPARE(artifactOf(FeatureSpace::fit(kTexts, options)), artifact);
        const auto bytes = toBytes(artifact);
        const auto space = FeatureSpace::from(artifactFromBytes(bytes).value());
        QVERIFY2(space, space ? "" : qPrintable(space.error().message));
        QCOMPARE(space->options(), options);
        QCOMPARE(space->read(kTexts), FeatureSpace::fit(kTexts, options).read(kTexts));
    }

    void whatIsNotAsItWasWrittenIsRefused()
    {
        const Artifact good = artifactOf(FeatureSpace::fit(kTexts, {}));
        const auto refused = [&](const char *key, const Json &value) {
            Artifact bad = good;
            bad.header["features"][key] = value;
            const auto space = FeatureSpace::from(bad);
            return space ? std::optional<ErrorCode>() : space.error().code;
        };
        QCOMPARE(refused("bits", 60), ErrorCode::Damaged);
        QCOMPARE(refused("bits", 17), ErrorCode::Damaged);
        QCOMPARE(refused("bits", "18"), ErrorCode::Damaged);
        QCOMPARE(refused("character_from", 0), ErrorCode::Damaged);
        QCOMPARE(refused("character_to", 2), ErrorCode::Damaged);
        QCOMPARE(refused("word_grams", -1), ErrorCode::Damaged);
        QCOMPARE(refused("word_grams", 1e300), ErrorCode::Damaged);
        QCOMPARE(refused("version", 0), ErrorCode::Damaged);
        QCOMPARE(refused("version", text::kGramVersion + 1), ErrorCode::UnsupportedVersion);
        QCOMPARE(refused("cues", 500), ErrorCode::UnsupportedVersion);
        QCOMPARE(FeatureSpace::from(Artifact()).error().code, ErrorCode::Damaged);
        for (const float value : {-1.0F, std::nanf(""), 1e30F}) {
            Artifact bad = good;
            std::memcpy(bad.blocks[u"features.idf"_s].data() + 400, &value, sizeof value);
            QCOMPARE(FeatureSpace::from(bad).error().code, ErrorCode::Damaged);
        }
    }

    void aStoppedReadingEndsEarly()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto space = FeatureSpace::fit(kTexts, {});
        QCOMPARE(space.read(kTexts, stop.get_token()).rows(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFeatureSpace)
#include "tst_feature_space.moc"
