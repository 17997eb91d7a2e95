#include "core/evaluation/outcome_builder.h"
#include "core/evaluation/training/training_job.h"
#include "core/learning/artifact_file.h"
#include "tests/support/word_mean_learner.h"

#include <QTest>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;
using learning::TargetKind;

namespace {

enum Model : qsizetype { Small, Large };

constexpr int kWords = 20; // of each kind: with few of them chance gets their order right, too

// Prompts that say in a word whether "small" gets them right; "large" always does but for every
// tenth. With `told` false the word says nothing.
OutcomeTable tellingTable(int prompts, bool told = true)
{
    OutcomeBuilder builder({.prompts = true, .answers = true});
    for (int row = 0; row < prompts; ++row) {
        const bool easy = row % 2 == 0;
        const bool says = told ? easy : row % 4 < 2;
        const QByteArray id = QByteArray::number(row);
        const QByteArray word = QByteArray::number(row / 2 % kWords);
        const QByteArray prompt = (says ? "add" : "prove") + word + " number " + id;
        if (!builder.addRow(id, prompt, {}))
            qFatal("no row");
        Outcome small{.quality = easy ? 1.0 : 0.0};
        small.cost = Money::fromUsd(0.001).value();
        small.answer = easy ? "certainly" : "perhaps";
        Outcome large{.quality = row % 10 == 9 ? 0.0 : 1.0};
        large.cost = Money::fromUsd(0.01).value();
        large.answer = row % 10 == 9 ? "perhaps" : "certainly";
        if (!builder.add("small", small) || !builder.add("large", large))
            qFatal("no outcome");
    }
    return builder.take();
}

Contender contender(TargetKind kind, double weight = 1, const QString &name = u"words"_s)
{
    return {.name = name,
            .learner = u"word_means"_s,
            .options = {{"weight", weight}},
            .target = {.kind = kind}};
}

const learning::LearnerRegistry &learners()
{
    static const learning::LearnerRegistry registry = test::wordMeanLearners();
    return registry;
}

TrainingReport reportOf(const OutcomeTable &table, const TrainingJob &job)
{
    auto report = runTraining({.table = &table, .name = u"telling"_s}, job, learners());
    if (!report)
        qFatal("%s", qPrintable(report.error().message));
    return std::move(*report);
}

} // namespace

