#include "tests/engine/fault_bench.h"
#include "tests/engine/mixed_faults.h"
#include "tests/support/wait_until.h"

#include <qcoro/qcorotimer.h>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using engine::RunStatus;
using engine::RunTrace;
using std::chrono::milliseconds;

namespace {

constexpr quint64 kSeed = 20'261'124;

// Sanitized code is several times slower.
#ifdef __SANITIZE_ADDRESS__
constexpr int kSlowness = 8;
#else
constexpr int kSlowness = 1;
#endif

constexpr int kRequestsABench = 8;
constexpr int kRequests = 10'000 / kSlowness / kRequestsABench * kRequestsABench;
constexpr int kFaultsAServer = 64;
constexpr milliseconds kGrace = 1s;
constexpr milliseconds kWatchdog = 100s; // of all of them

// What the requests of one run have in common.
struct Setting
{
    bool oneHealthy = false;   // the last target of the policy always answers
    int benches = 0;           // busy at a time
    int requestsTogether = 0;  // of one bench; what one waits for by a jump counts for all of them
    milliseconds totalLimit{}; // of each request
};

// Few enough at a time that a server is heard before its 150 ms are over: with more, most faults
// would end as a timeout before they are met.
constexpr Setting kOneHealthy{true, 16 / kSlowness, 4, 30s};
constexpr Setting kNoneHealthy{false, 64 / kSlowness, 1, 5s};

// What became of all requests.
struct Tally
{
    int ended = 0;
    int answered = 0;
    int clearErrors = 0;
    int late = 0;
    int unknownEnds = 0;
    int leftOpen = 0; // connections to servers once every request was over
    QMap<QString, int> failedAttempts;
    milliseconds longest{};
    QStringList lost; // what was told of the first that were not answered

    void note(const RunTrace &trace, milliseconds took, milliseconds limit)
    {
        ++ended;
        longest = std::max(longest, took);
        late += std::max<std::chrono::nanoseconds>(took, trace.latency) > limit + kGrace ? 1 : 0;
        for (const engine::Hop &hop : trace.hops) {
            if (!hop.failureClass.isEmpty())
                ++failedAttempts[hop.failureClass];
        }
        if (trace.status == RunStatus::Answered && trace.answer == u"Hello, world"_s)
            ++answered;
        else if (lost.size() < 5)
            lost.append(told(trace) + u'\n' + trace.error);
        if (trace.status == RunStatus::Failed && !trace.error.isEmpty())
            ++clearErrors;
        else if (trace.status != RunStatus::Answered || trace.answer.isEmpty())
            ++unknownEnds;
    }

    // Most faults were met for what they are, rather than as silence.
    bool isTelling() const
    {
        int all = 0;
        for (const int count : failedAttempts)
            all += count;
        return 2 * failedAttempts.value(u"timeout"_s) < all;
    }

    QString shown() const
    {
        QStringList classes;
        for (auto it = failedAttempts.begin(); it != failedAttempts.end(); ++it)
            classes.append(u"%1 %2"_s.arg(it.value()).arg(it.key()));
        return classes.join(u", "_s);
    }
};

// Two providers that fail, each in ways of its own, and one that answers where the test wants it.
// Their limits are short, so that silence ends within 200 ms.
class MixedBench
{
public:
    MixedBench(std::mt19937_64 &random, const Setting &setting)
        : m_setting(setting)
        , m_protocol(wireProtocols().at(drawn(random, int(wireProtocols().size()))))
    {
        addFailing(u"a"_s, random);
        addFailing(u"c"_s, random);
        if (setting.oneHealthy) {
            m_healthy =
                std::make_unique<ScriptedServer>(QList<Script>{FaultBench::goodAnswer(m_protocol)});
            add(u"b"_s, m_healthy->url(), 10s);
        }
        m_document = drawnPolicy(random);
    }

    const policy::PolicyDocument &document() const { return m_document; }

    int openConnections() const
    {
        int open = m_healthy ? m_healthy->openConnections() : 0;
        for (const auto &server : m_failing)
            open += server->openConnections();
        return open;
    }

