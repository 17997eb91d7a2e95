#include "core/engine/query_runner.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/engine/engine_fixture.h"
#include "tests/support/jumping_clock.h"

#include <array>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using engine::RunStatus;
using engine::RunTrace;
using simulation::Fault;

namespace {

constexpr int kQueries = 200;
constexpr int kAtATime = 16;
// One provider is off for so many answers.
constexpr int kOff = 30;
constexpr std::array kFaults{Fault::Down, Fault::Garbage, Fault::CutMidStream, Fault::RateLimited,
                             Fault::Down};

struct Outage
{
    Outage()
    {
        simulation::FleetOptions options;
        options.timeScale = 0;
        fleet = simulation::SimulatedFleet::start(options).value();
        catalog.add(simulation::SimulatedFleet::catalogEntries());
        for (const QString &name : fleet->providers()) {
            providers::Endpoint endpoint;
            endpoint.name = name;
            endpoint.baseUrl = fleet->baseUrl(name);
            endpoint.simulated = true;
            if (!directory.add(endpoint))
                qFatal("The simulated provider is not taken.");
        }
    }

    // One model of each provider, all in one group.
    policy::PolicyDocument policy(const QString &order) const
    {
        policy::PolicyDocument document = cascade();
        document.models.clear();
        document.baseline.clear();
        for (const QString &provider : fleet->providers()) {
            for (const catalog::CatalogEntry &entry : catalog.entries()) {
                if (entry.provider != provider)
                    continue;
                policy::Model made = model(entry.model, provider, 1);
                made.model = entry.model;
                made.price.reset();
                document.models.append(made);
                break;
            }
        }
        std::sort(document.models.begin(), document.models.end(),
                  [](const policy::Model &a, const policy::Model &b) { return a.name < b.name; });
        Json call = callOf(document.models.first().name, 0);
        call["fallbacks"] = Json::array();
        call["order"] = toStdString(order);
        for (qsizetype i = 1; i < document.models.size(); ++i)
            call["fallbacks"].push_back(toStdString(document.models[i].name));
        document.nodes = {node(u"in"_s, u"query"_s), node(u"first"_s, u"model"_s, call),
                          node(u"out"_s, u"answer"_s)};
        document.wires = {wire(u"in"_s, u"query"_s, u"first"_s),
                          wire(u"first"_s, u"answer"_s, u"out"_s)};
        return document;
    }

    void setFaults()
    {
        const QStringList names = fleet->providers();
        for (int place = 0; place < names.size(); ++place) {
            const bool isOff = off && turn % int(names.size()) == place;
            fleet->setFault(names[place],
                            isOff ? kFaults.at(size_t(turn) % kFaults.size()) : Fault::None);
        }
    }

    // One provider is off for so many answers. The next one goes off only when every query is over
    // that could have met that outage: each query has a live model all its time.
    void noteAnswer()
    {
        if (off && ++answeredInOutage >= kOff) {
            off = false;
            metOutage = running;
        } else if (!off && !metOutage.intersects(running)) {
            off = true;
            answeredInOutage = 0;
            ++turn;
        }
        setFaults();
    }

    QCoro::Task<> work(std::shared_ptr<const engine::PreparedPolicy> policy)
    {
        while (next < kQueries) {
            const int number = next++;
            policy::Query asked = query(simulation::practicePrompts().at(number).prompt);
            asked.seed = quint64(number + 1) * 7919;
            running.insert(number);
            auto task = runner.run(policy, asked, {}, {});
            const RunTrace trace = co_await task;
            running.remove(number);
            traces.append(trace);
            noteAnswer();
        }
    }

    JumpingClock clock;
    std::unique_ptr<simulation::SimulatedFleet> fleet;
    engine::ProviderDirectory directory{clock};
    catalog::ModelCatalog catalog;
    engine::QueryRunner runner{directory, catalog, clock};
    QList<RunTrace> traces;
    QSet<int> running;
    QSet<int> metOutage;
    int next = 0;
    int turn = 0;
    int answeredInOutage = 0;
    bool off = true;
};

} // namespace

class TestFleetOutage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noQueryThatALiveModelCouldServeIsLost_data();
    void noQueryThatALiveModelCouldServeIsLost();
};

void TestFleetOutage::noQueryThatALiveModelCouldServeIsLost_data()
{
    QTest::addColumn<QString>("order");
    for (const char *order : {"in_order", "weighted", "fastest", "cheapest"})
        QTest::newRow(order) << QString::fromLatin1(order);
}

void TestFleetOutage::noQueryThatALiveModelCouldServeIsLost()
{
    QFETCH(const QString, order);
    Outage outage;
    outage.setFaults();
    const auto policy = EngineFixture::prepared(outage.policy(order));
    std::vector<QCoro::Task<>> workers;
    for (int i = 0; i < kAtATime; ++i)
        workers.push_back(outage.work(policy));
    for (QCoro::Task<> &worker : workers)
        QCoro::waitFor(worker);

    QCOMPARE(outage.traces.size(), kQueries);
    int failedOver = 0;
    QSet<QString> answering;
    for (const RunTrace &trace : std::as_const(outage.traces)) {
        QVERIFY2(trace.status == RunStatus::Answered, qPrintable(trace.error));
        QVERIFY(!trace.answer.isEmpty());
        answering.insert(trace.answeringModel);
        failedOver += trace.hops.size() > 2 ? 1 : 0;
    }
    QVERIFY(outage.turn > 1); // both were off
    QVERIFY(failedOver > 0);
    QVERIFY(answering.size() > 1);
}

QTEST_GUILESS_MAIN(TestFleetOutage)
#include "tst_fleet_outage.moc"
