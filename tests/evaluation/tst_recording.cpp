#include "tests/evaluation/recording_bench.h"

#include "core/evaluation/datasets/dataset_import.h"
#include "core/evaluation/recording/content_address.h"
#include "tests/support/scripted_server.h"
#include "tests/support/wire_text.h"

#include <QSemaphore>

#include <thread>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using headgate::tests::RecordingBench;
using End = RecordingReport::End;

namespace {

const policy::Model kFinch = RecordingBench::model(u"finch-mini"_s);
const policy::Model kAlbatross = RecordingBench::model(u"albatross"_s);

// An answer of 12 tokens in and 3 out, as one body.
QByteArray answering(const Json &text)
{
    const Json body{
        {"choices", Json::array({{{"index", 0},
                                  {"message", {{"role", "assistant"}, {"content", text.dump()}}},
                                  {"finish_reason", "stop"}}})},
        {"usage", {{"prompt_tokens", 12}, {"completion_tokens", 3}}}};
    return test::httpResponse(200, compactJson(body));
}

// An import of another data set that holds the lock of writers until it is let go.
class HeldImport
{
public:
    explicit HeldImport(const RecordingBench &bench)
    {
        const QString file = bench.folder.filePath(u"import.jsonl"_s);
        QByteArray lines;
        for (int i = 0; i < 600; ++i) // enough for a report of progress
            lines += "{\"prompt\": \"imported " + QByteArray::number(i) + "\"}\n";
        QFile written(file);
        if (!written.open(QIODevice::WriteOnly) || written.write(lines) != lines.size())
            qFatal("the prompts cannot be written");
        written.close();
        m_thread = std::jthread([this, file, path = bench.path()] {
            const auto store = DatasetStore::open(path).value();
            const auto report = importDataset(
                {.path = file, .mapping = {.prompt = u"prompt"_s}, .name = u"imported"_s}, *store,
                [this](qint64, qint64) {
                    m_holds.release();
                    m_letGo.acquire();
                });
            m_imported = report && report->dataset ? report->dataset->prompts() : -1;
        });
        if (!m_holds.tryAcquire(1, 20'000))
            qFatal("the import does not begin");
    }
    ~HeldImport() { letGo(); }
    Q_DISABLE_COPY_MOVE(HeldImport)

    // How many prompts it has imported.
    qint64 letGo()
    {
        m_letGo.release();
        if (m_thread.joinable())
            m_thread.join();
        return m_imported;
    }

private:
    QSemaphore m_holds;
    QSemaphore m_letGo;
    std::atomic<qint64> m_imported{-1};
    std::jthread m_thread;
};

constexpr RecordingPatience kShortPatience{.attempt = 20ms, .most = 300ms, .stopped = 300ms};

std::optional<double> scoreOf(const engine::RunTrace &trace)
{
    for (const engine::Hop &hop : trace.hops) {
        if (hop.score)
            return hop.score;
    }
    return {};
}

Money costOf(const QList<engine::RunTrace> &traces)
{
    Money sum;
    for (const engine::RunTrace &trace : traces)
        sum += trace.cost;
    return sum;
}

} // namespace

// Recordings through the engine over real sockets.
class TestRecording final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyModelAnswersEveryPromptOnce();
    void whatIsKeptIsWhatTheTracesSay();
    void theCapHoldsAndTheRestIsAskedLater();
    void aCapBelowOneCallAsksNothing();
    void aModelWithoutPriceIsLeftOutUnderACap();
    void stopCancelsWhatIsUnderWayAndKeepsTheRows();
    void aRecordingThatIsGoneLeavesItsRows();
    void aPauseBeginsNothingFurther();
    void aProviderThatIsDownIsAskedNoFurther();
    void aRefusedKeyEndsAModelAtOnce();
    void theJudgeIsAskedAndPaid();
    void anAnswerThatTheJudgeCouldNotSeeIsGradedLater();
    void theSameQuestionOfAnotherDataSetIsNotPaidAgain();
    void onlyTheFirstPromptsWhereSoManyAreWanted();
    void aDataSetThatIsGoneIsASentence();
    void answersWaitForAnImportAndAreKept();
    void theWaitForAnImportIsBounded();
    void aStopWhileItWaitsIsAnsweredSoon();
};

void TestRecording::everyModelAnswersEveryPromptOnce()
{
    RecordingBench bench;
    const RecordingPlan plan{.dataset = bench.dataset(40), .models = {kFinch, kAlbatross}};
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.end, End::Done);
    QCOMPARE(report.progress.kept, 80);
    QCOMPARE(report.progress.failed, 0);
    QCOMPARE(report.progress.ungraded, 0);
    QCOMPARE(bench.asked.size(), 80);
    QCOMPARE(QSet<QString>(bench.asked.begin(), bench.asked.end()).size(), 80);
    const OutcomeTable table = bench.store()->outcomes(plan.dataset).value();
    QCOMPARE(table.models.size(), 2u);
    double right[2] = {0, 0};
    for (int i = 0; i < 2; ++i) {
        const ModelColumns &model = table.models[size_t(table.modelIndex(plan.models[i].model))];
        QCOMPARE(table.missing(table.modelIndex(model.name), table.allRows()), 0);
        for (const float quality : model.quality)
            right[i] += double(quality);
    }
    QVERIFY(right[0] > 15 && right[0] < right[1]); // the small one is right less often
    // Once more: nothing is left.
    const RecordingReport again = bench.record(plan);
    QCOMPARE(again.end, End::Done);
    QCOMPARE(again.progress.kept, 0);
    QCOMPARE(bench.asked.size(), 80);
}