    JumpingClock clock;
    engine::ProviderDirectory directory{clock};
    catalog::ModelCatalog catalog;
    engine::QueryRunner runner{directory, catalog, clock};

private:
    void add(const QString &name, const QUrl &url, milliseconds silence)
    {
        providers::Endpoint endpoint;
        endpoint.name = name;
        endpoint.protocol = m_protocol.name;
        endpoint.baseUrl = url;
        endpoint.allowPlainHttp = true;
        endpoint.timeouts = {.connect = silence,
                             .firstByte = silence,
                             .idle = silence,
                             .total = silence + 50ms,
                             .afterFinish = 50ms};
        if (!directory.add(endpoint))
            qFatal("The provider is not taken.");
    }

    // Most go wrong once they are asked; some cannot be asked at all.
    void addFailing(const QString &name, std::mt19937_64 &random)
    {
        QList<Script> scripts;
        for (int i = 0; i < kFaultsAServer; ++i)
            scripts.append(m_setting.oneHealthy ? faultBeforeText(random, m_protocol)
                                                : anyFault(random, m_protocol));
        const int way = drawn(random, 25);
        if (way < 2) // no TLS where it is asked for: other words, or none
            scripts = {way == 0 ? Script().atOnce().wait(10ms).send("SSH-2.0-x\r\n")
                                : Script().atOnce()};
        auto server = std::make_unique<ScriptedServer>(scripts);
        QUrl url = server->url();
        if (way < 2)
            url.setScheme(u"https"_s);
        if (way == 2)
            url = QUrl(u"http://nobody.invalid/v1"_s);
        if (way == 3 || way == 4)
            server.reset(); // nobody listens there any more
        if (server)
            m_failing.push_back(std::move(server));
        add(name, url, 150ms);
    }

    // A group, a chain behind error ports, or some of both; the healthy one stands last.
    policy::PolicyDocument drawnPolicy(std::mt19937_64 &random) const
    {
        policy::PolicyDocument document = cascade();
        document.limits.maxLatency = m_setting.totalLimit;
        document.models = {model(u"large"_s, u"b"_s, 10), model(u"middle"_s, u"c"_s, 3),
                           model(u"small"_s, u"a"_s, 1)};
        QStringList order{u"small"_s, u"middle"_s};
        if (m_setting.oneHealthy)
            order.append(u"large"_s);
        const bool stream = drawn(random, 2) == 0;
        for (policy::Model &made : document.models) {
            if (!stream)
                made.parameters["stream"] = false;
        }
        document.nodes = {node(u"in"_s, u"query"_s), node(u"out"_s, u"answer"_s)};
        document.wires.clear();
        QString before;
        while (!order.isEmpty()) {
            Json call = callOf(order.takeFirst(), drawn(random, 3));
            while (!order.isEmpty() && drawn(random, 2) == 0)
                call["fallbacks"].push_back(toStdString(order.takeFirst()));
            const QString id = u"n%1"_s.arg(order.size());
            document.nodes.append(node(id, u"model"_s, call));
            document.wires.append(before.isEmpty() ? wire(u"in"_s, u"query"_s, id)
                                                   : wire(before, u"error"_s, id));
            document.wires.append(wire(id, u"answer"_s, u"out"_s));
            before = id;
        }
        return document;
    }

    Setting m_setting;
    const WireProtocol &m_protocol;
    std::vector<std::unique_ptr<ScriptedServer>> m_failing;
    std::unique_ptr<ScriptedServer> m_healthy;
    policy::PolicyDocument m_document;
};

QCoro::Task<> pauseFor(milliseconds duration)
{
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(duration);
    co_await timer;
}

// Keeps so many benches busy until so many requests are over. Each request meets faults that the
// seed alone decides.
class Load
{
public:
    explicit Load(const Setting &setting)
        : m_setting(setting)
    {
        for (int i = 0; i < setting.benches; ++i)
            m_workers.push_back(work());
    }

    bool isOver() const { return m_working == 0; }
    const Tally &tally() const { return m_tally; }

private:
    QCoro::Task<> work()
    {
        ++m_working;
        while (m_started < kRequests) {
            const int number = m_started;
            m_started += kRequestsABench;
            std::mt19937_64 random(kSeed + quint64(number));
            MixedBench bench(random, m_setting);
            for (int i = 0; i < kRequestsABench; i += m_setting.requestsTogether) {
                auto batch = askSome(&bench, quint64(number + i));
                co_await batch;
                bench.clock.advance(11s); // breakers that opened let one through
            }
            for (int i = 0; i < 50 && bench.openConnections() > 0; ++i) {
                auto pause = pauseFor(5ms);
                co_await pause;
            }
            m_tally.leftOpen += bench.openConnections();
        }
        --m_working;
    }

