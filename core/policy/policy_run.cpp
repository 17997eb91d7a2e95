#include "core/policy/policy_run.h"

#include <algorithm>

namespace headgate::policy {

using namespace std::chrono_literals;

Run::Run(const CompiledPolicy &policy, std::span<const Money> worstCase)
    : m_policy(&policy)
{
    m_visits.reserve(size_t(policy.longestPath()));
    m_answers.reserve(size_t(policy.longestPath()));
    m_worstCase.reserve(size_t(policy.modelCount()));
    reset(worstCase);
}

void Run::reset(std::span<const Money> worstCase)
{
    Q_ASSERT(worstCase.empty() || qsizetype(worstCase.size()) == m_policy->modelCount());
    m_worstCase.assign(worstCase.begin(), worstCase.end());
    m_visits.clear();
    m_answers.clear();
    m_lastAnswer = -1;
    m_spent = {};
    m_elapsed = {};
    enter(m_policy->entry());
}

bool Run::isOver() const
{
    return std::holds_alternative<Finished>(m_step) || std::holds_alternative<Failed>(m_step);
}

void Run::resolve(const ModelResult &result)
{
    Q_ASSERT(std::holds_alternative<CallModel>(m_step));
    const CallModel asked = std::get<CallModel>(m_step);
    const NodeIndex node = asked.node;
    const ModelIndex model = result.model >= 0 ? result.model : asked.model;
    if (result.ok)
        m_lastAnswer = qint32(m_answers.size());
    m_answers.push_back({.ok = result.ok});
    const qint32 port = result.ok ? kAnswerPort : kErrorPort;
    const bool leads = m_policy->step(node).next[size_t(port)] >= 0;
    leave(leads ? port : -1, result.cost, result.duration, {}, model);
    if (!leads)
        m_step = Failed{node, EndReason::ModelFailed};
}

void Run::resolve(const OutOfMoney &result)
{
    const auto *call = std::get_if<CallModel>(&m_step);
    Q_ASSERT(call || std::holds_alternative<Score>(m_step));
    const NodeIndex node = call ? call->node : std::get<Score>(m_step).node;
    if (call)
        m_answers.push_back({.ok = false});
    leave(-1, result.cost, result.duration);
    stopAtLimit(EndReason::CostLimit, node);
}

void Run::resolve(const RouterResult &result)
{
    Q_ASSERT(std::holds_alternative<Decide>(m_step));
    const NodeIndex node = std::get<Decide>(m_step).node;
    if (result.port >= 0 && size_t(result.port) < m_policy->step(node).next.size())
        return leave(result.port, result.cost, result.duration);
    leave(-1, result.cost, result.duration);
    m_step = Failed{node, EndReason::RouterFailed};
}

void Run::resolve(const ScoreResult &result)
{
    Q_ASSERT(std::holds_alternative<Score>(m_step));
    const Score asked = std::get<Score>(m_step);
    const CompiledPolicy::Step &gate = m_policy->step(asked.node);
    // Not a number compares false with everything, so it counts as failed, too.
    const bool scored = result.score && *result.score >= 0 && *result.score <= 1;
    if (scored)
        m_answers[size_t(asked.answer)].score = *result.score;
    const bool accepted = scored ? *result.score >= gate.threshold : gate.acceptOnScorerFailure;
    leave(accepted ? kAcceptPort : kEscalatePort, result.cost, result.duration,
          scored ? result.score : std::nullopt);
}

// Books the node of step() and goes on along the port; stays for -1.
void Run::leave(qint32 port, Money cost, std::chrono::nanoseconds duration,
                std::optional<double> score, ModelIndex model)
{
    const NodeIndex node =
        std::visit([](const auto &step) { return step.node; }, std::as_const(m_step));
    m_visits.push_back({node, port, cost, duration, score, model});
    m_spent += cost;
    m_elapsed += duration;
    if (port >= 0)
        enter(m_policy->step(node).next[size_t(port)]);
}

void Run::enter(NodeIndex node)
{
    // Passes through what needs nothing of the driver.
    for (;;) {
        const CompiledPolicy::Step &step = m_policy->step(node);
        const bool nothingToScore = step.role == NodeRole::Gate && m_lastAnswer < 0;
        if (step.role != NodeRole::Query && !nothingToScore)
            break;
        const qint32 port = nothingToScore ? kEscalatePort : kQueryPort;
        m_visits.push_back({.node = node, .port = port, .cost = {}, .score = {}});
        node = step.next[size_t(port)];
    }
    switch (m_policy->step(node).role) {
    case NodeRole::Model:
        return enterModel(node);
    case NodeRole::Answer:
        return enterAnswer(node);
    case NodeRole::Gate:
        return enterGate(node);
    case NodeRole::Query:
    case NodeRole::Router:
        m_step = Decide{node};
        return;
    }
}

void Run::enterModel(NodeIndex node)
{
    const Limits &limits = m_policy->limits();
    const ModelIndex model = m_policy->step(node).model;
    if (limits.maxLatency && m_elapsed >= *limits.maxLatency)
        return stopAtLimit(EndReason::LatencyLimit, node);
    if (wouldPassCostLimit(node))
        return stopAtLimit(EndReason::CostLimit, node);
    CallModel call{.node = node, .model = model, .timeLeft = {}, .moneyLeft = {}};
    if (limits.maxLatency)
        call.timeLeft = *limits.maxLatency - m_elapsed;
    if (limits.maxCost)
        call.moneyLeft = *limits.maxCost - m_spent;
    m_step = call;
}

void Run::enterGate(NodeIndex node)
{
    const Limits &limits = m_policy->limits();
    Score score{.node = node, .answer = m_lastAnswer};
    if (limits.maxLatency)
        score.timeLeft = *limits.maxLatency - m_elapsed;
    if (limits.maxCost)
        score.moneyLeft = *limits.maxCost - m_spent;
    m_step = score;
}

void Run::enterAnswer(NodeIndex node)
{
    m_visits.push_back({.node = node, .port = -1, .cost = {}, .score = {}});
    const qint32 answer = m_policy->step(node).bestScored ? bestAnswer() : m_lastAnswer;
    if (answer >= 0)
        m_step = Finished{node, answer, EndReason::Answered};
    else
        m_step = Failed{node, EndReason::NoAnswer};
}

void Run::stopAtLimit(EndReason reason, NodeIndex node)
{
    const qint32 answer = bestAnswer();
    if (answer >= 0 && m_policy->limits().onLimit == Limits::OnLimit::BestSoFar)
        m_step = Finished{node, answer, reason};
    else
        m_step = Failed{node, reason};
}

bool Run::wouldPassCostLimit(NodeIndex node) const
{
    const std::optional<Money> &limit = m_policy->limits().maxCost;
    if (!limit)
        return false;
    if (m_worstCase.empty())
        return m_spent >= *limit;
    // Compared with what is left: a sum of the two could overflow.
    const Money left = *limit - m_spent;
    const auto group = m_policy->step(node).group;
    return std::none_of(group.begin(), group.end(), [this, left](ModelIndex model) {
        return m_worstCase[size_t(model)] <= left;
    });
}

// The highest score, of equals the later one; unscored answers only where none has a score.
qint32 Run::bestAnswer() const
{
    qint32 best = -1;
    for (size_t call = 0; call < m_answers.size(); ++call) {
        const Answer &answer = m_answers[call];
        if (answer.ok && (best < 0 || answer.score >= m_answers[size_t(best)].score))
            best = qint32(call);
    }
    return best;
}

} // namespace headgate::policy