void TestRecording::whatIsKeptIsWhatTheTracesSay()
{
    RecordingBench bench;
    const RecordingPlan plan{.dataset = bench.dataset(5), .models = {kFinch}, .concurrency = 1};
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.progress.spent, costOf(bench.traces));
    QVERIFY(report.progress.spent > Money());
    const auto outcomes = bench.store()->outcomesOf(plan.dataset, 1, 5).value();
    QCOMPARE(outcomes.size(), 5);
    for (qsizetype i = 0; i < 5; ++i) {
        const RecordedOutcome &outcome = outcomes[i];
        const engine::RunTrace &trace = bench.traces[i];
        const engine::Hop &hop = trace.hops[trace.answeringHop];
        QCOMPARE(outcome.answer, trace.answer);
        QCOMPARE(outcome.figures.cost, std::optional(hop.cost));
        QCOMPARE(outcome.figures.inTokens, std::optional(hop.usage.input()));
        QCOMPARE(outcome.figures.outTokens, std::optional(hop.usage.output));
        // What the gate of a live cascade would have read.
        QVERIFY(scoreOf(trace));
        QCOMPARE(std::exp(outcome.figures.confidence.value()), *scoreOf(trace));
        QVERIFY(outcome.figures.latencyMs > 0);
        QVERIFY(!outcome.why.isEmpty());
        QVERIFY(outcome.model == markOf(kFinch));
    }
}

void TestRecording::theCapHoldsAndTheRestIsAskedLater()
{
    RecordingBench bench;
    RecordingPlan plan{.dataset = bench.dataset(60), .models = {kAlbatross}};
    plan.models[0].parameters["max_tokens"] = 200;
    plan.cap = Money::fromDecimal(u"0.004").value();
    const RecordingReport capped = bench.record(plan);
    QCOMPARE(capped.end, End::CapReached);
    QVERIFY(capped.progress.spent <= *plan.cap);
    QCOMPARE(capped.progress.spent, costOf(bench.traces));
    QVERIFY(capped.progress.kept > 0 && capped.progress.kept < 60);
    QCOMPARE(capped.progress.failed, 0);
    const qsizetype first = bench.asked.size();
    QCOMPARE(first, capped.progress.kept);

    plan.cap = Money::fromDecimal(u"10").value();
    const RecordingReport rest = bench.record(plan);
    QCOMPARE(rest.end, End::Done);
    QCOMPARE(first + rest.progress.kept, 60);
    QCOMPARE(QSet<QString>(bench.asked.begin(), bench.asked.end()).size(), 60);
    QCOMPARE(bench.asked.size(), 60);
}

void TestRecording::aCapBelowOneCallAsksNothing()
{
    RecordingBench bench;
    const RecordingPlan plan{
        .dataset = bench.dataset(5), .models = {kAlbatross}, .cap = Money::fromNanos(1000)};
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.end, End::CapReached);
    QVERIFY(report.error.contains(u"$0.000001 is left"_s));
    QVERIFY(bench.asked.isEmpty());
}

