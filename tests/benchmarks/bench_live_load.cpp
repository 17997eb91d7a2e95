#include "core/common/key_filter.h"
#include "core/common/secrets.h"
#include "core/engine/query_runner.h"
#include "core/policy/policy_format.h"
#include "core/simulation/practice_prompts.h"
#include "core/simulation/simulated_fleet.h"
#include "tests/engine/fault_bench.h"
#include "tests/engine/policies.h"
#include "tests/support/wait_until.h"
#include "ui/ask/answer_text.h"

#include <QApplication>
#include <QScrollArea>
#include <QTest>
#include <QTimer>
#include <QVBoxLayout>

using namespace headgate;
using namespace Qt::StringLiterals;
using Steady = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

namespace {

constexpr int kQueries = 256; // a pass
constexpr qsizetype kPiece = 50;

double at(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, size_t(share * double(values.size())))];
}

// How long the event loop is busy at a time: a timer that is due each millisecond comes late by
// that.
class TurnWatch
{
public:
    TurnWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            const auto now = Steady::now();
            m_turns.push_back(std::max(0.0, Milliseconds(now - m_last).count() - 1));
            m_last = now;
        });
        m_timer.start();
    }
    const std::vector<double> &turns() const { return m_turns; }

private:
    QTimer m_timer;
    Steady::time_point m_last = Steady::now();
    std::vector<double> m_turns;
};

policy::PolicyDocument example()
{
    QFile file(u":/headgate/policies/frugal-cascade.headgate"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the example is missing");
    return policy::parsePolicy(file.readAll())->document;
}

} // namespace

// What many live queries ask of the one thread that also draws, and a long answer of its view.
class BenchLiveLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventLoop_data();
    void eventLoop();
    void cancelReachesTheSocket();
    void longAnswer();
    void keysAreLookedForInAStream();
};

void BenchLiveLoad::eventLoop_data()
{
    QTest::addColumn<int>("inFlight");
    QTest::newRow("1 in flight") << 1;
    QTest::newRow("64 in flight") << 64;
}

