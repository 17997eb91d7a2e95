#pragma once

#include "core/policy/compiled_policy.h"

#include <chrono>
#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace headgate::policy {

// What the driver is to do next. `node` is where the run stands.

// Never asked for once a limit is reached, so timeLeft is above zero. Any model of the node's group
// may answer; `model` is the node's own.
struct CallModel
{
    NodeIndex node = -1;
    ModelIndex model = -1;
    std::optional<std::chrono::nanoseconds> timeLeft; // of the query's latency limit
    std::optional<Money> moneyLeft;                   // of the query's cost limit

    bool operator==(const CallModel &) const = default;
};
struct Decide
{
    NodeIndex node = -1;

    bool operator==(const Decide &) const = default;
};
// Where the scorers have to ask somebody, the limits bound that, too: none of them is checked
// before.
struct Score
{
    NodeIndex node = -1;
    qint32 answer = -1; // which call's answer: the n-th CallModel of this run, from 0
    std::optional<std::chrono::nanoseconds> timeLeft{}; // may be at zero or below
    std::optional<Money> moneyLeft{};

    bool operator==(const Score &) const = default;
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
    NodeIndex node = -1; // the answer node, or the model node that a limit kept from being called
    qint32 answer = -1;  // which call's answer
    EndReason reason = EndReason::Answered; // or the limit that cut the run short (best so far)

    bool operator==(const Finished &) const = default;
};
struct Failed
{
    NodeIndex node = -1; // that failed, or that a limit kept from being called
    EndReason reason = EndReason::ModelFailed;

    bool operator==(const Failed &) const = default;
};
using Step = std::variant<CallModel, Decide, Score, Finished, Failed>;

// What the driver brings back. Costs and durations are not negative. A result that comes after a
// limit counts all the same.
struct ModelResult
{
    bool ok = false; // false: the error port
    Money cost;      // of all attempts, failed ones included
    std::chrono::nanoseconds duration{};
    ModelIndex model = -1; // that answered, of the node's group; -1: the node's own
};
// Instead of a ModelResult: the driver has not the money for any call of the node, though the
// query's own limit would have allowed it. Instead of a ScoreResult: there is too little for what
// the gate's scorers have to ask. Ends the run as the cost limit does.
struct OutOfMoney
{
    Money cost; // of the attempts that were made before
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
    std::optional<double> score; // in [0, 1]; none, or anything else: the scorer failed
    Money cost;
    std::chrono::nanoseconds duration{};
};

// One node that a run went through. The port of each leads to the next one's node, and that of the
// last to the node of step(); costs and durations add up to spent() and elapsed().
struct Visit
{
    NodeIndex node = -1;
    qint32 port = -1; // taken; -1 where the run ends here
    Money cost;
    std::chrono::nanoseconds duration{};
    std::optional<double> score; // gates: that the answer got
    ModelIndex model = -1;       // models: that answered, or the node's own

    bool operator==(const Visit &) const = default;
};

// Walks one query through one compiled policy. No I/O, no clock, no thread, and after the
// constructor no allocation: live engine, replay, optimiser and editor all drive this one machine.
// The same (policy, worst cases, results) give the same walk, bit for bit.
//
// Limits are checked before each call of a model: the time when elapsed() has reached it, the cost
// when spent() and the call's worst case would pass it (of a group, that of the least; without
// worst cases: when spent() has reached it). A gate scores the last answer; with none to score it
// escalates. A model that fails takes its error port.
class Run
{
public:
    // `worstCase` bounds what a call of each model can cost for this query, in the order of the
    // policy's models; empty: unknown. The policy outlives the run.
    explicit Run(const CompiledPolicy &policy, std::span<const Money> worstCase = {});

    // Starts again from the query; keeps memory.
    void reset(std::span<const Money> worstCase = {});

    const Step &step() const { return m_step; }
    bool isOver() const;

    // Each asserts that step() asks for it.
    void resolve(const ModelResult &result);
    void resolve(const OutOfMoney &result);
    void resolve(const RouterResult &result);
    void resolve(const ScoreResult &result);

    // The whole way so far; the node of step() is not in it until it is resolved, and one that a
    // limit kept from being called never is. Valid until the next call of a method that is not
    // const.
    std::span<const Visit> visits() const { return m_visits; }
    Money spent() const { return m_spent; }
    std::chrono::nanoseconds elapsed() const { return m_elapsed; }

private:
    struct Answer
    {
        bool ok = false;
        double score = -1; // below any score: not scored
    };

    void leave(qint32 port, Money cost, std::chrono::nanoseconds duration,
               std::optional<double> score = {}, ModelIndex model = -1);
    void enter(NodeIndex node);
    void enterModel(NodeIndex node);
    void enterGate(NodeIndex node);
    void enterAnswer(NodeIndex node);
    void stopAtLimit(EndReason reason, NodeIndex node);
    bool wouldPassCostLimit(NodeIndex node) const;
    qint32 bestAnswer() const;

    const CompiledPolicy *m_policy = nullptr;
    std::vector<Money> m_worstCase;
    std::vector<Visit> m_visits;
    std::vector<Answer> m_answers; // one a call
    qint32 m_lastAnswer = -1;      // the last call that answered
    Money m_spent;
    std::chrono::nanoseconds m_elapsed{};
    Step m_step;
};

} // namespace headgate::policy
