#include "core/evaluation/outcome_builder.h"
#include "core/evaluation/replay.h"
#include "core/evaluation/replay_columns.h"
#include "core/evaluation/table_figures.h"
#include "core/scorers/scorer.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random_policy.h"
#include "tests/support/word_learner.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace headgate;
using namespace headgate::evaluation;
using namespace headgate::tests;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const engine::PreparedPolicy>
prepared(const policy::PolicyDocument &document, const learning::ArtifactShelf &artifacts = {})
{
    auto made = engine::PreparedPolicy::prepare(document, routers::builtinRouters(artifacts),
                                                scorers::builtinScorers(artifacts));
    if (!made)
        qFatal("%s", qPrintable(made.error().message));
    return *made;
}

// Gates of a random policy judge by the confidence, which is all that a table holds. `last`: every
// answer is the last one.
policy::PolicyDocument judgedByConfidence(policy::PolicyDocument document, bool last = false)
{
    for (policy::Node &node : document.nodes) {
        if (last && node.kind == "answer"_L1)
            node.config["which"] = "last";
        if (node.kind == "gate"_L1)
            node.config["scorers"] = Json::array({{{"kind", "log_probability"}}});
        node.config.erase("fallbacks");
    }
    return document;
}

struct Holes
{
    bool outcomes = false; // models without an outcome on some prompts
    bool figures = false;  // costs, latencies and confidences that were not measured
};