class TestTrainingJob final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRouterThatKnowsRecoversTheGapAndTheNullDoesNot()
    {
        const OutcomeTable table = tellingTable(600);
        for (const TargetKind kind : {TargetKind::Qualities, TargetKind::Labels}) {
            const TrainingReport report =
                reportOf(table, {.contenders = {contender(kind)}, .pair = ModelPair{Large, Small}});
            const TrainedLearner &found = report.learners.front();
            QCOMPARE(found.validation.headline, Headline::Apgr);
            QVERIFY(found.validation.value.value > 0.7);
            QVERIFY(found.validation.value.hasInterval());
            QCOMPARE(found.validation.null.value.n, 5);
            QVERIFY(found.validation.null.value.value < 0.6);
            QCOMPARE(found.validation.null.reaches, 1.0 / 6);
            QVERIFY(found.validation.pair->costQuality);
            QVERIFY(found.validation.pair->costQuality->aboveZeroRouter.low > 0);
            QVERIFY(found.test);
            QCOMPARE(found.test->part, Part::Test);
            QVERIFY(found.test->value.value > 0.7);
        }
    }

    void whereWordsTellNothingTheRouterIsNoBetterThanChance()
    {
        const OutcomeTable table = tellingTable(600, false);
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Qualities)},
                             .pair = ModelPair{Large, Small}});
        const PartReport &validation = report.learners.front().validation;
        QVERIFY(validation.value.low < 0.5);
        QVERIFY(validation.null.reaches > 1.0 / 6);
    }

    void onlyTrainPromptsAreTrainedOn()
    {
        const OutcomeTable table = tellingTable(400);
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Qualities)}});
        const TrainedLearner &found = report.learners.front();
        const auto train = table.rowsOf(Part::Train);
        QCOMPARE(report.trainPrompts, qsizetype(train.size()));
        QCOMPARE(report.trainPrompts + report.validationPrompts + report.testPrompts, 400);
        const Json words = found.artifact.header["words"];
        for (qint32 row = 0; row < 400; ++row) {
            const bool isTrained = table.part[size_t(row)] == Part::Train;
            QCOMPARE(words.contains(std::to_string(row)), isTrained);
        }
        const TrainingReport few =
            reportOf(table, {.contenders = {contender(TargetKind::Qualities)}, .limit = 50});
        QCOMPARE(few.trainPrompts, 50);
        QCOMPARE(few.learners.front().trainedOn.used, 50);
    }

    void qualitiesAreReadAgainstTheBestSingleModel()
    {
        // Each is right where the other is wrong.
        OutcomeTable table = tellingTable(600);
        for (size_t row = 0; row < 600; ++row)
            table.models[Large].quality[row] = row % 2 == 0 ? 0.0F : 1.0F;
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Qualities)}});
        const PartReport &validation = report.learners.front().validation;
        QCOMPARE(validation.headline, Headline::Quality);
        QCOMPARE(validation.quality->routed.value, 1.0);
        QCOMPARE(validation.quality->oracle.value, 1.0);
        QVERIFY(validation.quality->aboveBestSingle.low > 0.3);
        QVERIFY(validation.null.value.value < 0.75);
        const auto &singles = validation.quality->singles;
        QVERIFY(std::abs(singles[Small].share.value - singles[Small].quality.value) < 1e-9);
        QCOMPARE(singles[Small].share.n, validation.quality->n);
        QVERIFY(validation.quality->costQuality);
        QVERIFY(validation.quality->costQuality->aiq.value >
                validation.quality->costQuality->nullAiq.value);
    }

    void rowsWithoutAnOutcomeOfEveryModelAreLeftOutOfQualityAndCounted()
    {
        OutcomeTable table = tellingTable(300);
        const auto validation = table.rowsOf(Part::Validation);
        table.models[Large].quality[size_t(validation.front())] = kNotMeasured;
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Qualities)},
                             .pair = ModelPair{Large, Small}});
        const PartReport &read = report.learners.front().validation;
        QCOMPARE(read.quality->incomplete, 1);
        QCOMPARE(read.quality->n, qsizetype(validation.size()) - 1);
        QCOMPARE(read.pair->missing, 1);
        QCOMPARE(read.counts.missingOutcomes, 1);
    }

    void labelsAreReadAgainstTheCommonestOne()
    {
        const OutcomeTable table = tellingTable(600);
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Labels)}});
        const PartReport &validation = report.learners.front().validation;
        QCOMPARE(validation.headline, Headline::Accuracy);
        const LabelReport &labels = *validation.labels;
        QCOMPARE(labels.labels, (QStringList{u"easy"_s, u"hard"_s}));
        qsizetype hits = 0;
        qsizetype all = 0;
        for (size_t truth = 0; truth < 2; ++truth) {
            hits += labels.confusion[truth][truth];
            all += labels.confusion[truth][0] + labels.confusion[truth][1];
        }
        QCOMPARE(all, labels.n);
        QCOMPARE(labels.accuracy.value, double(hits) / double(all));
        QVERIFY(labels.aboveCommonest.low > 0);
        QVERIFY(labels.null.value.value < labels.accuracy.value);
        QCOMPARE(validation.reliability.size(), 2u);
        const OutputReliability &hard = validation.reliability[1];
        QCOMPARE(hard.output, u"hard"_s);
        QCOMPARE(hard.reliability.rows, labels.n);
        QVERIFY(hard.reliability.brier < hard.brierOfMean);
    }

    void aScorerIsReadOverAllAnswersAndOverEachModels()
    {
        const OutcomeTable table = tellingTable(300);
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Rightness)}});
        const PartReport &validation = report.learners.front().validation;
        QCOMPARE(validation.headline, Headline::Area);
        QCOMPARE(validation.rightness->models.size(), 2u);
        QVERIFY(validation.rightness->area.value > 0.95);
        QVERIFY(validation.rightness->models[Small].area.value > 0.95);
        QVERIFY(validation.null.value.value < 0.75);
    }

    void theBestOnValidationIsChosenAndOnlyThatOneReadsTheTest()
    {
        const OutcomeTable table = tellingTable(600);
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Qualities, 0, u"nothing"_s),
                                            contender(TargetKind::Qualities, 1, u"words"_s),
                                            contender(TargetKind::Labels, 1, u"labels"_s)},
                             .pair = ModelPair{Large, Small}});
        QVERIFY(report.chosen > 0);
        QVERIFY(!report.learners[0].test);
        QVERIFY(report.learners[size_t(report.chosen)].test);
        QVERIFY(report.learners[0].againstChosen.high < 0);
        QCOMPARE(report.learners[0].againstChosen.n,
                 report.learners[size_t(report.chosen)].validation.value.n);
        QVERIFY(!report.learners[size_t(report.chosen)].againstChosen.isDefined());
        QVERIFY(!report.learners[0].artifact.header.contains("test"));
    }

    void moreTrainPromptsMakeACurve()
    {
        const OutcomeTable table = tellingTable(600);
        const auto sizes = curveSizes(qsizetype(table.rowsOf(Part::Train).size()), 3);
        QCOMPARE(sizes.size(), 3u);
        QVERIFY(std::is_sorted(sizes.begin(), sizes.end()));
        const TrainingReport report =
            reportOf(table, {.contenders = {contender(TargetKind::Qualities)},
                             .pair = ModelPair{Large, Small},
                             .curve = sizes});
        const TrainedLearner &found = report.learners.front();
        QCOMPARE(found.curve.size(), 4u);
        QCOMPARE(found.curve.front().prompts, sizes.front());
        QCOMPARE(found.curve.back().prompts, report.trainPrompts);
        QCOMPARE(found.curve.back().value, found.validation.value);
        QVERIFY(found.curve.front().value.n > 0);
    }

    void theArtifactSaysWhereItCameFromAndIsTheSameAgain()
    {
        const OutcomeTable table = tellingTable(300);
        const TrainingJob job{.contenders = {contender(TargetKind::Labels)},
                              .pair = ModelPair{Large, Small},
                              .limit = 100,
                              .seed = 4};
        const learning::Artifact once = reportOf(table, job).learners.front().artifact;
        const learning::Artifact again = reportOf(table, job).learners.front().artifact;
        QCOMPARE(learning::toBytes(once), learning::toBytes(again));
        const Json &data = once.header["data"];
        QCOMPARE(data["name"], "telling");
        QCOMPARE(data["prompts"]["train"], 100);
        QCOMPARE(data["trained_rows"], 100);
        QCOMPARE(data["sha256"].get<std::string>().size(), 64u);
        QCOMPARE(data["target"]["kind"], "labels");
        QCOMPARE(data["target"]["none_right"], "cheapest");
        QCOMPARE(data["target"]["steps"], Json::parse(R"([["small"], ["large"]])"));
        QCOMPARE(once.header["test"]["headline"], "apgr");
        QVERIFY(once.header["test"]["n"] > 30);
        OutcomeTable other = table;
        const auto train = drawnRows(table.rowsOf(Part::Train), 100, 4);
        other.models[Small].quality[size_t(train.front())] =
            1 - other.models[Small].quality[size_t(train.front())];
        QVERIFY(reportOf(other, job).learners.front().artifact.header["data"]["sha256"] !=
                data["sha256"]);
    }

    void aContenderThatCannotTrainDoesNotKeepTheOthersFromIt()
    {
        const OutcomeTable table = tellingTable(300);
        Contender unknown = contender(TargetKind::Qualities);
        unknown.learner = u"sorcery"_s;
        Contender embedded = contender(TargetKind::Qualities);
        embedded.embedder = u"somebody"_s;
        const TrainingReport report =
            reportOf(table, {.contenders = {unknown, embedded, contender(TargetKind::Qualities)}});
        QCOMPARE(report.chosen, 2);
        QCOMPARE(report.learners[0].error->code, ErrorCode::UnknownKind);
        QVERIFY(report.learners[1].error->message.contains(u"somebody"));
        const auto alone = runTraining({.table = &table}, {.contenders = {unknown}}, learners());
        QVERIFY(!alone);
        QCOMPARE(alone.error().code, ErrorCode::UnknownKind);
        QVERIFY(!runTraining({.table = &table}, {}, learners()));
    }

    void progressRisesAndAStopEndsIt()
    {
        const OutcomeTable table = tellingTable(600);
        const TrainingJob job{.contenders = {contender(TargetKind::Qualities)}, .nulls = 3};
        std::vector<double> done;
        const auto ran =
            runTraining({.table = &table}, job, learners(),
                        [&](const TrainingState &state) { done.push_back(state.done); });
        QVERIFY(ran);
        QVERIFY(done.size() > 8);
        QVERIFY(std::is_sorted(done.begin(), done.end()));
        QVERIFY(done.back() <= 1 && done.back() > 0.9);

        std::stop_source stop;
        int calls = 0;
        const auto stopped = runTraining(
            {.table = &table}, job, learners(),
            [&](const TrainingState &state) {
                ++calls;
                if (state.phase == TrainingPhase::Null)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QVERIFY(calls < int(done.size()));
    }

    void scoresThatCannotChooseBetweenThePairAreRefused()
    {
        const RowPredictions predictions{.outputs = {u"small"_s, u"tiny"_s},
                                         .kind = TargetKind::Qualities,
                                         .values = {0.5, 0.4},
                                         .familiarity = {1}};
        const auto scores = pairScores(predictions, u"large"_s, u"small"_s);
        QVERIFY(!scores);
        QVERIFY(scores.error().message.contains("small, tiny"_L1));
        QCOMPARE(pairScores(predictions, u"small"_s, u"tiny"_s)->front(), 0.5 - 0.4);
        const RowPredictions labels{.outputs = {u"easy"_s, u"medium"_s, u"hard"_s},
                                    .kind = TargetKind::Labels,
                                    .values = {0.2, 0.5, 0.3},
                                    .familiarity = {1}};
        QCOMPARE(pairScores(labels, u"large"_s, u"small"_s)->front(), 0.25 + 0.3);
    }
};

QTEST_GUILESS_MAIN(TestTrainingJob)
#include "tst_training_job.moc"