void TestRecording::aModelWithoutPriceIsLeftOutUnderACap()
{
    RecordingBench bench;
    bench.catalog.remove(u"sim-aviary"_s, u"wren"_s);
    const RecordingPlan plan{.dataset = bench.dataset(5),
                             .models = {RecordingBench::model(u"wren"_s), kFinch},
                             .cap = Money::fromDecimal(u"10").value()};
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.end, End::Done);
    QCOMPARE(report.progress.kept, 5);
    QCOMPARE(report.progress.failed, 5);
    QCOMPARE(report.leftOut.size(), 1);
    QVERIFY(report.leftOut[0].contains(u"its price is not known"_s));
    // Without a cap it is asked, and its cost stays unknown.
    RecordingPlan open = plan;
    open.cap.reset();
    const RecordingReport unbound = bench.record(open);
    QCOMPARE(unbound.progress.kept, 5);
    QCOMPARE(unbound.progress.unknownCosts, 5);
    const auto outcome = bench.store()->outcome(plan.dataset, 1, markOf(plan.models[0]));
    QVERIFY(!outcome->figures.cost);
}

void TestRecording::stopCancelsWhatIsUnderWayAndKeepsTheRows()
{
    RecordingBench bench(1);
    const RecordingPlan plan{.dataset = bench.dataset(60), .models = {kFinch}, .concurrency = 4};
    const auto recording = bench.recording(plan);
    QElapsedTimer sinceStop;
    connect(recording.get(), &Recording::progressed, recording.get(), [&] {
        if (recording->progress().kept >= 8 && !sinceStop.isValid()) {
            sinceStop.start();
            recording->stop();
        }
    });
    const RecordingReport report = RecordingBench::ended(*recording, [&] { recording->start(); });
    QVERIFY(sinceStop.elapsed() < 2000);
    QCOMPARE(report.end, End::Stopped);
    QCOMPARE(report.progress.failed, 0);
    const auto cancelled =
        std::count_if(bench.traces.begin(), bench.traces.end(), [](const auto &trace) {
            return trace.status == engine::RunStatus::Cancelled;
        });
    QVERIFY(cancelled > 0);
    QCOMPARE(report.progress.kept + cancelled, bench.traces.size());
    QCOMPARE(bench.store()->outcomesOf(plan.dataset, 1, 60)->size(), report.progress.kept);
}

