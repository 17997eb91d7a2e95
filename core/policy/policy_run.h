#pragma once

#include "core/policy/compiled_policy.h"

#include <chrono>
#include <variant>

namespace headgate::policy {

// What the driver is to do next. `node` is where the run stands.
struct CallModel
{
    NodeIndex node = -1;
    ModelIndex model = -1;
    std::optional<std::chrono::nanoseconds> timeLeft; // of the query's latency limit
    std::optional<Money> moneyLeft;                   // of the query's cost limit
};
struct Decide
{
    NodeIndex node = -1;
};
struct Score
{
    NodeIndex node = -1;
    qint32 answer = -1; // which call's answer: the n-th CallModel of this run, from 0
};
enum class EndReason : quint8 {
    Answered,
    CostLimit,    // the next call could have passed max_cost_usd
    LatencyLimit, // max_latency_s is used up
    ModelFailed,  // a model failed and its error port leads nowhere
    RouterFailed, // a router failed
    NoAnswer,     // an answer node was reached before any model answered
};
struct Finished
{
    qint32 answer = -1; // which call's answer
    EndReason reason = EndReason::Answered; // or the limit that cut the run short (best so far)
};
struct Failed
{
    EndReason reason = EndReason::ModelFailed;
    NodeIndex node = -1;
};
using Step = std::variant<CallModel, Decide, Score, Finished, Failed>;

// What the driver brings back.
struct ModelResult
{
    bool ok = false; // false: the error port
    Money cost;      // of all attempts, failed ones included
    std::chrono::nanoseconds duration{};
};
struct RouterResult
{
    qint32 port = -1; // index into portNames(); -1: the router failed
    Money cost;
    std::chrono::nanoseconds duration{};
};
struct ScoreResult
{
    std::optional<double> score; // in [0, 1]; none: the scorer failed
    Money cost;
    std::chrono::nanoseconds duration{};
};

// One node that a run went through.
struct Visit
{
    NodeIndex node = -1;
    qint32 port = -1; // taken; -1 at the end of the run
    Money cost;
    std::chrono::nanoseconds duration{};
    std::optional<double> score;
};

// Walks one query through one compiled policy. No I/O, no clock, no thread, and after the
// constructor no allocation: live engine, replay, optimiser and editor all drive this one machine.
// The same (policy, worst cases, results) give the same walk, bit for bit.
class Run
{
public:
    // `worstCase` bounds what a call of each model can cost for this query, in the order of the
    // policy's models; empty: unknown, and then a cost limit is checked against what was spent
    // only. The policy outlives the run.
    explicit Run(const CompiledPolicy &policy, std::span<const Money> worstCase = {});

    // Starts again from the query; keeps memory.
    void reset(std::span<const Money> worstCase = {});

    const Step &step() const { return m_step; }
    bool isOver() const;

    // Each asserts that step() asks for it.
    void resolve(const ModelResult &result);
    void resolve(const RouterResult &result);
    void resolve(const ScoreResult &result);

    // The whole way so far, the node of step() excluded until it is resolved.
    std::span<const Visit> visits() const { return m_visits; }
    Money spent() const { return m_spent; }
    std::chrono::nanoseconds elapsed() const { return m_elapsed; }

private:
    struct Answer
    {
        NodeIndex node = -1;
        bool ok = false;
        std::optional<double> score;
    };

    void take(qint32 port, Visit visit);
    void enter(NodeIndex node);
    void stopAtLimit(EndReason reason, NodeIndex node);
    qint32 bestAnswer() const;
    qint32 lastAnswer() const;

    const CompiledPolicy *m_policy = nullptr;
    std::vector<Money> m_worstCase;
    std::vector<Visit> m_visits;
    std::vector<Answer> m_answers;
    Money m_spent;
    std::chrono::nanoseconds m_elapsed{};
    Step m_step;
};

} // namespace headgate::policy
