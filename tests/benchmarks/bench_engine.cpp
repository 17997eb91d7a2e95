#include "core/engine/query_runner.h"
#include "core/providers/provider_factory.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/engine/policies.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;
using Steady = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

namespace {

constexpr int kWarmUp = 200;
constexpr int kPairs = 2000;
const QString kPrompt = u"What is 69 + 41?"_s;

double median(std::vector<double> values)
{
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

policy::Model finch()
{
    policy::Model model;
    model.name = u"finch-mini"_s;
    model.provider = u"sim-aviary"_s;
    model.model = u"finch-mini"_s;
    return model;
}

// query -> model -> answer, or with a gate that accepts everything.
policy::PolicyDocument onePath(bool withGate)
{
    policy::PolicyDocument document;
    document.name = u"One call"_s;
    document.baseline = u"finch-mini"_s;
    document.models = {finch()};
    document.nodes = {test::node(u"in"_s, u"query"_s),
                      test::node(u"call"_s, u"model"_s, test::callOf(u"finch-mini"_s)),
                      test::node(u"out"_s, u"answer"_s)};
    document.wires = {test::wire(u"in"_s, u"query"_s, u"call"_s),
                      test::wire(u"call"_s, u"answer"_s, u"out"_s)};
    if (withGate) {
        document.nodes.append(test::node(u"gate"_s, u"gate"_s, test::logProbabilityAbove(0)));
        document.wires[1] = test::wire(u"call"_s, u"answer"_s, u"gate"_s);
        document.wires.append(test::wire(u"gate"_s, u"accept"_s, u"out"_s));
        document.wires.append(test::wire(u"gate"_s, u"escalate"_s, u"out"_s));
    }
    return document;
}

} // namespace

// What a query through the engine costs over the bare request of the same client, both over real
// sockets to the fleet without its delays. Pairs are taken in turn, so that drift hits both alike.
class BenchEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overhead_data();
    void overhead();
};

void BenchEngine::overhead_data()
{
    QTest::addColumn<bool>("withGate");
    QTest::newRow("one call") << false;
    QTest::newRow("one call and a gate") << true;
}

void BenchEngine::overhead()
{
    QFETCH(const bool, withGate);
    simulation::FleetOptions options;
    options.timeScale = 0;
    const auto fleet = simulation::SimulatedFleet::start(options);
    QVERIFY(fleet);
    SystemClock clock;
    catalog::ModelCatalog catalog;
    catalog.add(simulation::SimulatedFleet::catalogEntries());
    engine::ProviderDirectory directory(clock);
    providers::Endpoint endpoint;
    endpoint.name = u"sim-aviary"_s;
    endpoint.baseUrl = (*fleet)->baseUrl(endpoint.name);
    endpoint.simulated = true;
    QVERIFY(directory.add(endpoint));
    engine::QueryRunner runner(directory, catalog, clock);
    const auto policy = engine::PreparedPolicy::prepare(onePath(withGate), routers::builtinRouters(),
                                                        scorers::builtinScorers());
    QVERIFY(policy);
    providers::Provider &client = *directory.find(endpoint.name)->provider;

    const auto bare = [&] {
        const auto start = Steady::now();
        providers::CompletionRequest request;
        request.model = u"finch-mini"_s;
        request.messages = test::query(kPrompt).messages;
        request.wantLogProbabilities = withGate;
        request.deadline = std::chrono::seconds(30);
        request.onText = [](const QString &) {};
        auto task = client.complete(std::move(request), {});
        const bool ok = QCoro::waitFor(task).ok();
        return ok ? Microseconds(Steady::now() - start).count() : -1;
    };
    const auto routed = [&] {
        const auto start = Steady::now();
        auto task = runner.run(*policy, test::query(kPrompt), {}, {});
        const bool ok = QCoro::waitFor(task).status == engine::RunStatus::Answered;
        return ok ? Microseconds(Steady::now() - start).count() : -1;
    };
    std::vector<double> bareTimes;
    std::vector<double> routedTimes;
    for (int i = 0; i < kWarmUp + kPairs; ++i) {
        const double a = bare();
        const double b = routed();
        QVERIFY(a >= 0 && b >= 0);
        if (i < kWarmUp)
            continue;
        bareTimes.push_back(a);
        routedTimes.push_back(b);
    }
    const double request = median(bareTimes);
    const double query = median(routedTimes);
    qInfo("bare request %.1f us, query %.1f us: overhead %.1f us, ratio %.3f (medians of %d; goal: "
          "under 150 us)",
          request, query, query - request, query / request, kPairs);
    QTest::setBenchmarkResult((query - request) * 1000, QTest::WalltimeNanoseconds);
}

QTEST_GUILESS_MAIN(BenchEngine)
#include "bench_engine.moc"
