#include "core/learning/artifact_file.h"
#include "core/learning/builtin_learners.h"

#include "core/common/seeded_random.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

const Json kSmall{{"bits", 12}, {"word_grams", 1}, {"folds", 3}};

// Questions of two models: the careful one is right where it doubts, the bold one where it does
// not. Both are right more often where their log probability is high.
TrainingSet judged(int rows)
{
    TrainingSet set;
    set.kind = TargetKind::Rightness;
    set.outputs = {u"right"_s};
    set.targets.columns = 1;
    SeededRandom random(1);
    for (int row = 0; row < rows; ++row) {
        const bool careful = row % 2 == 0;
        const bool doubts = random.uniform() < 0.5;
        const bool right = random.uniform() < (careful == doubts ? 0.9 : 0.1);
        set.prompts.append(u"How many are %1 and %2?"_s.arg(random.below(9)).arg(random.below(9)));
        set.answers.append(doubts ? u"Perhaps it is seven."_s : u"It is seven."_s);
        set.answering.append(careful ? u"careful"_s : u"bold"_s);
        set.confidences.push_back(-float(random.uniform()) - (right ? 0.0F : 2.0F));
        set.targets.values.push_back(right ? 1 : 0);
    }
    return set;
}

std::unique_ptr<PromptModel> trained(const TrainingSet &set, Json options = kSmall)
{
    const auto artifact = makeScorerLearner()->train(set, options, {});
    if (!artifact)
        qFatal("%s", qPrintable(artifact.error().message));
    auto model = loadModel(builtinLearners(), *artifact);
    if (!model)
        qFatal("%s", qPrintable(model.error().message));
    return std::move(*model);
}

double scored(const PromptModel &model, QStringView answer, QStringView answering = {},
              float confidence = std::numeric_limits<float>::quiet_NaN())
{
    PromptInput input{u"How many are 3 and 4?"};
    input.answer = answer;
    input.answering = answering;
    input.confidence = confidence;
    return model.predict(input).values.at(0);
}

} // namespace

class TestScorerLearner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachModelIsJudgedByItsOwnAnswers()
    {
        TrainingSet set = judged(600);
        set.confidences.clear();
        const auto model = trained(set);
        QVERIFY(scored(*model, u"Perhaps it is seven.", u"careful") > 0.75);
        QVERIFY(scored(*model, u"It is seven.", u"careful") < 0.25);
        QVERIFY(scored(*model, u"Perhaps it is seven.", u"bold") < 0.25);
        QVERIFY(scored(*model, u"It is seven.", u"bold") > 0.75);
        const double other = scored(*model, u"It is seven.", u"another");
        QVERIFY2(std::abs(other - 0.5) < 0.15, qPrintable(QString::number(other)));
    }

    void oneJudgeForAllKnowsNoModels()
    {
        TrainingSet set = judged(600);
        set.confidences.clear();
        Json options = kSmall;
        options["per_model"] = false;
        const auto model = trained(set, options);
        QCOMPARE(scored(*model, u"It is seven.", u"careful"),
                 scored(*model, u"It is seven.", u"bold"));
    }

    void theLogProbabilityCounts()
    {
        const auto model = trained(judged(600));
        const double sure = scored(*model, u"It is seven.", {}, -0.1F);
        const double unsure = scored(*model, u"It is seven.", {}, -2.5F);
        QVERIFY2(sure > 0.8 && unsure < 0.2, qPrintable(u"%1 %2"_s.arg(sure).arg(unsure)));
        const double unknown = scored(*model, u"It is seven.");
        QVERIFY(unknown > 0 && unknown < 1);
        QVERIFY(std::isfinite(
            scored(*model, u"It is seven.", {}, -std::numeric_limits<float>::infinity())));
    }

    void modelsWithFewAnswersAreNotToldApart()
    {
        TrainingSet set = judged(300);
        for (qsizetype row = 0; row < 19; ++row)
            set.answering[row] = u"rare"_s;
        for (qsizetype row = 19; row < 80; ++row) {
            set.answering[row] = u"perfect"_s;
            set.targets.values[size_t(row)] = 1;
        }
        const auto artifact = makeScorerLearner()->train(set, kSmall, {});
        QVERIFY(artifact);
        QCOMPARE(artifact->header["reads"]["answering"], (Json{"bold", "careful", "perfect"}));
        const auto model = loadModel(builtinLearners(), *artifact);
        QVERIFY(model);
        const float unsure = -2;
        QVERIFY(scored(**model, u"It is seven.", u"perfect", unsure) >
                scored(**model, u"It is seven.", u"rare", unsure) + 0.1);
    }

    void theReasonsNameTheAnswer()
    {
        TrainingSet set = judged(600);
        set.confidences.clear();
        const auto model = trained(set);
        PromptInput input{u"How many are 3 and 4?"};
        input.answer = u"Perhaps it is seven.";
        input.answering = u"bold";
        const QList<Reason> reasons = model->explain(input, 0, 4);
        QVERIFY(std::any_of(reasons.begin(), reasons.end(), [](const Reason &reason) {
            return reason.weight < 0 &&
                   (reason.text.contains(u"perhaps"_s) || reason.text.contains(u"doubt"_s));
        }));
    }

    void theSameSetAndSeedGiveTheSameBytes()
    {
        const TrainingSet set = judged(120);
        const auto once = makeScorerLearner()->train(set, kSmall, {});
        const auto again = makeScorerLearner()->train(set, kSmall, {});
        QVERIFY(once && again);
        QCOMPARE(toBytes(*once), toBytes(*again));
    }

    void whatTeachesNothingIsRefused()
    {
        TrainingSet right = judged(60);
        std::fill(right.targets.values.begin(), right.targets.values.end(), 1.0F);
        QCOMPARE(makeScorerLearner()->train(right, kSmall, {}).error().code,
                 ErrorCode::InvalidInput);
        TrainingSet labels = judged(60);
        labels.kind = TargetKind::Labels;
        QCOMPARE(makeScorerLearner()->train(labels, kSmall, {}).error().code,
                 ErrorCode::InvalidInput);
        QVERIFY(!makeScorerLearner()->learns(TargetKind::Qualities));
        QCOMPARE(makeScorerLearner()->train(judged(60), {{"reads", "embedding"}}, {}).error().code,
                 ErrorCode::InvalidInput);
    }

    void everyDamagedBlockIsRefused()
    {
        const auto whole = makeScorerLearner()->train(judged(120), kSmall, {});
        QVERIFY(whole);
        for (const QString &block : whole->blocks.keys()) {
            if (block.startsWith(u"familiarity"_s))
                continue; // tested with what reads them
            Artifact cut = *whole;
            cut.blocks[block].chop(4);
            QCOMPARE(loadModel(builtinLearners(), cut).error().code, ErrorCode::Damaged);
        }
        Artifact fewer = *whole;
        fewer.header["reads"]["answering"].erase(0);
        QCOMPARE(loadModel(builtinLearners(), fewer).error().code, ErrorCode::Damaged);
    }

    void strangeAnswersGetAProbability()
    {
        const auto model = trained(judged(120));
        for (const QString &answer :
             {QString(), u"🙂"_s, QString(1'000'000, u'7'), QString(100, QChar(0xDC00))}) {
            const double p = scored(*model, answer, u"bold");
            QVERIFY(p > 0 && p < 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestScorerLearner)
#include "tst_scorer_learner.moc"
