// How long one step of a walk takes, and one decision of the built-in routers, each beside plain
// work of the same size in the same run.

#include "core/policy/policy_run.h"
#include "core/routers/rule_router.h"
#include "core/routers/split_router.h"
#include "tests/support/policy_builder.h"

#include <array>
#include <chrono>
#include <cstdio>

using namespace headgate;
using namespace headgate::policy;
using namespace Qt::StringLiterals;

namespace {

volatile qint64 g_sink = 0; // what is computed must be used

// The best of several rounds: what is slower was disturbed.
template<typename Work>
double nanosecondsEach(int count, Work work)
{
    using Clock = std::chrono::steady_clock;
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < 15; ++round) {
        const auto start = Clock::now();
        for (int index = 0; index < count; ++index)
            work(index);
        const std::chrono::duration<double, std::nano> taken = Clock::now() - start;
        best = std::min(best, taken.count() / count);
    }
    return best;
}

void print(const char *what, double nanoseconds, const char *reference, double referenceNanoseconds)
{
    std::printf("%-44s %9.1f ns   %-36s %9.1f ns   ratio %.2f\n", what, nanoseconds, reference,
                referenceNanoseconds, nanoseconds / referenceNanoseconds);
}

// The least that a walk could be: nodes behind virtual calls that add up what comes back.
class PlainNode
{
public:
    virtual ~PlainNode() = default;
    virtual int next(double score, qint64 cost) = 0;
};
class PlainCall final : public PlainNode
{
public:
    explicit PlainCall(int target)
        : m_target(target)
    {
    }
    int next(double, qint64 cost) override
    {
        g_sink = g_sink + cost;
        return m_target;
    }

private:
    int m_target;
};
class PlainGate final : public PlainNode
{
public:
    PlainGate(int accept, int escalate)
        : m_accept(accept)
        , m_escalate(escalate)
    {
    }
    int next(double score, qint64) override { return score >= 0.5 ? m_accept : m_escalate; }

private:
    int m_accept;
    int m_escalate;
};

constexpr int kStepsOfAWalk = 5; // three calls and two scores

double plainWalk()
{
    std::vector<std::unique_ptr<PlainNode>> nodes;
    nodes.push_back(std::make_unique<PlainCall>(1));
    nodes.push_back(std::make_unique<PlainGate>(5, 2));
    nodes.push_back(std::make_unique<PlainCall>(3));
    nodes.push_back(std::make_unique<PlainGate>(5, 4));
    nodes.push_back(std::make_unique<PlainCall>(5));
    return nanosecondsEach(200'000,
                           [&nodes](int index) {
                               int node = 0;
                               while (node != 5)
                                   node = nodes[size_t(node)]->next(0.1, index);
                               g_sink = g_sink + node;
                           }) /
           kStepsOfAWalk;
}

double machineWalk(const PolicyDocument &document)
{
    const auto policy = CompiledPolicy::compile(document).value();
    const std::vector<Money> worst(size_t(policy->modelCount()), Money::fromNanos(1'000'000));
    Run run(*policy, worst);
    return nanosecondsEach(
               200'000,
               [&run, &worst](int index) {
                   run.reset(worst);
                   while (!run.isOver()) {
                       if (std::holds_alternative<CallModel>(run.step()))
                           run.resolve(ModelResult{.ok = true,
                                                   .cost = Money::fromNanos(index),
                                                   .duration = std::chrono::nanoseconds(index)});
                       else
                           run.resolve(ScoreResult{.score = 0.1, .cost = {}});
                   }
                   g_sink = g_sink + run.spent().nanos();
               }) /
           kStepsOfAWalk;
}

Query longQuery()
{
    Query query;
    query.messages = {
        {.role = Message::Role::User,
         .text = u"The river rose in the night and fell again in the morning; what "
                 u"would have happened to the mill if the gate had stayed closed? "_s.repeated(4)}};
    query.estimatedTokens = 130;
    query.metadata = {{"user", "ada"}};
    return query;
}

void benchmarkRule()
{
    const Json cases = {
        {{"name", "paid"}, {"metadata", {{"tier", "paid"}}}},
        {{"name", "support"}, {"any_keyword", {"refund", "invoice", "cancel", "complaint"}}},
        {{"name", "long"}, {"min_length", 2000}},
        {{"name", "numbers"}, {"regex", "\\d+\\s*[+*/-]\\s*\\d+"}}};
    const QStringList ports = {u"paid"_s, u"support"_s, u"long"_s, u"numbers"_s, u"otherwise"_s};
    const auto rule = routers::makeRuleRouter({{"cases", cases}}, ports).value();
    const auto judged =
        routers::makeRuleRouter(
            {{"cases",
              {{{"name", "code"}, {"has_code", true}}, {{"name", "de"}, {"language", "de"}}}}},
            {u"code"_s, u"de"_s, u"otherwise"_s})
            .value();
    const Query query = longQuery();
    const QString prompt = query.prompt();
    const QStringList keywords = {u"refund"_s, u"invoice"_s, u"cancel"_s, u"complaint"_s};
    const double plain = nanosecondsEach(5000, [&prompt, &keywords](int) {
        for (const QString &keyword : keywords)
            g_sink = g_sink + prompt.contains(keyword, Qt::CaseInsensitive);
    });
    const double decided =
        nanosecondsEach(5000, [&](int) { g_sink = g_sink + rule->decide(query)->port; });
    print("rule: 4 cases, 4 keywords, 1 regex", decided, "QString::contains of the 4 keywords",
          plain);
    const double read =
        nanosecondsEach(2000, [&](int) { g_sink = g_sink + judged->decide(query)->port; });
    print("rule: language and code", read, "QString::contains of the 4 keywords", plain);
}

void benchmarkSplit()
{
    const Json branches = {{{"name", "a"}, {"weight", 0.7}}, {{"name", "b"}, {"weight", 0.3}}};
    const QStringList ports = {u"a"_s, u"b"_s};
    const auto split = routers::makeSplitRouter({{"branches", branches}}, ports).value();
    const auto sticky =
        routers::makeSplitRouter({{"branches", branches}, {"sticky_key", "user"}}, ports).value();
    Query query = longQuery();
    QRandomGenerator64 random(1);
    const double plain = nanosecondsEach(
        200'000, [&random](int) { g_sink = g_sink + (random.generateDouble() < 0.7 ? 0 : 1); });
    const double drawn = nanosecondsEach(200'000, [&](int index) {
        query.seed = quint64(index);
        g_sink = g_sink + split->decide(query)->port;
    });
    const double stuck =
        nanosecondsEach(200'000, [&](int) { g_sink = g_sink + sticky->decide(query)->port; });
    print("split: by the query's seed", drawn, "one random number", plain);
    print("split: by a sticky key", stuck, "one random number", plain);
}

} // namespace

int main()
{
    const double plain = plainWalk();
    print("walk of a three-stage cascade, a step",
          machineWalk(tests::threeStageCascade().document()), "virtual calls over an array, a step",
          plain);
    print("the same with both limits, a step",
          machineWalk(tests::threeStageCascade()
                          .maxCost(Money::fromNanos(1'000'000'000'000))
                          .maxLatency(std::chrono::hours(1))
                          .document()),
          "virtual calls over an array, a step", plain);
    benchmarkRule();
    benchmarkSplit();
    return 0;
}