OutcomeTable randomTable(const policy::PolicyDocument &document, quint32 seed, qsizetype rows,
                         Holes holes)
{
    QRandomGenerator random(seed);
    const auto maybe = [&](auto value, bool never) {
        return never && random.bounded(8) == 0 ? std::nullopt : std::optional(value);
    };
    OutcomeBuilder builder;
    for (qsizetype row = 0; row < rows; ++row) {
        const QByteArray name = "p" + QByteArray::number(row);
        if (!builder.addRow(name, "refund " + name + QByteArray(int(row % 90), 'x'), {}))
            qFatal("the row was refused");
        for (const policy::Model &model : document.models) {
            if (holes.outcomes && random.bounded(12) == 0)
                continue;
            Outcome outcome;
            outcome.quality = random.bounded(5) / 4.0;
            outcome.cost = maybe(Money::fromNanos(random.bounded(2'000'000)), holes.figures);
            outcome.checkCost = maybe(Money::fromNanos(random.bounded(5'000)), holes.figures);
            // Few values, so that scores are often equal to each other and to thresholds.
            outcome.confidence = maybe(std::log((1 + random.bounded(20)) / 20.0), holes.figures);
            outcome.latencyMs = maybe(random.bounded(3'000) / 8.0, holes.figures);
            if (!builder.add(model.name.toUtf8(), outcome))
                qFatal("the outcome was refused");
        }
    }
    return builder.take();
}

ModelColumns *model(OutcomeTable &table, const char *name)
{
    return &table.models[size_t(table.modelIndex(QString::fromLatin1(name)))];
}

// Two prompts that "small" answers, surely and unsurely.
OutcomeTable twoPrompts()
{
    OutcomeBuilder builder;
    Outcome small{.quality = 1,
                  .cost = Money::fromNanos(100),
                  .checkCost = Money::fromNanos(7),
                  .confidence = std::log(0.9),
                  .latencyMs = 10};
    const Outcome large{.quality = 0.5, .cost = Money::fromNanos(1'000), .latencyMs = 50};
    for (const char *id : {"sure", "unsure"}) {
        if (!builder.addRow(id, id, {}) || !builder.add("small", small) ||
            !builder.add("large", large))
            qFatal("refused");
        small.confidence = std::log(0.2);
        small.quality = 0;
    }
    return builder.take();
}

policy::PolicyDocument judgedBy(const Json &scorer)
{
    policy::PolicyDocument document = twoStageCascade().document();
    for (policy::Node &node : document.nodes) {
        if (node.kind == "gate"_L1)
            node.config["scorers"] = Json::array({scorer});
    }
    return document;
}

// Answers of "small" and "large" that state numbers: the same, another, none, and one that has
// none to be compared with.
OutcomeTable fourAnswers()
{
    const char *small[] = {"It is 4.", "5", "many", "6"};
    const char *large[] = {"4", "It is 6.", "7", nullptr};
    OutcomeBuilder builder({.prompts = true, .answers = true});
    for (int row = 0; row < 4; ++row) {
        const QByteArray id = "p" + QByteArray::number(row);
        Outcome outcome{.quality = 1, .cost = Money::fromNanos(100), .latencyMs = 10};
        outcome.answer = small[row];
        if (!builder.addRow(id, id, {}) || !builder.add("small", outcome))
            qFatal("refused");
        if (!large[row])
            continue;
        outcome.cost = Money::fromNanos(1'000);
        outcome.latencyMs = 50;
        outcome.answer = large[row];
        if (!builder.add("large", outcome))
            qFatal("refused");
    }
    return builder.take();
}

} // namespace

class TestOutcomeReplay final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCascadePaysForEveryCallAndEveryCheck()
    {
        const auto policy = prepared(judgedByConfidence(twoStageCascade().document()));
        const OutcomeTable table = twoPrompts();
        const auto inputs = bindReplay(*policy, table);
        QVERIFY2(inputs, inputs ? "" : qPrintable(inputs.error().message));
        const ReplayResult result = replay(policy->compiled(), *inputs, table.allRows());
        QCOMPARE(result.count(ReplayEnd::Answered), 2);
        QCOMPARE(policy->compiled().model(result.model[0]).name, u"small"_s);
        QCOMPARE(policy->compiled().model(result.model[1]).name, u"large"_s);
        QCOMPARE(result.quality, (std::vector<float>{1, 0.5}));
        QCOMPARE(result.cost, (std::vector<qint64>{107, 1'107}));
        QCOMPARE(result.latency, (std::vector<qint64>{10'000'000, 60'000'000}));
        const auto gate = policy->compiled().indexOf({u"gate"_s});
        QCOMPARE(result.taken[size_t(gate)], (std::vector<qint64>{1, 1}));
    }

    void whatWasNotMeasuredIsNotZero()
    {
        const auto policy = prepared(judgedByConfidence(twoStageCascade().document()));
        OutcomeTable table = twoPrompts();
        model(table, "large")->quality[1] = kNotMeasured;
        model(table, "small")->cost[0] = kNoCost;
        model(table, "small")->latencyMs[0] = kNotMeasured;
        const auto inputs = bindReplay(*policy, table);
        QVERIFY(inputs);
        const ReplayResult result = replay(policy->compiled(), *inputs, table.allRows());
        QCOMPARE(result.end, (std::vector{ReplayEnd::Answered, ReplayEnd::Missing}));
        QCOMPARE(result.quality[0], 1.0f);
        QVERIFY(std::isnan(result.quality[1]));
        QCOMPARE(result.cost, (std::vector<qint64>{kNoCost, kNoCost}));
        QCOMPARE(result.latency, (std::vector<qint64>{-1, -1}));
    }

    void aConfidenceThatIsMissingTakesTheGatesDefault()
    {
        policy::PolicyDocument document = judgedByConfidence(twoStageCascade().document());
        OutcomeTable table = twoPrompts();
        model(table, "small")->confidence[0] = kNotMeasured;
        for (const bool accept : {false, true}) {
            for (policy::Node &node : document.nodes) {
                if (node.kind == "gate"_L1)
                    node.config["on_scorer_failure"] = accept ? "accept" : "escalate";
            }
            const auto policy = prepared(document);
            const auto inputs = bindReplay(*policy, table);
            QVERIFY(inputs);
            const ReplayResult result = replay(policy->compiled(), *inputs, table.allRows());
            QCOMPARE(policy->compiled().model(result.model[0]).name,
                     accept ? u"small"_s : u"large"_s);
        }
    }

    void aPolicyThatTheTableCannotServeIsRefusedByName()
    {
        OutcomeTable table = twoPrompts();
        const auto policy = prepared(judgedByConfidence(twoStageCascade().document()));
        model(table, "large")->name = u"giant"_s;
        auto inputs = bindReplay(*policy, table);
        QVERIFY(!inputs);
        QVERIFY2(inputs.error().message.contains(u"“large”"), qPrintable(inputs.error().message));
        QVERIFY(inputs.error().message.contains(u"small, giant"));

        table = twoPrompts();
        model(table, "small")->confidence.clear();
        inputs = bindReplay(*policy, table);
        QVERIFY(!inputs);
        QVERIFY(inputs.error().message.contains(u"no confidence of “small”"));

        table = twoPrompts();
        policy::PolicyDocument byText = twoStageCascade().document();
        for (policy::Node &node : byText.nodes) {
            if (node.kind == "gate"_L1)
                node.config["scorers"] = Json::array({{{"kind", "refusal"}}});
        }
        inputs = bindReplay(*prepared(byText), table);
        QVERIFY(!inputs);
        QVERIFY2(inputs.error().message.contains(u"text of answers"),
                 qPrintable(inputs.error().message));
    }

    void aScorerThatAsksForAnotherAnswerGetsTheRecordedOne()
    {
        const auto policy =
            prepared(judgedBy({{"kind", "agreement"}, {"model", "large"}, {"compare", "number"}}));
        const OutcomeTable table = fourAnswers();
        const auto inputs = bindReplay(*policy, table);
        QVERIFY2(inputs, inputs ? "" : qPrintable(inputs.error().message));
        const ReplayResult result = replay(policy->compiled(), *inputs, table.allRows());
        QStringList answered;
        for (const policy::ModelIndex index : result.model)
            answered.append(index < 0 ? u"-"_s : policy->compiled().model(index).name);
        // The same number, another one, none; and no answer to compare with, nor to escalate to.
        QCOMPARE(answered, (QStringList{u"small"_s, u"large"_s, u"large"_s, u"-"_s}));
        QCOMPARE(result.end[3], ReplayEnd::Missing);
        // 100 of the answer, 1,000 of the one that it is compared with, 1,000 of the escalation.
        QCOMPARE(result.cost, (std::vector<qint64>{1'100, 2'100, 2'100, kNoCost}));
        QCOMPARE(result.latency, (std::vector<qint64>{60'000'000, 110'000'000, 110'000'000, -1}));
        const ReplayResult columns = replayByColumns(policy->compiled(), *inputs, table.allRows());
        QCOMPARE(columns.cost, result.cost);
        QCOMPARE(columns.latency, result.latency);
        QCOMPARE(columns.model, result.model);
    }

    void replaysOfTheOthersAnswersKeepTheLimits()
    {
        policy::PolicyDocument document =
            judgedBy({{"kind", "agreement"}, {"model", "large"}, {"compare", "number"}});
        document.limits.maxCost = Money::fromNanos(1'500);
        const auto policy = prepared(document);
        const OutcomeTable table = fourAnswers();
        const auto inputs = bindReplay(*policy, table);
        QVERIFY(inputs);
        const ReplayResult result = replay(policy->compiled(), *inputs, table.allRows());
        QCOMPARE(result.end[0], ReplayEnd::Answered);
        QCOMPARE(result.cost[1], 2'100); // begun below the limit, as without worst cases
    }

    void aJudgeCannotBeReplayed_data()
    {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("judge") << QByteArray("judge");
        QTest::newRow("self-consistency") << QByteArray("self_consistency");
    }

    void aJudgeCannotBeReplayed()
    {
        QFETCH(const QByteArray, kind);
        const auto policy = prepared(judgedBy({{"kind", kind.toStdString()}, {"model", "large"}}));
        const auto inputs = bindReplay(*policy, fourAnswers());
        QVERIFY(!inputs);
        QCOMPARE(inputs.error().code, ErrorCode::Unavailable);
        const QString asked = kind == "judge" ? u"“large”"_s : u"“small”"_s;
        for (const QString &word : {u"“gate”"_s, asked, u"live"_s})
            QVERIFY2(inputs.error().message.contains(word, Qt::CaseInsensitive),
                     qPrintable(inputs.error().message));
    }

    void answersToCompareWithMustBeThere()
    {
        const auto policy = prepared(judgedBy({{"kind", "agreement"}, {"model", "large"}}));
        OutcomeTable table = fourAnswers();
        model(table, "large")->answers = {};
        const auto inputs = bindReplay(*policy, table);
        QVERIFY(!inputs);
        QVERIFY2(inputs.error().message.contains(u"“large”"), qPrintable(inputs.error().message));
    }

    void columnsAreTheMachineOnRandomPoliciesAndTables_data()
    {
        QTest::addColumn<bool>("limits");
        QTest::addColumn<bool>("outcomes");
        QTest::addColumn<bool>("figures");
        QTest::newRow("whole") << false << false << false;
        QTest::newRow("missing outcomes") << false << true << false;
        QTest::newRow("missing figures") << false << false << true;
        QTest::newRow("all missing") << false << true << true;
        QTest::newRow("limits") << true << true << true;
    }

    void columnsAreTheMachineOnRandomPoliciesAndTables()
    {
        QFETCH(bool, limits);
        QFETCH(bool, outcomes);
        QFETCH(bool, figures);
        int byColumns = 0;
        int walks = 0;
        for (quint32 seed = 1; seed <= 200; ++seed) {
            const auto document =
                judgedByConfidence(randomPolicy(seed, {.limits = limits}), seed % 4 != 0);
            const auto policy = prepared(document);
            const OutcomeTable table = randomTable(document, seed, 60, {outcomes, figures});
            const auto inputs = bindReplay(*policy, table);
            if (!inputs) // a model that is nowhere in a small table, by chance
                continue;
            const std::vector<qint32> rows = table.allRows();
            const ReplayResult machine = replayByMachine(policy->compiled(), *inputs, rows);
            ReplayResult columns = replay(policy->compiled(), *inputs, rows);
            QCOMPARE(columns.quality.size(), machine.quality.size());
            for (size_t i = 0; i < rows.size(); ++i) { // NaN is not itself
                QCOMPARE(std::isnan(columns.quality[i]), std::isnan(machine.quality[i]));
                if (std::isnan(columns.quality[i]))
                    columns.quality[i] = 0;
            }
            ReplayResult expected = machine;
            for (float &quality : expected.quality)
                quality = std::isnan(quality) ? 0 : quality;
            QVERIFY2(columns == expected, qPrintable(u"seed %1"_s.arg(seed)));
            byColumns += canReplayByColumns(policy->compiled());
            ++walks;
        }
        QVERIFY(walks > 150);
        QVERIFY(limits || byColumns > 100);
    }

    void learnedRoutersAreReplayedAsTheyDecide()
    {
        const QTemporaryDir folder;
        // A third of the rows has a word that it knows.
        test::WordTable table{.outputs = {u"hard"_s, u"easy"_s}};
        for (int row = 0; row < 60; row += 3)
            table.words.insert(u"p%1"_s.arg(row) + QString(row % 90, u'x'),
                               {row / 60.0, 1 - row / 60.0});
        const learning::ArtifactShelf artifacts(test::wordLearners(), {folder.path()});
        const QString file = test::savedWordArtifact(table, folder.path());
        QMap<QString, QSet<qint32>> portsSeen; // by kind
        for (quint32 seed = 1; seed <= 150; ++seed) {
            const auto policy = prepared(
                judgedByConfidence(randomPolicy(seed, {.limits = seed % 2 == 0, .classifier = file}),
                                   seed % 4 != 0),
                artifacts);
            const OutcomeTable outcomes =
                randomTable(policy->compiled().document(), seed, 60, {true, seed % 3 == 0});
            const auto inputs = bindReplay(*policy, outcomes);
            if (!inputs)
                continue;
            const std::vector<qint32> rows = outcomes.allRows();
            QCOMPARE(replay(policy->compiled(), *inputs, rows).taken,
                     replayByMachine(policy->compiled(), *inputs, rows).taken);
            const TableFigures figures(policy->compiled().document().models, outcomes);
            for (policy::NodeIndex node = 0; node < policy->compiled().nodeCount(); ++node) {
                const routers::Router *router = policy->router(node);
                for (const qint32 row : router ? rows : std::vector<qint32>()) {
                    const auto decision =
                        router->decide(queryOf(outcomes, row), {.models = &figures});
                    QCOMPARE(inputs->ports[size_t(node)][size_t(row)], decision->port);
                    portsSeen[policy->compiled().node(node).kind].insert(decision->port);
                }
            }
        }
        for (const char *kind : {"classifier", "nearest", "predictor"})
            QVERIFY2(portsSeen[QString::fromLatin1(kind)].size() >= 3, kind);
    }

    void aTrainedScorerReadsTheAnswersOfTheTable()
    {
        const QTemporaryDir folder;
        const QString file = test::savedWordArtifact({.kind = learning::TargetKind::Rightness,
                                                      .outputs = {u"right"_s},
                                                      .words = {{u"surely"_s, {0.9}}}},
                                                     folder.path());
        const learning::ArtifactShelf artifacts(test::wordLearners(), {folder.path()});
        policy::PolicyDocument document = twoStageCascade().document();
        document.nodes[2].config["scorers"] =
            Json::array({{{"kind", "trained"}, {"artifact", toStdString(file)}}});
        OutcomeBuilder builder({.answers = true});
        for (const char *answer : {"surely 4", "maybe 5"}) {
            QVERIFY(builder.addRow(answer, "what is 2 + 2?", {}));
            QVERIFY(builder.add("small", {.quality = 0.5, .answer = answer}));
            QVERIFY(builder.add("large", {.quality = 1, .answer = "4"}));
        }
        const OutcomeTable table = builder.take();
        const auto policy = prepared(document, artifacts);
        const auto inputs = bindReplay(*policy, table);
        QVERIFY2(inputs, inputs ? "" : qPrintable(inputs.error().message));
        const auto result = replay(policy->compiled(), *inputs, table.allRows());
        QCOMPARE(result.quality, (std::vector<float>{0.5F, 1.0F}));
    }

    void theTableTellsWhatModelsCostAndHowLongTheyTake()
    {
        OutcomeBuilder builder;
        for (int row = 0; row < 5; ++row) {
            // 10, 20, … tokens; the cost is 1000 + 50 a token.
            QVERIFY(builder.addRow(QByteArray::number(row), QByteArray(40 * (row + 1), 'x'), {}));
            Outcome outcome;
            outcome.quality = 1;
            outcome.cost = Money::fromNanos(1000 + 500 * (row + 1));
            outcome.latencyMs = 100 * (row + 1);
            QVERIFY(builder.add("small", outcome));
            QVERIFY(builder.add("large", Outcome{.quality = 1}));
        }
        const OutcomeTable table = builder.take();
        const TableFigures figures({{.name = u"small"_s},
                                    {.name = u"Big"_s, .model = u"large"_s},
                                    {.name = u"other"_s}},
                                   table);
        QCOMPARE(figures.cost(u"small"_s, 100, 1), std::optional(Money::fromNanos(6000)));
        // Never less than the least that was measured.
        QCOMPARE(figures.cost(u"small"_s, 0, 1), std::optional(Money::fromNanos(1500)));
        QCOMPARE(figures.latency(u"small"_s),
                 std::optional<std::chrono::nanoseconds>(std::chrono::milliseconds(300)));
        for (const QString &name : {u"Big"_s, u"other"_s}) {
            QVERIFY(!figures.cost(name, 100, 1));
            QVERIFY(!figures.latency(name));
        }
    }
};

QTEST_GUILESS_MAIN(TestOutcomeReplay)
#include "tst_outcome_replay.moc"
