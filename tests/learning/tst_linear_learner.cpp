#include "core/learning/artifact_file.h"
#include "core/learning/builtin_learners.h"
#include "core/learning/model_header.h"

#include "core/common/seeded_random.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
const Json kSmall{{"bits", 12}, {"word_grams", 2}, {"folds", 3}};

const QStringList kSubjects{u"capital city river country"_s, u"integral theorem matrix proof"_s,
                            u"poem rhyme verse stanza"_s};

// Prompts about the subjects in turn, each of some of its words and some that all have.
QString promptAbout(int subject, SeededRandom &random)
{
    const QStringList words = kSubjects.at(subject).split(u' ');
    const QStringList common{u"please"_s, u"tell"_s, u"me"_s, u"about"_s, u"the"_s, u"of"_s};
    QStringList prompt;
    for (int word = 0; word < 8; ++word)
        prompt.append(word % 3 == 0 ? words.at(random.below(4)) : common.at(random.below(6)));
    return prompt.join(u' ');
}

TrainingSet emptySet(TargetKind kind, const QStringList &outputs)
{
    TrainingSet set;
    set.kind = kind;
    set.outputs = outputs;
    set.targets.columns = outputs.size();
    return set;
}

void append(TrainingSet &set, const QString &prompt, const std::vector<float> &targets)
{
    set.prompts.append(prompt);
    set.targets.values.insert(set.targets.values.end(), targets.begin(), targets.end());
}

TrainingSet labelled(int rows, int labels)
{
    TrainingSet set =
        emptySet(TargetKind::Labels, QStringList{u"easy"_s, u"hard"_s, u"verse"_s}.first(labels));
    SeededRandom random(1);
    for (int row = 0; row < rows; ++row) {
        std::vector<float> targets(size_t(labels), 0.0F);
        targets[size_t(row % labels)] = 1;
        append(set, promptAbout(row % labels, random), targets);
    }
    return set;
}

// The small model knows capitals in 9 of 10 cases and mathematics in 2; the large one all.
TrainingSet measured(int rows)
{
    TrainingSet set = emptySet(TargetKind::Qualities, {u"small"_s, u"large"_s});
    SeededRandom random(2);
    for (int row = 0; row < rows; ++row) {
        const bool right = random.uniform() < (row % 2 == 0 ? 0.9 : 0.2);
        append(set, promptAbout(row % 2, random), {right ? 1.0F : 0.0F, 0.95F});
    }
    return set;
}

TrainingSet judged(int rows)
{
    TrainingSet set = emptySet(TargetKind::Rightness, {u"right"_s});
    SeededRandom random(3);
    for (int row = 0; row < rows; ++row) {
        const bool right = row % 3 > 0;
        append(set, promptAbout(row % 2, random), {right ? 1.0F : 0.0F});
        set.answers.append(right ? u"It is number %1."_s.arg(random.below(50))
                                 : u"Sorry, I cannot say that."_s);
    }
    return set;
}

Artifact trained(const TrainingSet &set, const Json &options = kSmall, quint64 seed = 1)
{
    TrainingControl control;
    control.seed = seed;
    auto artifact = makeLinearLearner()->train(set, options, control);
    if (!artifact)
        qFatal("%s", qPrintable(artifact.error().message));
    return *artifact;
}

std::unique_ptr<PromptModel> modelOf(const Artifact &artifact)
{
    auto model = loadModel(builtinLearners(), artifact);
    if (!model)
        qFatal("%s %s", qPrintable(model.error().message), qPrintable(model.error().detail));
    return std::move(*model);
}

Json with(Json options, const Json &change)
{
    options.update(change);
    return options;
}

// Of both models, over fifty prompts about the subject.
std::array<double, 2> meanQualities(const PromptModel &model, int subject)
{
    std::array<double, 2> mean{};
    SeededRandom random(8);
    for (int row = 0; row < 50; ++row) {
        const std::vector<double> values = model.predict({promptAbout(subject, random)}).values;
        mean[0] += values[0] / 50;
        mean[1] += values[1] / 50;
    }
    return mean;
}

Error errorOf(const TrainingSet &set, const Json &options)
{
    const auto artifact = makeLinearLearner()->train(set, options, {});
    return artifact ? Error{ErrorCode::NotFound, u"it trained"_s, {}} : artifact.error();
}

const QStringList kStrangeTexts{
    {},
    u" \n\t "_s,
    u"🙂🙃🤖 👩‍👩‍👧‍👦"_s,
    u"数学の問題を解いてください"_s,
    u"ما هي عاصمة فرنسا؟"_s,
    QString(1'000'000, u'x'),
    u"capital "_s.repeated(130'000),
    QString(5000, QChar(0xD800)), // halves of characters
    QString(300, QChar(u'\0')),
};

} // namespace

