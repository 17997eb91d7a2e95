#include "core/learning/artifact_file.h"
#include "core/learning/builtin_learners.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
const QStringList kModels{u"small"_s, u"large"_s};

// Sums, which both models solve, and letters, which only the large one writes well.
QString promptOf(int row)
{
    static const QStringList things{u"apples"_s, u"pears"_s, u"plums"_s, u"nuts"_s, u"eggs"_s};
    static const QStringList people{u"mayor"_s, u"landlord"_s, u"teacher"_s, u"aunt"_s, u"boss"_s};
    return row % 2 == 0
               ? u"What is %1 times %2, counted in %3?"_s.arg(row).arg(row + 3).arg(things[row % 5])
               : u"Write a kind letter to my %1 about the garden, number %2."_s.arg(people[row % 5])
                     .arg(row);
}

TrainingSet sumsAndLetters(int rows = 60)
{
    TrainingSet set;
    set.kind = TargetKind::Qualities;
    set.outputs = kModels;
    set.targets.columns = 2;
    for (int row = 0; row < rows; ++row) {
        set.prompts.append(promptOf(row));
        set.targets.values.push_back(row % 2 == 0 ? 1 : 0);
        set.targets.values.push_back(1);
    }
    return set;
}

// The same with points of their own: sums to the right, letters above.
TrainingSet embedded(TrainingSet set = sumsAndLetters())
{
    set.embedder = u"endpoint:test/two"_s;
    set.embeddings.columns = 2;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        set.embeddings.values.push_back(row % 2 == 0 ? 3 : 0.1F);
        set.embeddings.values.push_back(row % 2 == 0 ? 0.1F : 3);
    }
    return set;
}

TrainingSet labelled(TrainingSet set)
{
    set.kind = TargetKind::Labels;
    set.outputs = {u"easy"_s, u"hard"_s};
    for (qsizetype row = 0; row < set.rows(); ++row) {
        set.targets.row(row)[0] = row % 2 == 0 ? 1 : 0;
        set.targets.row(row)[1] = row % 2 == 0 ? 0 : 1;
    }
    return set;
}

const Learner &learnerOf(const QString &kind)
{
    static const LearnerRegistry learners = builtinLearners();
    return **learners.find(kind);
}

Artifact trained(const QString &kind, const TrainingSet &set, const Json &options = {})
{
    const auto artifact = learnerOf(kind).train(set, options, {});
    if (!artifact)
        qFatal("%s", qPrintable(artifact.error().message));
    return *artifact;
}

std::unique_ptr<PromptModel> loaded(const Artifact &artifact)
{
    auto model = loadModel(builtinLearners(), artifact);
    if (!model)
        qFatal("%s", qPrintable(model.error().message + u' ' + model.error().detail));
    return *std::move(model);
}

std::unique_ptr<PromptModel> modelOf(const QString &kind, const TrainingSet &set,
                                     const Json &options = {})
{
    return loaded(trained(kind, set, options));
}

Error refused(const QString &kind, const TrainingSet &set, const Json &options = {})
{
    const auto artifact = learnerOf(kind).train(set, options, {});
    return artifact ? Error{ErrorCode::Io, u"it was trained"_s, {}} : artifact.error();
}

bool isSound(const Prediction &prediction, size_t outputs)
{
    const auto isShare = [](double value) { return value >= 0 && value <= 1; };
    return prediction.values.size() == outputs && isShare(prediction.familiarity) &&
           std::all_of(prediction.values.begin(), prediction.values.end(), isShare);
}

