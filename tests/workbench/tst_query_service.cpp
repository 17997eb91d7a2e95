#include "core/common/secrets.h"
#include "core/ledger/ledger_thread.h"
#include "core/policy/policy_format.h"
#include "core/simulation/practice_prompts.h"
#include "tests/support/word_learner.h"
#include "ui/common/query_service.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

policy::PolicyDocument example()
{
    auto loaded = policy::readPolicyFile(u":/headgate/policies/frugal-cascade.headgate"_s);
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().message));
    return loaded->document;
}

QString prompt()
{
    return simulation::practicePrompts().first().prompt;
}

// The example behind a classifier by that file: "hard" goes the long way, all else too.
policy::PolicyDocument classified(const QString &file)
{
    policy::PolicyDocument document = example();
    const auto query = std::find_if(document.wires.begin(), document.wires.end(),
                                    [](const policy::Wire &wire) { return wire.port == "query"_L1; });
    const policy::NodeId first = std::exchange(query->to, policy::NodeId{u"sort"_s});
    document.nodes.append(
        {.id = {u"sort"_s},
         .kind = u"classifier"_s,
         .config = {{"artifact", toStdString(file)}, {"labels", {"easy", "hard"}}}});
    for (const QString &port : {u"easy"_s, u"hard"_s, u"unsure"_s})
        document.wires.append({{u"sort"_s}, port, first});
    return document;
}

QueryService::Options quick(double timeScale = 0)
{
    QueryService::Options options;
    options.fleet.timeScale = timeScale;
    return options;
}

// What one run told, in its order.
struct Told
{
    QList<engine::RunEvent> events;
    std::optional<engine::RunTrace> trace;

    explicit Told(QueryService &service)
    {
        QObject::connect(&service, &QueryService::event, &service,
                         [this](const engine::RunEvent &event) { events.append(event); });
        QObject::connect(&service, &QueryService::finished, &service,
                         [this](const engine::RunTrace &whole) { trace = whole; });
    }
    QString textOf(const policy::NodeId &node) const
    {
        QString text;
        for (const engine::RunEvent &event : events) {
            if (event.kind == engine::RunEvent::Kind::Text && event.node == node)
                text += event.text;
        }
        return text;
    }
};

} // namespace

