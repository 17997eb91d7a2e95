#include "core/policy/policy_run.h"
#include "tests/support/random_policy.h"

#include <QRandomGenerator>
#include <QTest>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

using namespace headgate;
using namespace headgate::policy;
using namespace headgate::tests;

namespace {

std::atomic<quint64> g_allocations = 0;

} // namespace

// Counts every allocation of this program. All forms are replaced together: a sanitizer minds
// memory that one form takes and another gives back.
void *operator new(size_t size, const std::nothrow_t &) noexcept
{
    ++g_allocations;
    return std::malloc(size ? size : 1);
}
void *operator new(size_t size)
{
    if (void *memory = operator new(size, std::nothrow))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, size_t) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, const std::nothrow_t &) noexcept
{
    std::free(memory);
}

namespace {

constexpr quint32 kPolicies = 3000;
constexpr int kRunsEach = 4;

struct Record
{
    std::vector<Step> steps; // as asked, the last one is the end
    std::vector<Visit> visits;
    Money spent;
    std::chrono::nanoseconds elapsed{};
    std::vector<Money> spentBefore;                      // of each step
    std::vector<std::chrono::nanoseconds> elapsedBefore; // of each step

    bool operator==(const Record &) const = default;
};

// How results are drawn. Only calls cost money where `freeChecks` holds, and then never more than
// their worst case.
struct Draw
{
    quint32 seed = 0;
    bool freeChecks = false;
};

Money randomMoney(QRandomGenerator &random, Money most)
{
    return Money::fromNanos(random.bounded(most.nanos() + 1));
}

std::chrono::nanoseconds randomDuration(QRandomGenerator &random)
{
    return std::chrono::nanoseconds(random.bounded(qint64(2'000'000'000)));
}

std::optional<double> randomScore(QRandomGenerator &random)
{
    return random.bounded(10) == 0 ? std::nullopt : std::optional(random.bounded(101) / 100.0);
}

std::vector<Money> worstCases(const CompiledPolicy &policy, quint32 seed)
{
    QRandomGenerator random(seed);
    std::vector<Money> worst;
    for (qsizetype model = 0; model < policy.modelCount(); ++model)
        worst.push_back(Money::fromNanos(random.bounded(1, 2'000'000)));
    return worst;
}

// Answers what the step asks for.
class Driver
{
public:
    Driver(const CompiledPolicy &policy, Draw draw, std::span<const Money> worstCase)
        : m_policy(policy)
        , m_random(draw.seed)
        , m_draw(draw)
        , m_worstCase(worstCase)
    {
    }

    void answer(Run &run)
    {
        const Step step = run.step();
        if (const auto *call = std::get_if<CallModel>(&step)) {
            const Money most = m_worstCase.empty() ? Money::fromNanos(2'000'000)
                                                   : m_worstCase[size_t(call->model)];
            run.resolve(ModelResult{.ok = m_random.bounded(100) < 80,
                                    .cost = randomMoney(m_random, most),
                                    .duration = randomDuration(m_random)});
        } else if (const auto *decide = std::get_if<Decide>(&step)) {
            const int ports = int(m_policy.step(decide->node).next.size());
            const bool fails = m_random.bounded(50) == 0;
            run.resolve(RouterResult{.port = fails ? -1 : m_random.bounded(ports),
                                     .cost = checkCost(),
                                     .duration = randomDuration(m_random)});
        } else {
            run.resolve(ScoreResult{.score = randomScore(m_random),
                                    .cost = checkCost(),
                                    .duration = randomDuration(m_random)});
        }
    }

private:
    Money checkCost()
    {
        const Money cost = randomMoney(m_random, Money::fromNanos(1000));
        return m_draw.freeChecks ? Money() : cost;
    }

    const CompiledPolicy &m_policy;
    QRandomGenerator m_random;
    Draw m_draw;
    std::span<const Money> m_worstCase;
};

Record drive(Run &run, const CompiledPolicy &policy, Draw draw, std::span<const Money> worstCase)
{
    Record record;
    Driver driver(policy, draw, worstCase);
    // One step more than there may be, so that a run without end is seen as one.
    for (qsizetype taken = 0; taken <= policy.longestPath() + 1; ++taken) {
        record.steps.push_back(run.step());
        record.spentBefore.push_back(run.spent());
        record.elapsedBefore.push_back(run.elapsed());
        if (run.isOver())
            break;
        driver.answer(run);
    }
    record.visits.assign(run.visits().begin(), run.visits().end());
    record.spent = run.spent();
    record.elapsed = run.elapsed();
    return record;
}

NodeIndex nodeOf(const Step &step)
{
    return std::visit([](const auto &part) { return part.node; }, step);
}

bool isEnd(const Step &step)
{
    return std::holds_alternative<Finished>(step) || std::holds_alternative<Failed>(step);
}

// The policies of all tests, compiled once.
const std::vector<std::shared_ptr<const CompiledPolicy>> &policies()
{
    static const auto all = [] {
        std::vector<std::shared_ptr<const CompiledPolicy>> made;
        for (quint32 seed = 0; seed < kPolicies; ++seed) {
            const auto policy = CompiledPolicy::compile(randomPolicy(seed));
            if (!policy)
                qFatal("policy %u: %s", seed, qPrintable(policy.error().message));
            made.push_back(*policy);
        }
        return made;
    }();
    return all;
}

// Calls `check(policy, worst cases, record)` for a few runs of every policy. A quarter of the runs
// knows no worst cases.
template<typename Check>
void forEveryRun(bool freeChecks, Check check)
{
    for (quint32 seed = 0; seed < kPolicies; ++seed) {
        const CompiledPolicy &policy = *policies()[seed];
        for (int round = 0; round < kRunsEach; ++round) {
            const quint32 runSeed = seed * kRunsEach + quint32(round);
            const std::vector<Money> worst =
                round == 0 ? std::vector<Money>() : worstCases(policy, runSeed);
            Run run(policy, worst);
            const Record record =
                drive(run, policy, {.seed = runSeed, .freeChecks = freeChecks}, worst);
            check(policy, worst, record);
            if (QTest::currentTestFailed())
                qFatal("policy %u, round %d", seed, round);
        }
    }
}

} // namespace

// What holds for every policy and all results.
class TestPolicyRunProperties final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRunEndsWithinTheLongestPath()
    {
        QSet<int> reasons;
        forEveryRun(
            false, [&reasons](const CompiledPolicy &policy, const auto &, const Record &record) {
                QVERIFY(isEnd(record.steps.back()));
                QVERIFY(qsizetype(record.visits.size()) <= policy.longestPath());
                const auto *finished = std::get_if<Finished>(&record.steps.back());
                reasons.insert(finished ? int(finished->reason) + 100
                                        : int(std::get<Failed>(record.steps.back()).reason));
            });
        // The drawn policies and results reach every way to end: Answered; both limits with an
        // answer and without; and the three failures.
        QCOMPARE(reasons.size(), 1 + 2 * 2 + 3);
    }

    void noRunEntersANodeTwice()
    {
        forEveryRun(false, [](const CompiledPolicy &, const auto &, const Record &record) {
            QSet<NodeIndex> visited;
            for (const Visit &visit : record.visits) {
                QVERIFY(!visited.contains(visit.node));
                visited.insert(visit.node);
            }
            QSet<NodeIndex> called;
            for (const Step &step : record.steps) {
                if (const auto *call = std::get_if<CallModel>(&step)) {
                    QVERIFY(!called.contains(call->node));
                    called.insert(call->node);
                }
            }
        });
    }

    void sameResultsGiveTheSameWalk()
    {
        forEveryRun(false, [](const CompiledPolicy &policy, const std::vector<Money> &worst,
                              const Record &record) {
            const quint32 seed = quint32(record.visits.size()) * 31 + 7;
            Run first(policy, worst);
            const Record expected = drive(first, policy, {.seed = seed}, worst);
            Run second(policy, worst);
            QVERIFY(drive(second, policy, {.seed = seed}, worst) == expected);
            second.reset(worst);
            QVERIFY(drive(second, policy, {.seed = seed}, worst) == expected);
        });
    }

    void everyEndCarriesItsWholeTrace()
    {
        forEveryRun(false, [](const CompiledPolicy &policy, const auto &, const Record &record) {
            QCOMPARE(record.visits.front().node, policy.entry());
            Money spent;
            std::chrono::nanoseconds elapsed{};
            for (size_t index = 0; index < record.visits.size(); ++index) {
                const Visit &visit = record.visits[index];
                spent += visit.cost;
                elapsed += visit.duration;
                const bool last = index + 1 == record.visits.size();
                const NodeIndex next =
                    last ? nodeOf(record.steps.back()) : record.visits[index + 1].node;
                if (visit.port >= 0)
                    QCOMPARE(policy.step(visit.node).next[size_t(visit.port)], next);
                else
                    QVERIFY(last && visit.node == next);
            }
            QCOMPARE(spent, record.spent);
            QCOMPARE(elapsed, record.elapsed);
        });
    }

    void theAnswerIsOneOfACallThatAnswered()
    {
        forEveryRun(false, [](const CompiledPolicy &policy, const auto &, const Record &record) {
            QList<bool> answered; // by call
            for (const Visit &visit : record.visits) {
                if (policy.step(visit.node).role == NodeRole::Model)
                    answered.append(visit.port == kAnswerPort);
            }
            if (const auto *finished = std::get_if<Finished>(&record.steps.back()))
                QVERIFY(finished->answer >= 0 && answered.value(finished->answer));
            else if (std::get<Failed>(record.steps.back()).reason == EndReason::NoAnswer)
                QVERIFY(!answered.contains(true));
            for (const Step &step : record.steps) {
                if (const auto *score = std::get_if<Score>(&step))
                    QVERIFY(answered.value(score->answer));
            }
        });
    }

    void costLimitHoldsWhereWorstCasesDo()
    {
        int limited = 0;
        forEveryRun(true, [&limited](const CompiledPolicy &policy, const std::vector<Money> &worst,
                                     const Record &record) {
            const auto limit = policy.limits().maxCost;
            if (!limit)
                return;
            if (!worst.empty())
                QVERIFY(record.spent <= *limit);
            for (size_t index = 0; index < record.steps.size(); ++index) {
                if (const auto *call = std::get_if<CallModel>(&record.steps[index])) {
                    QVERIFY(record.spentBefore[index] < *limit);
                    QCOMPARE(call->moneyLeft, *limit - record.spentBefore[index]);
                    ++limited;
                }
            }
        });
        QVERIFY(limited > 1000);
    }

    void noCallStartsAtOrAfterTheLatencyLimit()
    {
        int limited = 0;
        forEveryRun(false,
                    [&limited](const CompiledPolicy &policy, const auto &, const Record &record) {
                        const auto limit = policy.limits().maxLatency;
                        for (size_t index = 0; limit && index < record.steps.size(); ++index) {
                            if (const auto *call = std::get_if<CallModel>(&record.steps[index])) {
                                QVERIFY(record.elapsedBefore[index] < *limit);
                                QCOMPARE(call->timeLeft, *limit - record.elapsedBefore[index]);
                                ++limited;
                            }
                        }
                    });
        QVERIFY(limited > 1000);
    }

    void allocatesNothingAfterConstruction()
    {
        for (quint32 seed = 0; seed < 500; ++seed) {
            const CompiledPolicy &policy = *policies()[seed];
            const std::vector<Money> worst = worstCases(policy, seed);
            Run run(policy, worst);
            Driver driver(policy, {.seed = seed}, worst);
            const quint64 before = g_allocations;
            for (int round = 0; round < 10; ++round) {
                while (!run.isOver())
                    driver.answer(run);
                run.reset(worst);
            }
            QCOMPARE(g_allocations - before, quint64(0));
        }
        const quint64 before = g_allocations;
        delete new int(1); // the counter counts
        QVERIFY(g_allocations > before);
    }
};

QTEST_GUILESS_MAIN(TestPolicyRunProperties)
#include "tst_policy_run_properties.moc"
