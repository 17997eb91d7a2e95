#include "core/engine/query_runner.h"
#include "core/learning/artifact_file.h"
#include "core/learning/learner.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/engine/policies.h"
#include "tests/support/word_learner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using engine::Hop;
using engine::RunTrace;

namespace {

// query -> router -> one model a port -> answer. Ports are named after the models that they lead
// to, except "unsure" and "none", which lead to finch-mini.
policy::PolicyDocument routed(const QString &kind, const Json &config, const QStringList &ports,
                              const QMap<QString, QString> &models)
{
    policy::PolicyDocument document;
    document.name = u"Routed"_s;
    for (const auto &[name, provider] :
         {std::pair(u"albatross"_s, u"sim-aviary"_s), std::pair(u"egret"_s, u"sim-rookery"_s),
          std::pair(u"finch-mini"_s, u"sim-aviary"_s)}) {
        policy::Model model;
        model.name = name;
        model.provider = provider;
        model.model = name;
        document.models.append(model);
        document.nodes.append(test::node(u"call "_s + name, u"model"_s, test::callOf(name)));
        document.wires.append(test::wire(u"call "_s + name, u"answer"_s, u"out"_s));
    }
    document.baseline = u"albatross"_s;
    document.nodes += {test::node(u"in"_s, u"query"_s), test::node(u"sort"_s, kind, config),
                       test::node(u"out"_s, u"answer"_s)};
    document.wires.append(test::wire(u"in"_s, u"query"_s, u"sort"_s));
    for (const QString &port : ports)
        document.wires.append(
            test::wire(u"sort"_s, port, u"call "_s + models.value(port, u"finch-mini"_s)));
    return document;
}

Hop decisionOf(const RunTrace &trace)
{
    for (const Hop &hop : trace.hops) {
        if (hop.node == policy::NodeId{u"sort"_s})
            return hop;
    }
    return {};
}

} // namespace