void eachKind()
{
    QTest::addColumn<QString>("kind");
    for (const auto *kind : {"knn", "mf", "sw"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

} // namespace

class TestPlacedLearners final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unseenPromptsGoWhereTheirLikeWentWell_data() { eachKind(); }
    void unseenPromptsGoWhereTheirLikeWentWell()
    {
        QFETCH(const QString, kind);
        const auto model = modelOf(kind, sumsAndLetters());
        QCOMPARE(model->kind(), TargetKind::Qualities);
        QCOMPARE(model->outputs(), kModels);
        QVERIFY(model->embedder().isEmpty());
        const QString sum = u"What is 700 times 41, counted in apples?"_s;
        const QString letter = u"Write a kind letter to my doctor about the garden."_s;
        const auto margin = [&](const QString &prompt) {
            const Prediction prediction = model->predict({prompt});
            return prediction.values[1] - prediction.values[0];
        };
        QVERIFY2(margin(letter) > margin(sum) + 0.2, qPrintable(QString::number(margin(letter))));
        QVERIFY2(margin(letter) > 0.3, qPrintable(QString::number(margin(letter))));
        QVERIFY2(std::abs(margin(sum)) < 0.3, qPrintable(QString::number(margin(sum))));
    }

    void embeddingsAreReadWhereTheSetHasThem_data() { eachKind(); }
    void embeddingsAreReadWhereTheSetHasThem()
    {
        QFETCH(const QString, kind);
        const auto model = modelOf(kind, embedded());
        QCOMPARE(model->embedder(), u"endpoint:test/two"_s);
        QCOMPARE(model->embeddingSize(), 2);
        const std::vector<float> letter{0, 70};
        const std::vector<float> sum{0.5F, 0};
        // The text says nothing here.
        const auto ofLetter = model->predict({.prompt = u"?"_s, .embedding = letter}).values;
        const auto ofSum = model->predict({.prompt = u"?"_s, .embedding = sum}).values;
        QVERIFY(ofLetter[1] - ofLetter[0] > ofSum[1] - ofSum[0] + 0.2);
    }

    void theSameSetAndSeedTrainTheSame_data() { eachKind(); }
    void theSameSetAndSeedTrainTheSame()
    {
        QFETCH(const QString, kind);
        const Artifact artifact = trained(kind, sumsAndLetters());
        QCOMPARE(artifact.kind, kind);
        QCOMPARE(toBytes(trained(kind, sumsAndLetters())), toBytes(artifact));
        TrainingControl another;
        another.seed = 2;
        const auto other = learnerOf(kind).train(sumsAndLetters(), {}, another);
        QVERIFY(toBytes(*other) != toBytes(artifact));
    }

    void aSavedModelPredictsTheSame_data() { eachKind(); }
    void aSavedModelPredictsTheSame()
    {
        QFETCH(const QString, kind);
        const Artifact artifact = trained(kind, sumsAndLetters());
        const auto before = loaded(artifact);
        const auto after = loaded(artifactFromBytes(toBytes(artifact)).value());
        for (int row = 0; row < 10; ++row) {
            const QString prompt = promptOf(row) + u" Thanks!"_s;
            QCOMPARE(after->predict({prompt}).values, before->predict({prompt}).values);
            QCOMPARE(after->predict({prompt}).familiarity, before->predict({prompt}).familiarity);
        }
    }

    void anyPromptGivesSharesAndNeverNoNumber_data() { eachKind(); }
    void anyPromptGivesSharesAndNeverNoNumber()
    {
        QFETCH(const QString, kind);
        const auto model = modelOf(kind, sumsAndLetters());
        for (const QString &prompt :
             {QString(), u" \n\t"_s, u"🙂🙂🙂"_s, u"これは何ですか"_s, u"كم الساعة"_s,
              QString(QChar(0xD800)), QString(1'000'000, u'x'), u"letter "_s.repeated(150'000)}) {
            QVERIFY(isSound(model->predict({prompt}), 2));
            QVERIFY(model->explain({prompt}, 0, 3).size() <= 3);
        }
    }

    void aPromptOfAnotherWorldIsLessFamiliar_data() { eachKind(); }
    void aPromptOfAnotherWorldIsLessFamiliar()
    {
        QFETCH(const QString, kind);
        const auto model = modelOf(kind, sumsAndLetters());
        const double own =
            model->predict({u"Write a kind letter to my teacher about the garden, number 8."_s})
                .familiarity;
        const double strange =
            model->predict({u"SELECT * FROM orders WHERE shipped IS NULL; -- explain()"_s})
                .familiarity;
        QVERIFY2(own > strange, qPrintable(u"%1 %2"_s.arg(own).arg(strange)));
        QVERIFY(strange < 0.1);
    }

    void theNearestReferencePromptsExplain_data() { eachKind(); }
    void theNearestReferencePromptsExplain()
    {
        QFETCH(const QString, kind);
        const auto model = modelOf(kind, sumsAndLetters());
        const auto reasons = model->explain({promptOf(7)}, 1, 4);
        QVERIFY(std::all_of(reasons.begin(), reasons.end(),
                            [](const Reason &reason) { return reason.isPrompt; }));
        QCOMPARE(reasons.size(), 4);
        QCOMPARE(reasons[0].text, promptOf(7));
        QVERIFY(std::abs(reasons[0].weight - 1) < 1e-3);
        for (qsizetype at = 1; at < 4; ++at) {
            QVERIFY(reasons[at].text.startsWith(u"Write"_s));
            QVERIFY(reasons[at].weight <= reasons[at - 1].weight);
        }
    }

    void longReferencePromptsAreKeptInPart()
    {
        TrainingSet set = sumsAndLetters();
        set.prompts[3] = u"ä"_s.repeated(300'000);
        const auto model = modelOf(u"knn"_s, embedded(set));
        const auto reasons =
            model->explain({.prompt = u""_s, .embedding = embedded(set).embeddings.row(3)}, 0, 60);
        const auto isLong = [](const Reason &reason) {
            return reason.text == u"ä"_s.repeated(1'000);
        };
        QCOMPARE(std::count_if(reasons.begin(), reasons.end(), isLong), 1);
    }

    // Computed by hand: two neighbours of cosine 1 and 0.6, squared, and the mean beside them.
    void neighboursVoteByTheirSimilarity()
    {
        TrainingSet set = embedded();
        std::fill(set.embeddings.values.begin(), set.embeddings.values.end(), 0.0F);
        std::fill(set.targets.values.begin(), set.targets.values.end(), 0.0F);
        const auto put = [&](qsizetype row, float x, float y, float small, float large) {
            set.embeddings.row(row)[0] = x;
            set.embeddings.row(row)[1] = y;
            set.targets.row(row)[0] = small;
            set.targets.row(row)[1] = large;
        };
        put(4, 2, 0, 1, kNan);
        put(9, 6, 8, 0.5F, 1);
        const auto model = modelOf(u"knn"_s, set, {{"k", 2}});
        const std::vector<float> query{5, 0};
        const auto values = model->predict({.prompt = u"?"_s, .embedding = query}).values;
        const double meanSmall = 1.5 / 60;
        const double meanLarge = 1.0 / 59;
        QVERIFY(std::abs(values[0] - (1 + 0.36 * 0.5 + meanSmall) / (1 + 0.36 + 1)) < 1e-5);
        QVERIFY(std::abs(values[1] - (0.36 + meanLarge) / (0.36 + 1)) < 1e-5);
        // Only the first is similar enough, and it was not measured for the large model.
        const auto strict = modelOf(u"knn"_s, set, {{"k", 2}, {"minimum_similarity", 0.7}})
                                ->predict({.prompt = u"?"_s, .embedding = query})
                                .values;
        QVERIFY(std::abs(strict[0] - (1 + meanSmall) / 2) < 1e-5);
        QVERIFY(std::abs(strict[1] - meanLarge) < 1e-5);
    }

    void labelsGetProbabilitiesThatAddUp()
    {
        const auto model = modelOf(u"knn"_s, labelled(sumsAndLetters()));
        QCOMPARE(model->kind(), TargetKind::Labels);
        const auto letter =
            model->predict({u"Write a letter to my uncle about the garden"_s}).values;
        QVERIFY2(letter[1] > 0.8, qPrintable(QString::number(letter[1])));
        for (int row = 0; row < 10; ++row) {
            const auto values = model->predict({promptOf(row)}).values;
            QVERIFY(std::abs(values[0] + values[1] - 1) < 1e-9);
        }
        QVERIFY(!learnerOf(u"mf"_s).learns(TargetKind::Labels));
        QVERIFY(!learnerOf(u"sw"_s).learns(TargetKind::Labels));
        QVERIFY(!learnerOf(u"knn"_s).learns(TargetKind::Rightness));
    }

    void theNumberOfNeighboursThatIsFoundTellsHeldOutRowsBest()
    {
        // Rows in clusters of eight with a label of their own: more neighbours than five mislead.
        TrainingSet set = labelled(embedded(sumsAndLetters(64)));
        set.embeddings = {8, std::vector<float>(64 * 8)};
        for (qsizetype row = 0; row < 64; ++row) {
            set.embeddings.row(row)[size_t(row / 8)] = 1;
            for (float &value : set.embeddings.row(row))
                value += 0.3F;
            set.targets.row(row)[0] = float(row / 8 % 2);
            set.targets.row(row)[1] = 1 - set.targets.row(row)[0];
        }
        QVERIFY(trained(u"knn"_s, set).header["vote"]["neighbours"] == Json(5));
        // Labels by the flip of a coin: the more, the better.
        for (qsizetype row = 0; row < 64; ++row) {
            set.targets.row(row)[0] = float(row * row % 7 % 2);
            set.targets.row(row)[1] = 1 - set.targets.row(row)[0];
        }
        QVERIFY(trained(u"knn"_s, set).header["vote"]["neighbours"] > Json(10));
    }

    // Of two, the ranking is the mean of the wins by gamma^(1 + similarity / largest).
    void theRankingOfTwoIsTheWeightedShareOfWins()
    {
        TrainingSet set = embedded(sumsAndLetters(10));
        for (qsizetype row = 0; row < 10; ++row) {
            set.embeddings.row(row)[0] = row == 0 ? 1 : row < 5 ? 0.6F : 0;
            set.embeddings.row(row)[1] = row == 0 ? 0 : row < 5 ? 0.8F : -1;
            set.targets.row(row)[0] = 0.25F;
            set.targets.row(row)[1] = row < 5 ? 0.75F : row < 8 ? 0.25F : 0;
        }
        const std::vector<float> query{0.8F, 0};
        const auto ranked =
            modelOf(u"sw"_s, set)->predict({.prompt = u"?"_s, .embedding = query}).values;
        const double nearest = 1;
        const double near = std::pow(10, 0.6) / 10; // of the weight of the nearest
        const double far = 0.1;
        const double large = 0.5 + nearest + 4 * near + 3 * far * 0.5;
        const double small = 0.5 + 2 * far + 3 * far * 0.5;
        QVERIFY(std::abs(ranked[1] - large / (large + small)) < 1e-5);
        QVERIFY(std::abs(ranked[0] + ranked[1] - 1) < 1e-9);
        const auto skipped = modelOf(u"sw"_s, set, {{"ties", "skip"}})
                                 ->predict({.prompt = u"?"_s, .embedding = query})
                                 .values;
        const double won = 0.5 + nearest + 4 * near;
        QVERIFY(std::abs(skipped[1] - won / (won + 0.5 + 2 * far)) < 1e-5);
    }

    void severalModelsAreRankedByWhomTheyBeat_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("mf") << u"mf"_s;
        QTest::newRow("sw") << u"sw"_s;
    }
    void severalModelsAreRankedByWhomTheyBeat()
    {
        QFETCH(const QString, kind);
        TrainingSet set = embedded();
        set.outputs = {u"poet"_s, u"middling"_s, u"reckoner"_s, u"hardly measured"_s};
        set.targets = {4, {}};
        for (qsizetype row = 0; row < set.rows(); ++row) {
            const float reckons = row % 2 == 0 ? 0.9F : 0.1F;
            const std::vector<float> qualities{1 - reckons, 0.5F, reckons, row < 2 ? 0.5F : kNan};
            set.targets.values.insert(set.targets.values.end(), qualities.begin(), qualities.end());
        }
        const auto model = modelOf(kind, set);
        const std::vector<float> sum{1, 0};
        const std::vector<float> letter{0, 1};
        const auto ofSum = model->predict({.prompt = u"?"_s, .embedding = sum});
        const auto ofLetter = model->predict({.prompt = u"?"_s, .embedding = letter});
        QVERIFY(isSound(ofSum, 4) && isSound(ofLetter, 4));
        QVERIFY(ofSum.values[2] > ofSum.values[1] && ofSum.values[1] > ofSum.values[0]);
        QVERIFY(ofLetter.values[0] > ofLetter.values[1] && ofLetter.values[1] > ofLetter.values[2]);
        // Half of all comparisons are won.
        QVERIFY(std::abs(std::accumulate(ofSum.values.begin(), ofSum.values.end(), 0.0) - 2) <
                1e-6);
    }

    void factorizationTellsOfItsProgressWithAFallingLoss()
    {
        std::vector<TrainingProgress> told;
        TrainingControl control;
        control.onProgress = [&](const TrainingProgress &progress) { told.push_back(progress); };
        QVERIFY(learnerOf(u"mf"_s).train(embedded(), {{"epochs", 12}, {"noise", 0}}, control));
        QCOMPARE(told.size(), size_t(12));
        for (size_t at = 0; at < told.size(); ++at) {
            QVERIFY(std::abs(told[at].done - double(at + 1) / 12) < 1e-9);
            QVERIFY(told[at].loss.has_value());
        }
        QVERIFY(*told.back().loss < *told.front().loss - 0.01);
        const Artifact found = trained(u"mf"_s, embedded());
        QVERIFY(found.header["factorization"]["epochs"] >= Json(1));
    }

    void aStoppedTrainingIsCancelled_data() { eachKind(); }
    void aStoppedTrainingIsCancelled()
    {
        QFETCH(const QString, kind);
        std::stop_source stop;
        stop.request_stop();
        TrainingControl control;
        control.stop = stop.get_token();
        const auto stopped = learnerOf(kind).train(sumsAndLetters(), {}, control);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        std::stop_source later;
        control.stop = later.get_token();
        control.onProgress = [&](const TrainingProgress &) { later.request_stop(); };
        const auto half = learnerOf(u"mf"_s).train(embedded(), {}, control);
        QVERIFY(!half);
        QCOMPARE(half.error().code, ErrorCode::Cancelled);
    }

    void oddButUsableSetsTrainToSoundModels_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("odd");
        for (const auto *kind : {"knn", "mf", "sw"}) {
            for (const auto *odd : {"identical prompts", "empty prompts", "zero embeddings",
                                    "mostly unmeasured", "ten rows"})
                QTest::addRow("%s, %s", kind, odd)
                    << QString::fromLatin1(kind) << QString::fromLatin1(odd);
        }
    }
    void oddButUsableSetsTrainToSoundModels()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, odd);
        TrainingSet set = odd == "zero embeddings"_L1 ? embedded() : sumsAndLetters();
        if (odd == "identical prompts"_L1)
            set.prompts.fill(u"Why is the sky blue?"_s);
        else if (odd == "empty prompts"_L1)
            set.prompts.fill(QString());
        else if (odd == "zero embeddings"_L1)
            std::fill(set.embeddings.values.begin(), set.embeddings.values.end(), 0.0F);
        else if (odd == "mostly unmeasured"_L1)
            for (qsizetype row = 0; row < set.rows(); ++row)
                set.targets.row(row)[size_t(row % 3 == 0)] = row % 5 == 0 ? 1 : kNan;
        else
            set = sumsAndLetters(10);
        const auto model = modelOf(kind, set);
        const std::vector<float> zeros(size_t(model->embeddingSize()), 0.0F);
        for (const QString &prompt : {u"Why is the sky blue?"_s, promptOf(1), QString()})
            QVERIFY(isSound(model->predict({.prompt = prompt, .embedding = zeros}), 2));
        const std::vector<float> wild(size_t(model->embeddingSize()), kNan);
        QVERIFY(isSound(model->predict({.prompt = u"?"_s, .embedding = wild}), 2));
    }

    void moreNeighboursThanRowsAreAllOfThem()
    {
        const auto model = modelOf(u"knn"_s, sumsAndLetters(), {{"k", 1'000}});
        QVERIFY(isSound(model->predict({promptOf(1)}), 2));
        QCOMPARE(model->explain({promptOf(1)}, 0, 1'000).size(), 60);
    }

    void setsThatTeachNothingAreRefused_data() { eachKind(); }
    void setsThatTeachNothingAreRefused()
    {
        QFETCH(const QString, kind);
        TrainingSet ties = sumsAndLetters();
        std::fill(ties.targets.values.begin(), ties.targets.values.end(), 1.0F);
        TrainingSet wild = embedded();
        wild.embeddings.values[5] = kNan;
        for (const TrainingSet &set : {sumsAndLetters(3), ties, wild}) {
            const Error error = refused(kind, set);
            QCOMPARE(error.code, ErrorCode::InvalidInput);
            QVERIFY(error.message.endsWith(u'.'));
        }
        QVERIFY(refused(kind, sumsAndLetters(3)).message.contains(u"at least 10"_s));
        QVERIFY(refused(kind, ties).message.contains(u"equally well"_s));
        QVERIFY(refused(kind, wild).message.contains(u"embed the prompts again"_s));
    }

    void oneLabelAndOneModelAreRefused()
    {
        TrainingSet one = labelled(sumsAndLetters());
        for (qsizetype row = 0; row < one.rows(); ++row) {
            one.targets.row(row)[0] = 1;
            one.targets.row(row)[1] = 0;
        }
        QVERIFY(refused(u"knn"_s, one).message.contains(u"easy"_s));
        TrainingSet alone = sumsAndLetters();
        alone.outputs = {u"small"_s};
        std::vector<float> small;
        for (qsizetype row = 0; row < alone.rows(); ++row)
            small.push_back(alone.targets.row(row)[0]);
        alone.targets = {1, small};
        for (const QString &kind : {u"mf"_s, u"sw"_s})
            QVERIFY(refused(kind, alone).message.contains(u"it takes two"_s));
        QVERIFY(isSound(modelOf(u"knn"_s, alone)->predict({promptOf(1)}), 1));
    }

    void optionsOutOfTheirRangeAreRefused_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        const auto add = [](const char *kind, const char *option, const char *value) {
            QTest::addRow("%s %s=%s", kind, option, value)
                << QString::fromLatin1(kind) << QString::fromLatin1(option)
                << QString::fromLatin1(value);
        };
        add("knn", "k", "0");
        add("knn", "k", "\"many\"");
        add("knn", "k", "2.5");
        add("knn", "minimum_similarity", "1.5");
        add("knn", "shrinkage", "0");
        add("knn", "sharpness", "-1");
        add("mf", "dimensions", "0");
        add("mf", "epochs", "\"some\"");
        add("mf", "learning_rate", "0");
        add("mf", "ties", "\"lose\"");
        add("sw", "gamma", "0.5");
        add("sw", "ties", "2");
        for (const auto *kind : {"knn", "mf", "sw"}) {
            add(kind, "embedding_size", "0");
            add(kind, "neighbors", "3");
        }
    }
    void optionsOutOfTheirRangeAreRefused()
    {
        QFETCH(const QString, kind);
        QFETCH(const QString, option);
        QFETCH(const QString, value);
        const Json options{{option.toStdString(), Json::parse(value.toStdString())}};
        const Error error = refused(kind, sumsAndLetters(), options);
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY(error.message.contains(option));
    }

    void everyDamagedBlockIsRefused_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("withEmbeddings");
        for (const auto *kind : {"knn", "mf", "sw"}) {
            QTest::addRow("%s", kind) << QString::fromLatin1(kind) << false;
            QTest::addRow("%s, embedded", kind) << QString::fromLatin1(kind) << true;
        }
    }
    void everyDamagedBlockIsRefused()
    {
        QFETCH(const QString, kind);
        QFETCH(const bool, withEmbeddings);
        const Artifact whole = trained(kind, withEmbeddings ? embedded() : sumsAndLetters());
        const auto isRefused = [](const Artifact &artifact) {
            const auto model = loadModel(builtinLearners(), artifact);
            return !model && model.error().code == ErrorCode::Damaged &&
                   !model.error().message.isEmpty();
        };
        for (const QString &name : whole.blocks.keys()) {
            Artifact damaged = whole;
            damaged.blocks.remove(name);
            QVERIFY2(isRefused(damaged), qPrintable(name));
            damaged = whole;
            damaged.blocks[name].append('\0');
            QVERIFY2(isRefused(damaged), qPrintable(name));
            damaged = whole;
            damaged.blocks[name].chop(1);
            QVERIFY2(isRefused(damaged), qPrintable(name));
        }
        // Numbers that are none; missing targets are.
        for (const QString &name : {u"references"_s, u"factorization"_s, u"prompts"_s}) {
            Artifact damaged = whole;
            if (damaged.blocks.contains(name)) {
                damaged.blocks[name].replace(0, 4, QByteArray(4, '\xFF'));
                QVERIFY2(isRefused(damaged), qPrintable(name));
            }
        }
        if (whole.blocks.contains(u"targets"_s)) {
            Artifact damaged = whole;
            const float two = 2; // targets go up to 1
            damaged.blocks[u"targets"_s].replace(0, 4, blockOf(std::vector{two}));
            QVERIFY(isRefused(damaged));
        }
    }

    void everyDamagedMemberOfTheHeaderIsRefusedOrHarmless_data() { eachKind(); }
    void everyDamagedMemberOfTheHeaderIsRefusedOrHarmless()
    {
        QFETCH(const QString, kind);
        const Artifact whole = trained(kind, sumsAndLetters());
        for (const auto &[key, value] : whole.header.items()) {
            for (const Json &other : {Json(), Json(-1), Json(1e300), Json("x"), Json::array(),
                                      Json::object(), Json(7)}) {
                Artifact damaged = whole;
                damaged.header[key] = other;
                const auto model = loadModel(builtinLearners(), damaged);
                if (model)
                    QVERIFY(isSound((*model)->predict({promptOf(1)}), 2));
                else
                    QVERIFY2(model.error().code == ErrorCode::Damaged, key.c_str());
            }
        }
        for (const auto *needed : {"target", "outputs", "references"}) {
            Artifact damaged = whole;
            damaged.header.erase(needed);
            QVERIFY2(!loadModel(builtinLearners(), damaged), needed);
        }
    }
};

QTEST_GUILESS_MAIN(TestPlacedLearners)
#include "tst_placed_learners.moc"