    QCoro::Task<> askSome(MixedBench *bench, quint64 seed)
    {
        const auto policy = EngineFixture::prepared(bench->document());
        std::vector<QCoro::Task<>> requests;
        for (int i = 0; i < m_setting.requestsTogether; ++i)
            requests.push_back(ask(bench, policy, seed + quint64(i)));
        for (QCoro::Task<> &request : requests)
            co_await request;
    }

    QCoro::Task<> ask(MixedBench *bench, std::shared_ptr<const engine::PreparedPolicy> policy,
                      quint64 seed)
    {
        policy::Query asked = query(u"Say hello."_s);
        asked.seed = seed;
        QElapsedTimer watch;
        watch.start();
        auto running = bench->runner.run(policy, asked, {}, {});
        const RunTrace trace = co_await running;
        m_tally.note(trace, milliseconds(watch.elapsed()), m_setting.totalLimit);
    }

    Setting m_setting;
    Tally m_tally;
    int m_started = 0;
    int m_working = 0;
    std::vector<QCoro::Task<>> m_workers;
};

} // namespace

// 10,000 requests (fewer under sanitizers) over real sockets, with faults drawn at random, in every
// protocol and in policies of every shape.
class TestMixedFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneHealthyTargetServesAllWhileTheOthersFail();
    void everyRequestEndsWhateverFails();

private:
    static void print(const char *what, const Tally &tally, qint64 tookMs);
};

void TestMixedFaults::print(const char *what, const Tally &tally, qint64 tookMs)
{
    std::printf("%s: %d requests in %.1f s; %d answered (%.3f %%), %d clear errors, %d late, "
                "longest %lld ms, %d connections left open\n  failed attempts: %s\n",
                what, tally.ended, double(tookMs) / 1000, tally.answered,
                100.0 * tally.answered / tally.ended, tally.clearErrors, tally.late,
                static_cast<long long>(tally.longest.count()), tally.leftOpen,
                qPrintable(tally.shown()));
}

void TestMixedFaults::oneHealthyTargetServesAllWhileTheOthersFail()
{
    QElapsedTimer watch;
    watch.start();
    const auto load = std::make_unique<Load>(kOneHealthy);
    QVERIFY2(waitUntil([&] { return load->isOver(); }, kWatchdog),
             qPrintable(u"%1 of %2 ended"_s.arg(load->tally().ended).arg(kRequests)));
    const Tally &tally = load->tally();
    print("R3, one healthy target", tally, watch.elapsed());
    QCOMPARE(tally.ended, kRequests);
    QVERIFY2(tally.answered * 1000 >= kRequests * 999, qPrintable(tally.lost.join(u"\n\n"_s)));
    QCOMPARE(tally.late, 0);
    QCOMPARE(tally.unknownEnds, 0);
    QCOMPARE(tally.leftOpen, 0);
    // The faults were met, and were of many sorts.
    int sorts = 0;
    for (const char *failureClass :
         {"auth", "capability", "credit", "not_found", "permission", "protocol", "rate", "resting",
          "security", "timeout", "too_large", "transient", "transport", "truncated"})
        sorts += tally.failedAttempts.value(QString::fromLatin1(failureClass)) > 0;
    QVERIFY2(sorts >= 12 && tally.isTelling(), qPrintable(tally.shown()));
}

void TestMixedFaults::everyRequestEndsWhateverFails()
{
    QElapsedTimer watch;
    watch.start();
    const auto load = std::make_unique<Load>(kNoneHealthy);
    QVERIFY2(waitUntil([&] { return load->isOver(); }, kWatchdog),
             qPrintable(u"%1 of %2 ended"_s.arg(load->tally().ended).arg(kRequests)));
    const Tally &tally = load->tally();
    print("R1, none healthy", tally, watch.elapsed());
    QCOMPARE(tally.ended, kRequests);
    QCOMPARE(tally.late, 0);
    QCOMPARE(tally.unknownEnds, 0);
    QCOMPARE(tally.leftOpen, 0);
    QVERIFY(tally.clearErrors > kRequests / 2);
    QVERIFY2(tally.isTelling(), qPrintable(tally.shown()));
    for (const char *failureClass : {"moderation", "redirect", "request"})
        QVERIFY2(tally.failedAttempts.value(QString::fromLatin1(failureClass)) > 0, failureClass);
}

QTEST_GUILESS_MAIN(TestMixedFaults)
#include "tst_mixed_faults.moc"