void TestRecording::aRecordingThatIsGoneLeavesItsRows()
{
    RecordingBench bench(0.2);
    const RecordingPlan plan{.dataset = bench.dataset(40), .models = {kFinch}};
    auto recording = bench.recording(plan);
    recording->start();
    QVERIFY(QTest::qWaitFor([&] { return recording->progress().kept >= 10; }, 20'000));
    recording.reset();
    const auto kept = bench.store()->outcomesOf(plan.dataset, 1, 40)->size();
    QVERIFY(kept >= 10 && kept < 40);
    bench.asked.clear();
    QCOMPARE(bench.record(plan).progress.kept, 40 - kept);
    QCOMPARE(bench.asked.size(), 40 - kept);
}

void TestRecording::aPauseBeginsNothingFurther()
{
    RecordingBench bench(0.1);
    const RecordingPlan plan{.dataset = bench.dataset(30), .models = {kFinch}, .concurrency = 3};
    const auto recording = bench.recording(plan);
    const RecordingReport report = RecordingBench::ended(*recording, [&] {
        recording->start();
        QVERIFY(QTest::qWaitFor([&] { return recording->progress().kept >= 3; }, 20'000));
        recording->setPaused(true);
        QVERIFY(QTest::qWaitFor([&] { return recording->progress().inFlight == 0; }, 20'000));
        const qsizetype asked = bench.asked.size();
        QVERIFY(asked < 30);
        QTest::qWait(200);
        QCOMPARE(bench.asked.size(), asked);
        recording->setPaused(false);
    });
    QCOMPARE(report.end, End::Done);
    QCOMPARE(report.progress.kept, 30);
}

void TestRecording::aProviderThatIsDownIsAskedNoFurther()
{
    RecordingBench bench;
    bench.fleet->setFault(u"sim-rookery"_s, simulation::Fault::Garbage);
    RecordingPlan plan{.dataset = bench.dataset(60),
                       .models = {kFinch, RecordingBench::model(u"egret"_s, u"sim-rookery"_s)},
                       .concurrency = 1};
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.end, End::Done);
    QCOMPARE(report.progress.kept, 60);
    QCOMPARE(report.progress.failed, 60);
    QCOMPARE(report.leftOut.size(), 1);
    QVERIFY(report.leftOut[0].contains(u"egret"_s));
    QCOMPARE(report.troubles.size(), Recording::kFailuresInRow);
    QVERIFY(!report.troubles[0].sentence.isEmpty());
    QCOMPARE(report.troubles[0].model, u"egret"_s);
    // Mended, the rest is asked for.
    bench.fleet->setFault(u"sim-rookery"_s, simulation::Fault::None);
    bench.runner.traffic().deployments.release(u"sim-rookery"_s);
    bench.asked.clear();
    QCOMPARE(bench.record(plan).progress.kept, 60);
    QCOMPARE(bench.asked.size(), 60);
}

void TestRecording::aRefusedKeyEndsAModelAtOnce()
{
    RecordingBench bench;
    test::ScriptedServer server({test::Script().send(test::httpResponse(
        401, R"({"error":{"message":"no such key","code":"invalid_api_key"}})"))});
    providers::Endpoint endpoint;
    endpoint.name = u"locked"_s;
    endpoint.baseUrl = server.url();
    endpoint.allowPlainHttp = true;
    bench.addProvider(endpoint);
    RecordingPlan plan{.dataset = bench.dataset(10),
                       .models = {RecordingBench::model(u"x"_s, u"locked"_s)},
                       .concurrency = 1};
    plan.models[0].price = Price();
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.progress.failed, 10);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(report.leftOut.size(), 1);
}

void TestRecording::theJudgeIsAskedAndPaid()
{
    RecordingBench bench;
    test::ScriptedServer server(
        {test::Script().send(answering(Json{{"score", 8}, {"reason", "Nearly right."}}))});
    providers::Endpoint endpoint;
    endpoint.name = u"court"_s;
    endpoint.baseUrl = server.url();
    endpoint.allowPlainHttp = true;
    bench.addProvider(endpoint);
    RecordingPlan plan{
        .dataset = bench.dataset(
            3, u"judged"_s, Json{{"kind", "judge"}, {"model", "judge"}, {"rubric", "Be fair."}}),
        .models = {kFinch},
        .judge = RecordingBench::model(u"judge"_s, u"court"_s)};
    plan.judge->parameters["stream"] = false;
    plan.judge->price = Price{.input = Money::fromDecimal(u"1").value(),
                              .output = Money::fromDecimal(u"10").value()};
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.progress.kept, 3);
    QCOMPARE(report.progress.ungraded, 0);
    QCOMPARE(server.requests().size(), 3);
    QVERIFY(server.requests()[0].contains("Be fair."));
    QCOMPARE(report.progress.spent, costOf(bench.traces));
    const auto outcomes = bench.store()->outcomesOf(plan.dataset, 1, 3).value();
    Money answers;
    for (const RecordedOutcome &outcome : outcomes) {
        QCOMPARE(outcome.figures.quality, std::optional(0.8));
        QVERIFY(outcome.why.contains(u"Nearly right."_s));
        answers += *outcome.figures.cost;
    }
    // 12 tokens at 1 and 3 at 10 dollars a million, three times: no part of what the model costs.
    QCOMPARE(report.progress.spent - answers, Money::fromNanos(3 * 42'000));
}

void TestRecording::anAnswerThatTheJudgeCouldNotSeeIsGradedLater()
{
    RecordingBench bench;
    test::ScriptedServer server(
        {test::Script().send(answering("I would say it is fine")),
         test::Script().send(answering(Json{{"score", 10}, {"reason", "Right."}}))});
    providers::Endpoint endpoint;
    endpoint.name = u"court"_s;
    endpoint.baseUrl = server.url();
    endpoint.allowPlainHttp = true;
    bench.addProvider(endpoint);
    RecordingPlan plan{
        .dataset = bench.dataset(
            1, u"judged"_s, Json{{"kind", "judge"}, {"model", "judge"}, {"rubric", "Be fair."}}),
        .models = {kFinch},
        .judge = RecordingBench::model(u"judge"_s, u"court"_s)};
    plan.judge->parameters["stream"] = false;
    const RecordingReport first = bench.record(plan);
    QCOMPARE(first.progress.kept, 1);
    QCOMPARE(first.progress.ungraded, 1);
    QCOMPARE(first.troubles.size(), 1);
    QVERIFY(!bench.store()->outcome(plan.dataset, 1, markOf(kFinch))->figures.quality);
    bench.asked.clear();
    const RecordingReport second = bench.record(plan);
    QCOMPARE(second.progress.reused, 1);
    QCOMPARE(bench.asked.size(), 1);
    QVERIFY(bench.asked[0].startsWith(u"judge"_s));
    QCOMPARE(bench.store()->outcome(plan.dataset, 1, markOf(kFinch))->figures.quality,
             std::optional(1.0));
}

void TestRecording::theSameQuestionOfAnotherDataSetIsNotPaidAgain()
{
    RecordingBench bench;
    RecordingPlan plan{.dataset = bench.dataset(10), .models = {kFinch}};
    QCOMPARE(bench.record(plan).progress.kept, 10);
    plan.dataset = bench.dataset(15, u"more"_s, Json{{"kind", "text"}});
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.progress.kept, 15);
    QCOMPARE(report.progress.reused, 10);
    QCOMPARE(bench.asked.size(), 15);
    // Other parameters are another question.
    plan.models[0].parameters["temperature"] = 0.5;
    QCOMPARE(bench.record(plan).progress.reused, 0);
    QCOMPARE(bench.asked.size(), 30);
}

void TestRecording::onlyTheFirstPromptsWhereSoManyAreWanted()
{
    RecordingBench bench;
    const RecordingPlan plan{
        .dataset = bench.dataset(20), .models = {kFinch, kAlbatross}, .mostPrompts = 6};
    QCOMPARE(bench.record(plan).progress.kept, 12);
    QCOMPARE(bench.record(plan).progress.kept, 12); // the next ones
    QCOMPARE(bench.store()->outcomesOf(plan.dataset, 1, 12)->size(), 24);
}

void TestRecording::aDataSetThatIsGoneIsASentence()
{
    RecordingBench bench;
    const RecordingPlan plan{.dataset = bench.dataset(3), .models = {kFinch}};
    QVERIFY(bench.store()->remove(plan.dataset));
    const RecordingReport report = bench.record(plan);
    QCOMPARE(report.end, End::Failed);
    QCOMPARE(report.error, u"There is no such data set any more."_s);
    QVERIFY(bench.asked.isEmpty());
}

void TestRecording::answersWaitForAnImportAndAreKept()
{
    RecordingBench bench;
    const RecordingPlan plan{.dataset = bench.dataset(12), .models = {kFinch}, .concurrency = 3};
    HeldImport import(bench);
    const auto recording = bench.recording(plan);
    recording->setPatience({.attempt = 20ms});
    const RecordingReport report = RecordingBench::ended(*recording, [&] {
        recording->start();
        // All that may be in flight is answered and waits; nothing further is asked.
        QVERIFY(QTest::qWaitFor([&] { return recording->progress().waited > 100ms; }, 20'000));
        QCOMPARE(recording->progress().kept, 0);
        QCOMPARE(recording->progress().inFlight, 3);
        QCOMPARE(bench.asked.size(), 3);
        QCOMPARE(import.letGo(), 600);
    });
    QCOMPARE(report.end, End::Done);
    QCOMPARE(report.progress.kept, 12);
    QCOMPARE(report.progress.waited, 0ms);
    QCOMPARE(bench.asked.size(), 12); // each once
    QCOMPARE(bench.store()->outcomesOf(plan.dataset, 1, 12)->size(), 12);
}

void TestRecording::theWaitForAnImportIsBounded()
{
    RecordingBench bench;
    const RecordingPlan plan{.dataset = bench.dataset(12), .models = {kFinch}, .concurrency = 3};
    HeldImport import(bench);
    const auto recording = bench.recording(plan);
    recording->setPatience(kShortPatience);
    const RecordingReport report = RecordingBench::ended(*recording, [&] { recording->start(); });
    QCOMPARE(report.end, End::Failed);
    QVERIFY2(report.error.contains(u"Answers that could not be kept: 3;"),
             qPrintable(report.error));
    QCOMPARE(report.progress.kept, 0);
    QCOMPARE(bench.asked.size(), 3);
    QCOMPARE(report.progress.spent, costOf(bench.traces));
    // The data set is as it was, and the recording can be begun again.
    QCOMPARE(import.letGo(), 600);
    QCOMPARE(bench.record(plan).progress.kept, 12);
}

void TestRecording::aStopWhileItWaitsIsAnsweredSoon()
{
    RecordingBench bench;
    const RecordingPlan plan{.dataset = bench.dataset(12), .models = {kFinch}, .concurrency = 3};
    const HeldImport import(bench);
    const auto recording = bench.recording(plan);
    recording->setPatience({.attempt = 20ms, .stopped = 200ms});
    const RecordingReport report = RecordingBench::ended(*recording, [&] {
        recording->start();
        QVERIFY(QTest::qWaitFor([&] { return recording->progress().waited > 0ms; }, 20'000));
        recording->stop();
    });
    QCOMPARE(report.end, End::Failed); // not only stopped: something was lost
    QVERIFY(report.error.contains(u"Answers that could not be kept"));
    QVERIFY(bench.asked.size() <= 3);
}

QTEST_GUILESS_MAIN(TestRecording)
#include "tst_recording.moc"
