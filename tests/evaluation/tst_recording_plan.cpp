#include "core/evaluation/recording/recording_estimate.h"
#include "tests/evaluation/recording_bench.h"

#include "core/evaluation/recording/content_address.h"

using namespace headgate;
using namespace headgate::evaluation;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using headgate::tests::RecordingBench;

class TestRecordingPlan final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allModelsOfThePolicyUnlessSomeAreNamed();
    void aModelOrJudgeThatIsMissingIsNamed();
    void theEstimateBoundsWhatTheRecordingSpends();
    void anEstimateKnowsWhatIsThereAlready();
    void aModelWithoutPriceIsTold();
    void theTimeIsSharedByTheCallsAtATime();
    void theAddressChangesWithWhatIsAsked();
};

namespace {

policy::PolicyDocument twoModels()
{
    policy::PolicyDocument document;
    document.models = {RecordingBench::model(u"albatross"_s),
                       RecordingBench::model(u"finch-mini"_s)};
    return document;
}

const QDate kToday(2026, 11, 20);

} // namespace

void TestRecordingPlan::allModelsOfThePolicyUnlessSomeAreNamed()
{
    const DatasetSummary dataset{.id = DatasetId(3)};
    QCOMPARE(planRecording(twoModels(), {}, dataset)->models.size(), 2);
    const auto plan = planRecording(twoModels(), {u"finch-mini"_s, u"finch-mini"_s}, dataset);
    QCOMPARE(plan->models, (QList<policy::Model>{RecordingBench::model(u"finch-mini"_s)}));
    QCOMPARE(plan->dataset, DatasetId(3));
    QVERIFY(!planRecording({}, {}, dataset));
}

void TestRecordingPlan::aModelOrJudgeThatIsMissingIsNamed()
{
    const auto missing = planRecording(twoModels(), {u"wren"_s}, {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().message, u"The policy has no model “wren” to be recorded."_s);
    DatasetSummary judged{.name = u"d"_s,
                          .grader = {{"kind", "judge"}, {"model", "owl"}, {"rubric", "r"}}};
    const auto noJudge = planRecording(twoModels(), {}, judged);
    QVERIFY(!noJudge);
    QVERIFY(noJudge.error().message.contains(u"asks the model “owl”"_s));
    judged.grader["model"] = "albatross";
    QCOMPARE(planRecording(twoModels(), {}, judged)->judge->name, u"albatross"_s);
}

void TestRecordingPlan::theEstimateBoundsWhatTheRecordingSpends()
{
    RecordingBench bench;
    RecordingPlan plan{.dataset = bench.dataset(30), .models = twoModels().models};
    const auto store = bench.store();
    const auto before = estimateRecording(*store, plan, bench.catalog, kToday, {}).value();
    QCOMPARE(before.calls, 60);
    QCOMPARE(before.reused, 0);
    QCOMPARE(before.models[0].calls, 30);
    QVERIFY(!before.models[0].likely);
    QVERIFY(!before.likely);
    QVERIFY(!before.duration);
    plan.mostPrompts = 10;
    QCOMPARE(bench.record(plan).progress.kept, 20);
    plan.mostPrompts.reset();
    // Now that some answers are known, so is how long they are.
    const auto after = estimateRecording(*store, plan, bench.catalog, kToday, {}).value();
    QCOMPARE(after.calls, 40);
    QVERIFY(after.models[0].likely);
    QVERIFY(after.least < *after.likely && *after.likely < after.most);
    const Money spent = bench.record(plan).progress.spent;
    QVERIFY(spent > after.least && spent < after.most);
    QVERIFY(std::abs(spent.toUsd() / after.likely->toUsd() - 1) < 0.5);
}

void TestRecordingPlan::anEstimateKnowsWhatIsThereAlready()
{
    RecordingBench bench;
    RecordingPlan plan{.dataset = bench.dataset(8), .models = twoModels().models};
    QCOMPARE(bench.record(plan).progress.kept, 16);
    const auto store = bench.store();
    QCOMPARE(estimateRecording(*store, plan, bench.catalog, kToday, {})->calls, 0);
    // Another grader: all are graded anew, none is asked.
    QVERIFY(store->setGrader(plan.dataset, Json{{"kind", "text"}}));
    const auto regraded = estimateRecording(*store, plan, bench.catalog, kToday, {}).value();
    QCOMPARE(regraded.calls, 0);
    QCOMPARE(regraded.reused, 16);
    QCOMPARE(regraded.most, Money());
}

void TestRecordingPlan::aModelWithoutPriceIsTold()
{
    RecordingBench bench;
    bench.catalog.remove(u"sim-aviary"_s, u"albatross"_s);
    const RecordingPlan plan{.dataset = bench.dataset(8), .models = twoModels().models};
    const auto estimate =
        estimateRecording(*bench.store(), plan, bench.catalog, kToday, {}).value();
    QCOMPARE(estimate.unpriced, QStringList(u"albatross"_s));
    QCOMPARE(estimate.calls, 16);
    QVERIFY(estimate.most > Money());
}

void TestRecordingPlan::theTimeIsSharedByTheCallsAtATime()
{
    RecordingBench bench;
    const RecordingPlan plan{
        .dataset = bench.dataset(8), .models = twoModels().models, .concurrency = 4};
    const UsualTime usual = [](const policy::Model &model) {
        return std::optional<std::chrono::milliseconds>(model.name == u"albatross"_s ? 900 : 100);
    };
    const auto estimate =
        estimateRecording(*bench.store(), plan, bench.catalog, kToday, usual).value();
    QCOMPARE(estimate.duration, std::optional<std::chrono::milliseconds>(2000ms));
}

void TestRecordingPlan::theAddressChangesWithWhatIsAsked()
{
    const QList<Message> asked{{.role = Message::Role::User, .text = u"Why?"_s}};
    const policy::Model model = RecordingBench::model(u"wren"_s);
    const QByteArray address = contentAddress(model, asked);
    QCOMPARE(address.size(), 32);
    policy::Model renamed = model;
    renamed.name = u"small"_s; // what the policy calls it is nothing to the provider
    renamed.price = Price();
    QCOMPARE(contentAddress(renamed, asked), address);
    QVERIFY(markOf(renamed) == markOf(model));
    policy::Model warmer = model;
    warmer.parameters["temperature"] = 1;
    QVERIFY(contentAddress(warmer, asked) != address);
    QVERIFY(!(markOf(warmer) == markOf(model)));
    policy::Model elsewhere = model;
    elsewhere.provider = u"b"_s;
    QVERIFY(contentAddress(elsewhere, asked) != address);
    QVERIFY(contentAddress(model, {{.role = Message::Role::System, .text = u"Why?"_s}}) != address);
}

QTEST_GUILESS_MAIN(TestRecordingPlan)
#include "tst_recording_plan.moc"