class TestLinearLearner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsAreLearned_data()
    {
        QTest::addColumn<int>("labels");
        QTest::newRow("two") << 2;
        QTest::newRow("three") << 3;
    }
    void labelsAreLearned()
    {
        QFETCH(int, labels);
        const auto model = modelOf(trained(labelled(240, labels)));
        QCOMPARE(model->kind(), TargetKind::Labels);
        QCOMPARE(model->outputs().size(), labels);
        SeededRandom random(9);
        for (int row = 0; row < 60; ++row) {
            const QString prompt = promptAbout(row % labels, random);
            const std::vector<double> values = model->predict({prompt}).values;
            QCOMPARE(values.size(), size_t(labels));
            QVERIFY(std::abs(std::accumulate(values.begin(), values.end(), 0.0) - 1) < 1e-9);
            const auto best = std::max_element(values.begin(), values.end());
            QCOMPARE(best - values.begin(), row % labels);
        }
    }

    void expectedQualitiesFollowTheOutcomesOfEachModel()
    {
        const auto model = modelOf(trained(measured(800)));
        const auto capitals = meanQualities(*model, 0);
        const auto proofs = meanQualities(*model, 1);
        QVERIFY2(std::abs(capitals[0] - 0.9) < 0.06, qPrintable(QString::number(capitals[0])));
        QVERIFY2(std::abs(proofs[0] - 0.2) < 0.06, qPrintable(QString::number(proofs[0])));
        QVERIFY(std::abs(capitals[1] - 0.95) < 0.03);
        QVERIFY(std::abs(proofs[1] - 0.95) < 0.03);
    }

    void whatWasNotMeasuredIsLeftOut()
    {
        TrainingSet set = measured(800);
        for (size_t row = 0; row < 800; ++row) {
            if (row % 4 < 2) // both subjects
                set.targets.values[2 * row] = kNan;
        }
        const auto model = modelOf(trained(set));
        const double capitals = meanQualities(*model, 0)[0];
        const double proofs = meanQualities(*model, 1)[0];
        QVERIFY2(std::abs(capitals - 0.9) < 0.08, qPrintable(QString::number(capitals)));
        QVERIFY2(std::abs(proofs - 0.2) < 0.08, qPrintable(QString::number(proofs)));
    }

    void answersAreJudgedByWhatTheySay()
    {
        const auto model = modelOf(trained(judged(240)));
        QCOMPARE(model->kind(), TargetKind::Rightness);
        PromptInput input{u"tell me about the capital of the country"_s};
        input.answer = u"It is number 17."_s;
        QVERIFY(model->predict(input).values.at(0) > 0.8);
        input.answer = u"Sorry, I cannot tell you."_s;
        QVERIFY(model->predict(input).values.at(0) < 0.2);
    }

    void embeddingsAreReadInsteadOfTheTextOrBesideIt_data()
    {
        QTest::addColumn<QString>("reads");
        QTest::newRow("instead") << u"embedding"_s;
        QTest::newRow("beside") << u"both"_s;
    }
    void embeddingsAreReadInsteadOfTheTextOrBesideIt()
    {
        QFETCH(QString, reads);
        TrainingSet set = emptySet(TargetKind::Labels, {u"easy"_s, u"hard"_s});
        set.embedder = u"lsa"_s;
        set.embeddings.columns = 3;
        SeededRandom random(4);
        for (int row = 0; row < 200; ++row) {
            append(set, u"prompt %1"_s.arg(row), {row % 2 ? 0.0F : 1.0F, row % 2 ? 1.0F : 0.0F});
            for (const float side : {row % 2 ? 1.0F : -1.0F, 0.0F, 0.5F})
                set.embeddings.values.push_back(side + float(random.normal()) / 4);
        }
        const auto model = modelOf(trained(set, with(kSmall, {{"reads", toStdString(reads)}})));
        QCOMPARE(model->embedder(), u"lsa"_s);
        QCOMPARE(model->embeddingSize(), 3);
        const std::vector<float> hard{9, 0, 5};
        const std::vector<float> nothing{0, 0, 0};
        const std::vector<float> broken{kNan, 0, 5};
        PromptInput input{u"another prompt"_s};
        input.embedding = hard;
        QVERIFY(model->predict(input).values[1] > 0.9);
        for (const std::vector<float> &embedding : {nothing, broken}) {
            input.embedding = embedding;
            QVERIFY(std::abs(model->predict(input).values[1] - 0.5) < 0.4);
        }
    }

    void reasonsNameWhatPushed()
    {
        const auto model = modelOf(trained(labelled(240, 2)));
        const PromptInput input{u"please tell me about the integral"_s};
        const QList<Reason> hard = model->explain(input, 1, 3);
        QVERIFY(!hard.isEmpty() && hard.size() <= 3);
        QVERIFY2(hard[0].text.contains(u"integral"_s), qPrintable(hard[0].text));
        QVERIFY(hard[0].weight > 0);
        for (qsizetype at = 1; at < hard.size(); ++at)
            QVERIFY(std::abs(hard[at].weight) <= std::abs(hard[at - 1].weight));
        const QList<Reason> easy = model->explain(input, 0, 3);
        QCOMPARE(easy[0].text, hard[0].text);
        QCOMPARE(easy[0].weight, -hard[0].weight);
        QVERIFY(model->explain(input, 1, 0).isEmpty());
        QVERIFY(model->explain({QStringView()}, 1, 5).size() <= 5);
    }

    void promptsOfAnotherKindAreLessFamiliar()
    {
        const auto model = modelOf(trained(labelled(240, 2)));
        SeededRandom random(11);
        double usual = 0;
        for (int row = 0; row < 40; ++row)
            usual += model->predict({promptAbout(row % 2, random)}).familiarity / 40;
        QVERIFY2(usual > 0.3, qPrintable(QString::number(usual)));
        const double code =
            model->predict({u"#include <vector>\nint main() { return f(3) + 12; } // 2024?"})
                .familiarity;
        QVERIFY2(code < 0.05, qPrintable(QString::number(code)));
    }

    void rareLabelsAreFoundWhereTheClassesAreBalanced()
    {
        TrainingSet set = emptySet(TargetKind::Labels, {u"easy"_s, u"hard"_s});
        SeededRandom random(6);
        for (int row = 0; row < 400; ++row) {
            const bool hard = row % 20 == 0;
            append(set, promptAbout(hard && row % 40 == 0 ? 1 : 0, random),
                   {hard ? 0.0F : 1.0F, hard ? 1.0F : 0.0F});
        }
        const Json raw = with(kSmall, {{"calibration", "none"}, {"strength", 1}});
        const QString prompt = u"the integral of the matrix"_s;
        const double as = modelOf(trained(set, raw))->predict({prompt}).values[1];
        const double balanced =
            modelOf(trained(set, with(raw, {{"balance", true}})))->predict({prompt}).values[1];
        QVERIFY2(balanced > as + 0.2, qPrintable(u"%1 %2"_s.arg(as).arg(balanced)));
    }

    void theSameSetOptionsAndSeedGiveTheSameBytes()
    {
        const TrainingSet set = measured(200);
        const QByteArray bytes = toBytes(trained(set));
        QCOMPARE(toBytes(trained(set)), bytes);
        QVERIFY(toBytes(trained(set, kSmall, 2)) != bytes);
    }

    void theHeaderSaysWhatItWasTrainedOn()
    {
        const Json header = trained(measured(200)).header;
        QCOMPARE(header["target"], Json("qualities"));
        QCOMPARE(header["rows"], Json(200));
        QCOMPARE(header["options"]["bits"], Json(12));
        QCOMPARE(header["options"]["strength"], Json("auto"));
        QCOMPARE(header["heads"].size(), size_t(2));
        const Json heldOut = header["heads"][0]["held_out"];
        QCOMPARE(heldOut["rows"], Json(200));
        const double brier = heldOut["brier"].get<double>();
        QVERIFY2(brier > 0.05 && brier < 0.2, qPrintable(QString::number(brier)));
    }

    void strangeTextsGetProbabilities()
    {
        const auto model = modelOf(trained(labelled(120, 3)));
        for (const QString &text : kStrangeTexts) {
            double sum = 0;
            for (const double value : model->predict({text}).values) {
                QVERIFY(value >= 0 && value <= 1);
                sum += value;
            }
            QVERIFY(std::abs(sum - 1) < 1e-9);
        }
        QVERIFY(model->explain({kStrangeTexts.at(2)}, 0, 5).size() <= 5);
    }

    void strangeTextsAreTrainedOn()
    {
        TrainingSet set = labelled(40, 2);
        for (qsizetype text = 0; text < kStrangeTexts.size(); ++text)
            append(set, kStrangeTexts.at(text), {text % 2 ? 1.0F : 0.0F, text % 2 ? 0.0F : 1.0F});
        const auto model = modelOf(trained(set));
        QVERIFY(std::isfinite(model->predict({u"the capital of the country"_s}).values[0]));
        TrainingSet empty = labelled(40, 2);
        for (QString &prompt : empty.prompts)
            prompt.clear();
        const double half = modelOf(trained(empty))->predict({u"anything"_s}).values[0];
        QVERIFY2(std::abs(half - 0.5) < 0.1, qPrintable(QString::number(half)));
    }

    void whatTeachesNothingIsRefusedWithASentence_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<float>("first"); // of the targets
        QTest::addColumn<float>("second");
        QTest::newRow("three rows") << 3 << 0.0F << 1.0F;
        QTest::newRow("ties") << 40 << 1.0F << 1.0F;
        QTest::newRow("nothing measured") << 40 << kNan << kNan;
        QTest::newRow("out of range") << 40 << 2.0F << 1.0F;
        QTest::newRow("no rows") << 0 << 0.0F << 0.0F;
    }
    void whatTeachesNothingIsRefusedWithASentence()
    {
        QFETCH(int, rows);
        QFETCH(float, first);
        QFETCH(float, second);
        TrainingSet set = emptySet(TargetKind::Qualities, {u"small"_s, u"large"_s});
        for (int row = 0; row < rows; ++row)
            append(set, u"prompt %1"_s.arg(row), {first, second});
        const Error error = errorOf(set, kSmall);
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY(!error.message.isEmpty());
    }

    void optionsThatCannotBeUsedAreRefused_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::newRow("unknown") << QByteArray(R"({"learning_rate": 1})");
        QTest::newRow("bits") << QByteArray(R"({"bits": 40})");
        QTest::newRow("strength") << QByteArray(R"({"strength": -1})");
        QTest::newRow("strength by name") << QByteArray(R"({"strength": "much"})");
        QTest::newRow("folds") << QByteArray(R"({"folds": 1})");
        QTest::newRow("calibration") << QByteArray(R"({"calibration": "beta"})");
        QTest::newRow("characters that fall")
            << QByteArray(R"({"character_from": 5, "character_to": 3})");
        QTest::newRow("nothing to read") << QByteArray(R"({"word_grams": 0, "cues": false})");
        QTest::newRow("embeddings that are not there") << QByteArray(R"({"reads": "both"})");
        QTest::newRow("a list") << QByteArray("[]");
    }
    void optionsThatCannotBeUsedAreRefused()
    {
        QFETCH(QByteArray, options);
        const Error error = errorOf(labelled(40, 2), Json::parse(options.toStdString()));
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY(!error.message.isEmpty());
    }

    void aStoppedTrainingSaysSoAndProgressRises()
    {
        std::stop_source source;
        TrainingControl control;
        control.stop = source.get_token();
        std::vector<double> steps;
        control.onProgress = [&](const TrainingProgress &progress) {
            steps.push_back(progress.done);
            source.request_stop();
        };
        const auto stopped = makeLinearLearner()->train(labelled(200, 2), kSmall, control);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);

        steps.clear();
        TrainingControl whole;
        whole.onProgress = [&](const TrainingProgress &progress) {
            steps.push_back(progress.done);
        };
        QVERIFY(makeLinearLearner()->train(labelled(200, 2), kSmall, whole));
        QVERIFY(steps.size() >= 2);
        QVERIFY(std::is_sorted(steps.begin(), steps.end()));
        QCOMPARE(steps.back(), 1.0);
    }

    void everyDamagedBlockIsRefused()
    {
        const Artifact whole = trained(measured(60));
        for (const QString &block : whole.blocks.keys()) {
            if (block.startsWith(u"familiarity"_s))
                continue; // tested with what reads them
            Artifact without = whole;
            without.blocks.remove(block);
            Artifact cut = whole;
            cut.blocks[block].chop(1);
            Artifact noNumbers = whole;
            noNumbers.blocks[block].fill(char(0xFF)); // NaN, or a column that there is not
            for (const Artifact &damaged : {without, cut, noNumbers}) {
                const auto model = loadModel(builtinLearners(), damaged);
                QVERIFY2(!model, qPrintable(block));
                QCOMPARE(model.error().code, ErrorCode::Damaged);
            }
        }
    }

    void everyDamagedMemberOfTheHeaderIsRefused()
    {
        const Artifact whole = trained(measured(60));
        for (const char *key : {"target", "outputs", "features", "reads", "heads", "columns"}) {
            for (const Json &value : {Json(), Json(-1), Json("x"), Json::array({1, 2})}) {
                Artifact damaged = whole;
                damaged.header[key] = value;
                const auto model = loadModel(builtinLearners(), damaged);
                QVERIFY2(!model, key);
            }
        }
        Artifact sloped = whole;
        sloped.header["heads"][0]["calibration"]["slope"] = -3;
        QCOMPARE(loadModel(builtinLearners(), sloped).error().code, ErrorCode::Damaged);
    }

    void aModelOfAnUnknownKindNamesTheKnownOnes()
    {
        Artifact foreign = trained(labelled(40, 2));
        foreign.kind = u"oracle"_s;
        const auto model = loadModel(builtinLearners(), foreign);
        QVERIFY(!model);
        QCOMPARE(model.error().code, ErrorCode::UnknownKind);
        QVERIFY(model.error().message.contains(u"linear"_s));
    }
};

QTEST_GUILESS_MAIN(TestLinearLearner)
#include "tst_linear_learner.moc"