void BenchLiveLoad::eventLoop()
{
    QFETCH(const int, inFlight);
    simulation::FleetOptions options;
    options.timeScale = inFlight == 1 ? 0.02 : 0.2;
    const auto fleet = simulation::SimulatedFleet::start(options);
    QVERIFY(fleet);
    SystemClock clock;
    catalog::ModelCatalog catalog;
    catalog.add(simulation::SimulatedFleet::catalogEntries());
    engine::ProviderDirectory directory(clock);
    for (const QString &name : (*fleet)->providers()) {
        providers::Endpoint endpoint;
        endpoint.name = name;
        endpoint.baseUrl = (*fleet)->baseUrl(name);
        endpoint.simulated = true;
        QVERIFY(directory.add(endpoint));
    }
    engine::QueryRunner runner(directory, catalog, clock);
    const auto policy = engine::PreparedPolicy::prepare(example(), routers::builtinRouters(),
                                                        scorers::builtinScorers());
    QVERIFY(policy);
    const auto &prompts = simulation::practicePrompts();

    int begun = 0;
    int done = 0;
    int answered = 0;
    QEventLoop loop;
    std::function<void()> next = [&] {
        const QString prompt = prompts[begun++ % prompts.size()].prompt;
        auto task = runner.run(*policy, test::query(prompt), {}, [](const engine::RunEvent &) {});
        QCoro::connect(std::move(task), this, [&](const engine::RunTrace &trace) {
            answered += trace.status == engine::RunStatus::Answered ? 1 : 0;
            if (++done == kQueries)
                loop.quit();
            else if (begun < kQueries)
                next();
        });
    };
    const TurnWatch watch;
    for (int i = 0; i < inFlight; ++i)
        next();
    QTimer::singleShot(120'000, &loop, &QEventLoop::quit);
    loop.exec();
    QCOMPARE(answered, kQueries);
    qInfo("%d queries, %d in flight: %zu ticks of the event loop, late by median %.3f ms, 99 %% "
          "%.2f ms, "
          "worst %.2f ms (goal: under 16 ms)",
          kQueries, inFlight, watch.turns().size(), at(watch.turns(), 0.5), at(watch.turns(), 0.99),
          at(watch.turns(), 1));
}

// One of 64 streams is stopped after the other, while the rest go on.
void BenchLiveLoad::cancelReachesTheSocket()
{
    constexpr int kStreams = 64;
    const test::WireProtocol &protocol = test::wireProtocols().first();
    test::FaultBench bench(protocol,
                           {test::Script()
                                .send(test::openHead(protocol.streamType) + protocol.begun())
                                .sendForEver(protocol.piece("x "), std::chrono::milliseconds(20))});
    const auto policy =
        test::EngineFixture::prepared(test::FaultBench::policyFor(test::Spare::Nowhere, 0));
    std::vector<std::stop_source> stops(kStreams);
    std::vector<QCoro::Task<engine::RunTrace>> runs;
    for (std::stop_source &stop : stops)
        runs.push_back(bench.runner.run(policy, test::query(u"Say hello."_s), stop.get_token(),
                                        [](const engine::RunEvent &) {}));
    const auto open = [&] { return bench.first().openConnections(); };
    QVERIFY(test::waitUntil([&] { return open() == kStreams; }, std::chrono::seconds(10)));
    std::vector<double> took;
    for (std::stop_source &stop : stops) {
        const int before = open();
        const auto start = Steady::now();
        stop.request_stop();
        QVERIFY(test::waitUntil([&] { return open() < before; }, std::chrono::seconds(10)));
        took.push_back(Milliseconds(Steady::now() - start).count());
    }
    for (QCoro::Task<engine::RunTrace> &run : runs)
        QCOMPARE(QCoro::waitFor(run).status, engine::RunStatus::Cancelled);
    qInfo("%d streams stopped one by one: the server sees its connection go after median %.2f ms, "
          "worst %.2f ms (goal: within 50 ms)",
          kStreams, at(took, 0.5), at(took, 1));
}

void BenchLiveLoad::longAnswer()
{
    const auto toString = [](qsizetype length) {
        const auto start = Steady::now();
        QString whole;
        const QString piece = u"the quick brown fox jumps over the lazy dog, twice "_s.left(kPiece);
        for (qsizetype i = 0; i < length; i += kPiece)
            whole += piece;
        return whole.size() >= length ? Milliseconds(Steady::now() - start).count() : -1;
    };
    const auto toView = [](qsizetype length) {
        QScrollArea area; // as the page of answers is
        auto *page = new QWidget;
        auto *layout = new QVBoxLayout(page);
        auto *view = new ui::AnswerText;
        layout->addWidget(view);
        layout->addStretch();
        area.setWidget(page);
        area.setWidgetResizable(true);
        area.resize(640, 800);
        area.show();
        QApplication::processEvents();
        const QString piece =
            u"the quick brown fox jumps over the lazy dog, twice\n"_s.left(kPiece);
        const auto start = Steady::now();
        for (qsizetype i = 0; i < length; i += kPiece) {
            view->append(piece);
            if (i % (kPiece * 20) == 0) // about a frame's worth
                QApplication::processEvents();
        }
        QApplication::processEvents();
        return Milliseconds(Steady::now() - start).count();
    };
    toView(10'000);
    const double half = toView(100'000);
    const double whole = toView(200'000);
    const double bare = toString(200'000);
    qInfo("an answer of 200 kB in pieces of %lld: %.0f ms, %.2f x one of 100 kB (2 is linear, 4 "
          "quadratic); appending to a QString %.2f ms",
          kPiece, whole, whole / half, bare);
    QTest::setBenchmarkResult(whole, QTest::WalltimeMilliseconds);
}

// What it takes to look for keys in an answer as it comes, against appending to a QString.
void BenchLiveLoad::keysAreLookedForInAStream()
{
    for (int i = 0; i < 4; ++i)
        const SecretKey held(QByteArray("key-of-a-provider-") + QByteArray(20 + i, char('a' + i)));
    const auto filtered = [](qsizetype length) {
        const QString piece = u"quick brown keys "_s;
        KeyFilter filter;
        QString whole;
        const auto start = Steady::now();
        for (qsizetype i = 0; i < length; i += piece.size())
            whole += filter.feed(piece);
        whole += filter.rest();
        return whole.size() >= length ? Milliseconds(Steady::now() - start).count() : -1;
    };
    filtered(10'000);
    const double half = filtered(100'000);
    const double whole = filtered(200'000);
    qInfo("200 kB through the filter of keys: %.2f ms, %.2f x 100 kB (2 is linear)", whole,
          whole / half);
    QTest::setBenchmarkResult(whole, QTest::WalltimeMilliseconds);
}

QTEST_MAIN(BenchLiveLoad)
#include "bench_live_load.moc"