class TestQueryService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersThroughTheFleetAndTellsEveryStep()
    {
        QueryService service(quick());
        Told told(service);
        QSignalSpy started(&service, &QueryService::started);
        QVERIFY(service.start(example(), prompt()));
        QVERIFY(service.isRunning());
        QTRY_VERIFY_WITH_TIMEOUT(told.trace.has_value(), 10'000);
        QVERIFY(!service.isRunning());
        QCOMPARE(started.size(), 1);
        QCOMPARE(told.trace->status, engine::RunStatus::Answered);
        QVERIFY(told.trace->simulated);
        QVERIFY(told.trace->answer.startsWith(u"[simulated]"_s));
        const engine::Hop &answering = told.trace->hops[told.trace->answeringHop];
        QCOMPARE(told.textOf(answering.node), answering.text);
        qsizetype ended = 0;
        for (const engine::RunEvent &event : std::as_const(told.events))
            ended += event.kind == engine::RunEvent::Kind::HopEnded;
        QCOMPARE(ended, told.trace->hops.size());
        QCOMPARE(service.session(true).runs, 1);
        QCOMPARE(service.session(true).cost, told.trace->cost);
        QCOMPARE(service.session(false), SessionTotals());
    }

    void trainedFilesAreReadAsideAndTheQueryFollows()
    {
        const QTemporaryDir folder;
        const QString file = test::savedWordArtifact({.outputs = {u"easy"_s, u"hard"_s},
                                                      .words = {{u"prove"_s, {0.1, 0.9}}}},
                                                     folder.path());
        QueryService::Options options = quick();
        options.artifacts = learning::ArtifactShelf(test::wordLearners(), {folder.path()});
        QueryService service(options);
        Told told(service);
        QSignalSpy started(&service, &QueryService::started);
        QSignalSpy refused(&service, &QueryService::refused);
        QVERIFY(service.start(classified(file), u"prove it"_s));
        QCOMPARE(started.size(), 0);
        QVERIFY(service.isRunning());
        QVERIFY(!service.start(classified(file), u"another"_s)); // one at a time
        QCOMPARE(refused.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(told.trace.has_value(), 10'000);
        QCOMPARE(started.size(), 1);
        const auto decision =
            std::find_if(told.trace->hops.cbegin(), told.trace->hops.cend(),
                         [](const engine::Hop &hop) { return hop.kind == "classifier"_L1; });
        QVERIFY(decision != told.trace->hops.cend());
        QCOMPARE(decision->port, u"hard"_s);
        QCOMPARE(decision->why, u"hard 0.90: “prove” pushed"_s);
        // Once read it starts at once.
        QVERIFY(service.start(classified(file), u"prove it"_s));
        QCOMPARE(started.size(), 2);
        QTRY_VERIFY(!service.isRunning());
    }

    void aTrainedFileThatIsNotThereRefusesTheQuery()
    {
        QueryService service(quick());
        QSignalSpy refused(&service, &QueryService::refused);
        QSignalSpy started(&service, &QueryService::started);
        QVERIFY(service.start(classified(u"words-1.hga"_s), prompt()));
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY2(refused[0][0].toString().contains(u"words-1.hga"_s),
                 qPrintable(refused[0][0].toString()));
        QCOMPARE(started.size(), 0);
        QVERIFY(!service.isRunning());
    }

    void piecesOfTextAreJoined()
    {
        // At full speed a model sends hundreds of pieces; the view gets one a frame at most.
        QueryService service(quick(0.2));
        Told told(service);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(service.start(example(), prompt()));
        QTRY_VERIFY_WITH_TIMEOUT(told.trace.has_value(), 20'000);
        qsizetype texts = 0;
        for (const engine::RunEvent &event : std::as_const(told.events))
            texts += event.kind == engine::RunEvent::Kind::Text;
        const qsizetype frames = timer.elapsed() / 16 + 1;
        QVERIFY2(texts <= frames + told.trace->hops.size(),
                 qPrintable(u"%1 texts in %2 frames"_s.arg(texts).arg(frames)));
    }

    void stopEndsTheQueryAndTheNextOneRuns()
    {
        QueryService service(quick(20));
        Told told(service);
        QVERIFY(service.start(example(), prompt()));
        QTest::qWait(50);
        QVERIFY(service.isRunning());
        service.stop();
        QTRY_VERIFY_WITH_TIMEOUT(told.trace.has_value(), 5'000);
        QCOMPARE(told.trace->status, engine::RunStatus::Cancelled);
        told.trace.reset();
        QVERIFY(service.start(example(), prompt()));
        service.stop();
        QTRY_VERIFY_WITH_TIMEOUT(told.trace.has_value(), 5'000);
    }

    void refusalsSayWhatToDo()
    {
        QueryService service(quick(20));
        QSignalSpy refused(&service, &QueryService::refused);
        const auto sentence = [&refused] { return refused.takeFirst().first().toString(); };
        QVERIFY(!service.start(example(), u"  \n"_s));
        QVERIFY(!sentence().isEmpty());
        policy::PolicyDocument broken = example();
        broken.wires.clear();
        QVERIFY(!service.start(broken, prompt()));
        QVERIFY(!sentence().isEmpty());
        policy::PolicyDocument elsewhere = example();
        for (policy::Model &model : elsewhere.models)
            model.provider = u"nobody"_s;
        QVERIFY(!service.start(elsewhere, prompt()));
        QVERIFY(sentence().contains(u"nobody"_s));
        QVERIFY(service.start(example(), prompt()));
        QVERIFY(!service.start(example(), prompt()));
        QVERIFY(!sentence().isEmpty());
        service.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!service.isRunning(), 5'000);
    }

    void runsReachTheLedger()
    {
        QTemporaryDir folder;
        QueryService::Options options = quick();
        options.ledgerPath = folder.filePath(u"ledger.sqlite"_s);
        QueryService service(options);
        Told told(service);
        QSignalSpy recorded(&service, &QueryService::recorded);
        QVERIFY(service.start(example(), prompt()));
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 10'000);
        QCOMPARE(recorded.first().first().toString(), told.trace->id);
        auto totals =
            service.ledger()->query([](const ledger::Ledger &ledger) { return ledger.totals(); });
        totals.waitForFinished();
        QCOMPARE(totals.result()->cost, told.trace->cost);
    }

    void aLedgerThatCannotBeOpenedIsSaidAndQueriesStillRun()
    {
        QTemporaryDir folder;
        QueryService::Options options = quick();
        options.ledgerPath = folder.path(); // a folder is no file
        QueryService service(options);
        Told told(service);
        QSignalSpy problem(&service, &QueryService::problem);
        QVERIFY(service.start(example(), prompt()));
        QTRY_VERIFY_WITH_TIMEOUT(told.trace.has_value(), 10'000);
        QTRY_VERIFY(!problem.isEmpty());
        QCOMPARE(told.trace->status, engine::RunStatus::Answered);
    }

    void goingAwayWhileAQueryRunsIsSafe()
    {
        for (const int wait : {0, 5, 60}) {
            auto service = std::make_unique<QueryService>(quick(5));
            QVERIFY(service->start(example(), prompt()));
            QTest::qWait(wait);
            service.reset();
            QTest::qWait(100);
        }
    }

    void originsAreTold()
    {
        QueryService service(quick());
        policy::PolicyDocument document = example();
        QCOMPARE(service.origin(document), Origin::Simulated);
        for (policy::Model &model : document.models)
            model.provider = u"openai"_s;
        QCOMPARE(service.origin(document), Origin::Live);
        document.models.first().provider = u"sim-aviary"_s;
        QCOMPARE(service.origin(document), Origin::Mixed);
    }

    void refusesAPromptThatHoldsAKey()
    {
        const SecretKey key{QByteArrayLiteral("Tr4velling.Kestrel")};
        QueryService service(quick());
        QSignalSpy refused(&service, &QueryService::refused);
        QVERIFY(!service.start(example(), u"Use Tr4velling.Kestrel for it."_s));
        QCOMPARE(refused.size(), 1);
        const QString sentence = refused.first().first().toString();
        QVERIFY2(sentence.contains(u"holds a key"_s), qPrintable(sentence));
        QVERIFY(!sentence.contains(u"Kestrel"_s));
    }

    void spendsNothingUnrecordedUnderACostLimit()
    {
        const QTemporaryDir folder;
        QueryService::Options options = quick();
        options.ledgerPath = folder.path(); // a folder is no ledger
        QueryService service(options);
        QSignalSpy problem(&service, &QueryService::problem);
        service.open();
        QTRY_COMPARE(problem.size(), 1);
        QSignalSpy refused(&service, &QueryService::refused);
        policy::PolicyDocument limited = example();
        limited.limits.maxCost = Money::fromNanos(1'000'000'000);
        QVERIFY(!service.start(limited, prompt()));
        QVERIFY(refused.first().first().toString().contains(u"cannot be recorded"_s));
        // Without a limit people get their answer all the same.
        policy::PolicyDocument free = example();
        free.limits.maxCost.reset();
        QSignalSpy finished(&service, &QueryService::finished);
        QVERIFY(service.start(free, prompt()));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 10'000);
    }

    void keepsTextsWhereThePolicySaysSo()
    {
        const QTemporaryDir folder;
        QueryService::Options options = quick();
        options.ledgerPath = folder.filePath(u"ledger.sqlite"_s);
        QueryService service(options);
        policy::PolicyDocument keeping = example();
        keeping.keepTexts = true;
        QSignalSpy recorded(&service, &QueryService::recorded);
        for (const policy::PolicyDocument &document : {example(), keeping}) {
            const qsizetype before = recorded.size();
            QVERIFY(service.start(document, prompt()));
            QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), before + 1, 10'000);
        }
        auto runs = service.ledger()->query(
            [](const ledger::Ledger &ledger) { return ledger.runs({}, 10); });
        QTRY_VERIFY(runs.isFinished());
        QCOMPARE(runs.result()->at(0).prompt, prompt()); // the newest first
        QCOMPARE(runs.result()->at(1).prompt, QString());
    }

    void healthGoesOnFromTheLedgerAndTellsOfFailures()
    {
        const QTemporaryDir folder;
        QueryService::Options options = quick();
        options.ledgerPath = folder.filePath(u"ledger.sqlite"_s);
        {
            QueryService service(options);
            QSignalSpy recorded(&service, &QueryService::recorded);
            QSignalSpy changed(&service, &QueryService::healthChanged);
            service.open();
            service.fleet()->setFault(u"sim-aviary"_s, simulation::Fault::Garbage);
            QVERIFY(service.start(example(), prompt()));
            QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 20'000);
            QVERIFY(!changed.isEmpty());
            const auto health = changed.first().first().value<engine::DeploymentHealth>();
            QCOMPARE(health.deployment.provider, u"sim-aviary"_s);
            QVERIFY(health.failuresInARow > 0);
        }
        QueryService later(options);
        later.open();
        QTRY_VERIFY(!later.health().isEmpty());
        const engine::DeploymentHealth first = later.health().first();
        QCOMPARE(first.deployment.provider, u"sim-aviary"_s);
        QVERIFY(first.figures.calls > 0);
        QCOMPARE(first.figures.answered, 0);
    }
};

QTEST_GUILESS_MAIN(TestQueryService)
#include "tst_query_service.moc"