// Trained routers in the engine, over real sockets.
class TestLearnedRouting final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_engine = std::make_unique<Engine>();
        simulation::FleetOptions options;
        options.timeScale = 0;
        auto fleet = simulation::SimulatedFleet::start(options);
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().message));
        m_engine->fleet = std::move(*fleet);
        m_engine->catalog.add(simulation::SimulatedFleet::catalogEntries());
        for (const QString &name : m_engine->fleet->providers()) {
            providers::Endpoint endpoint;
            endpoint.name = name;
            endpoint.baseUrl = m_engine->fleet->baseUrl(name);
            endpoint.simulated = true;
            QVERIFY(m_engine->directory.add(endpoint));
        }
    }
    void cleanup() { m_engine.reset(); }

    void aTrainedClassifierSendsQueriesByTheirLabel()
    {
        learning::TrainingSet set;
        set.outputs = {u"easy"_s, u"hard"_s};
        set.targets.columns = 2;
        for (int row = 0; row < 200; ++row) {
            const bool hard = row % 2 == 1;
            set.prompts.append((hard ? u"Prove that the integral number %1 converges"_s
                                     : u"Say hello to my friend number %1"_s)
                                   .arg(row));
            set.targets.values.insert(set.targets.values.end(),
                                      {hard ? 0.0F : 1.0F, hard ? 1.0F : 0.0F});
        }
        const auto learners = learning::builtinLearners();
        const auto &linear = **learners.find(u"linear"_s);
        const auto trained = linear.train(set, Json::object(), {});
        QVERIFY2(trained, trained ? "" : qPrintable(trained.error().message));
        const QString file = learning::saveArtifact(*trained, m_folder.path()).value();
        const auto document =
            routed(u"classifier"_s,
                   {{"artifact", toStdString(file)}, {"labels", {"easy", "hard"}}},
                   {u"easy"_s, u"hard"_s, u"unsure"_s},
                   {{u"easy"_s, u"egret"_s}, {u"hard"_s, u"albatross"_s}});
        const learning::ArtifactShelf shelf(learners, {m_folder.path()});

        const RunTrace hard = run(document, u"Prove that the integral number 317 converges"_s, shelf);
        QVERIFY2(hard.answeringModel == u"albatross"_s, qPrintable(decisionOf(hard).why));
        const Hop why = decisionOf(hard);
        QCOMPARE(why.port, u"hard"_s);
        QVERIFY2(why.why.startsWith(u"hard 0."_s) || why.why.startsWith(u"hard 1."_s),
                 qPrintable(why.why));
        QVERIFY2(why.why.contains(u"pushed"_s), qPrintable(why.why));
        QVERIFY(why.score && *why.score > 0.5);
        QCOMPARE(why.cost, Money());
        QCOMPARE(run(document, u"Say hello to my friend number 318"_s, shelf).answeringModel, u"egret"_s);
    }

    void whatIsUnlikeTheTrainingTakesItsOwnPort()
    {
        const QString file = test::savedWordArtifact({.outputs = {u"easy"_s, u"hard"_s},
                                                      .words = {{u"prove"_s, {0.1, 0.9}}}},
                                                     m_folder.path());
        const auto document =
            routed(u"classifier"_s,
                   {{"artifact", toStdString(file)}, {"labels", {"easy", "hard"}}, {"floor", 0}},
                   {u"easy"_s, u"hard"_s, u"unsure"_s},
                   {{u"easy"_s, u"egret"_s}, {u"hard"_s, u"albatross"_s}});
        const learning::ArtifactShelf shelf(test::wordLearners(), {m_folder.path()});
        QCOMPARE(run(document, u"prove it"_s, shelf).answeringModel, u"albatross"_s);
        const RunTrace far = run(document, u"Ποια είναι η πρωτεύουσα της Γαλλίας;"_s, shelf);
        QCOMPARE(far.answeringModel, u"finch-mini"_s);
        QCOMPARE(decisionOf(far).why, u"unlike what it was trained on (familiarity 0.01)"_s);
    }

    void nearestPromptsSayWhichTheyAre()
    {
        const Json references =
            Json::array({{{"prompt", "I want a refund for my order"}, {"label", "billing"}},
                         {{"prompt", "Write a Python function"}, {"label", "code"}}});
        const auto document = routed(u"nearest"_s, {{"references", references}},
                                     {u"billing"_s, u"code"_s, u"unsure"_s},
                                     {{u"billing"_s, u"egret"_s}, {u"code"_s, u"albatross"_s}});
        const RunTrace refund = run(document, u"can I have a refund for the order?"_s);
        QCOMPARE(refund.answeringModel, u"egret"_s);
        QVERIFY2(decisionOf(refund).why.startsWith(u"billing: like “I want a refund"_s),
                 qPrintable(decisionOf(refund).why));
        QCOMPARE(run(document, u"The moon"_s).answeringModel, u"finch-mini"_s);
    }

    void aPredictorWeighsPricesOfTheCatalogAndTheLatenciesThatWereMeasured()
    {
        Json config{{"models", {"albatross", "egret", "finch-mini"}},
                    {"measured", Json::array({{{"model", "albatross"}, {"quality", 0.9}},
                                              {{"model", "egret"}, {"quality", 0.8}},
                                              {{"model", "finch-mini"}, {"quality", 0.5}}})}};
        const QStringList ports{u"albatross"_s, u"egret"_s, u"finch-mini"_s, u"none"_s};
        const QMap<QString, QString> models{{u"albatross"_s, u"albatross"_s},
                                            {u"egret"_s, u"egret"_s}};
        const auto decided = [&] {
            return decisionOf(run(routed(u"predictor"_s, config, ports, models), u"Why?"_s));
        };
        QCOMPARE(decided().port, u"albatross"_s);
        config["willingness_usd"] = 0.0001;
        QCOMPARE(decided().port, u"finch-mini"_s);
        config.erase("willingness_usd");

        config["max_cost_usd"] = 0.000001;
        const Hop none = decided();
        QCOMPARE(none.port, u"none"_s);
        QVERIFY2(none.why.startsWith(u"no candidate is left; albatross: $"_s) &&
                     none.why.contains(u" > $0.000001"_s),
                 qPrintable(none.why));
        config.erase("max_cost_usd");

        // Not measured yet: it may be tried. A slow session later it may not.
        config["max_latency_s"] = 1;
        m_engine->runner.traffic().deployments.seed(
            {u"sim-aviary"_s, u"albatross"_s},
            std::vector<engine::CallSample>(
                20, {.ok = true, .duration = std::chrono::seconds(4), .firstToken = {}}));
        const Hop slow = decided();
        QCOMPARE(slow.port, u"egret"_s);
        QVERIFY2(slow.why.endsWith(u"; albatross: 4 s > 1 s"_s), qPrintable(slow.why));
    }

    void anEmbedderThatNobodyHasSendsQueriesToUnsure()
    {
        const QString file = test::savedWordArtifact({.outputs = {u"easy"_s, u"hard"_s},
                                                      .words = {{u"prove"_s, {0.1, 0.9}}},
                                                      .embedder = u"endpoint:nowhere"_s},
                                                     m_folder.path());
        const auto document =
            routed(u"classifier"_s,
                   {{"artifact", toStdString(file)}, {"labels", {"easy", "hard"}}},
                   {u"easy"_s, u"hard"_s, u"unsure"_s}, {{u"hard"_s, u"albatross"_s}});
        const RunTrace trace = run(document, u"prove it"_s,
                                   learning::ArtifactShelf(test::wordLearners(), {m_folder.path()}));
        QCOMPARE(trace.answeringModel, u"finch-mini"_s);
        QCOMPARE(trace.status, engine::RunStatus::Answered);
    }

private:
    struct Engine
    {
        SystemClock clock;
        std::unique_ptr<simulation::SimulatedFleet> fleet;
        engine::ProviderDirectory directory{clock};
        catalog::ModelCatalog catalog;
        engine::QueryRunner runner{directory, catalog, clock};
    };

    RunTrace run(const policy::PolicyDocument &document, const QString &prompt,
                 const learning::ArtifactShelf &shelf = {})
    {
        const auto policy = engine::PreparedPolicy::prepare(
            document, routers::builtinRouters(shelf), scorers::builtinScorers(shelf));
        if (!policy)
            qFatal("%s", qPrintable(policy.error().message));
        auto task = m_engine->runner.run(*policy, test::query(prompt), {}, {});
        return QCoro::waitFor(task);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
};

QTEST_GUILESS_MAIN(TestLearnedRouting)
#include "tst_learned_routing.moc"
