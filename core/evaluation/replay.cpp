#include "core/evaluation/replay.h"

#include "core/evaluation/replay_columns.h"
#include "core/policy/policy_run.h"

#include <algorithm>

namespace headgate::evaluation {

using policy::ModelIndex;
using std::chrono::nanoseconds;

namespace {

// Walks the machine over one row after another and writes down how each ended.
class MachineReplay
{
public:
    MachineReplay(const policy::CompiledPolicy &policy, const ReplayInputs &inputs,
                  ReplayResult &result)
        : m_policy(policy)
        , m_inputs(inputs)
        , m_result(result)
        , m_run(policy)
    {
    }

    void walk(qint32 row)
    {
        m_row = row;
        m_called.clear();
        m_costKnown = m_latencyKnown = true;
        m_run.reset();
        while (!m_run.isOver()) {
            if (!resolve(policy::Step(m_run.step()))) // a copy: resolving overwrites it
                return end(ReplayEnd::Missing, -1);
        }
        if (const auto *finished = std::get_if<policy::Finished>(&m_run.step()))
            end(finished->reason == policy::EndReason::Answered ? ReplayEnd::Answered
                                                                : ReplayEnd::Limited,
                m_called[size_t(finished->answer)]);
        else
            end(ReplayEnd::Failed, -1);
    }

private:
    bool resolve(const policy::Step &step)
    {
        if (const auto *call = std::get_if<policy::CallModel>(&step))
            return resolveCall(*call);
        if (const auto *score = std::get_if<policy::Score>(&step))
            return resolveScore(*score);
        const policy::NodeIndex node = std::get<policy::Decide>(step).node;
        m_run.resolve(policy::RouterResult{m_inputs.ports[size_t(node)][size_t(m_row)], {}, {}});
        return true;
    }

    bool resolveCall(const policy::CallModel &call)
    {
        const ModelColumns &columns = *m_inputs.models[size_t(call.model)];
        if (!columns.answered(m_row))
            return false;
        const qint64 cost = columns.costAt(m_row);
        const std::vector<qint64> &latencies = m_inputs.latency[size_t(call.model)];
        const qint64 latency = latencies.empty() ? -1 : latencies[size_t(m_row)];
        if (!book(cost, latency))
            return false;
        ++m_result.calls[size_t(call.model)];
        m_called.push_back(call.model);
        m_run.resolve(policy::ModelResult{.ok = true,
                                          .cost = Money::fromNanos(qMax(cost, qint64(0))),
                                          .duration = nanoseconds(qMax(latency, qint64(0)))});
        return true;
    }

    bool resolveScore(const policy::Score &score)
    {
        const ModelIndex model = m_called[size_t(score.answer)];
        const ScoreColumn &column = *m_inputs.scores[size_t(score.node)][size_t(model)];
        const qint64 cost = column.cost.empty() ? 0 : column.cost[size_t(m_row)];
        const qint64 latency = column.latency.empty() ? 0 : column.latency[size_t(m_row)];
        if (!book(cost, latency))
            return false;
        const double value = column.score[size_t(m_row)];
        m_run.resolve(policy::ScoreResult{value == value ? std::optional(value) : std::nullopt,
                                          Money::fromNanos(qMax(cost, qint64(0))),
                                          nanoseconds(qMax(latency, qint64(0)))});
        return true;
    }

    // What was not measured makes the whole unknown, and the way, too, where a limit looks at it.
    bool book(qint64 cost, qint64 latency)
    {
        m_costKnown = m_costKnown && cost >= 0;
        m_latencyKnown = m_latencyKnown && latency >= 0;
        const policy::Limits &limits = m_policy.limits();
        return (m_costKnown || !limits.maxCost) && (m_latencyKnown || !limits.maxLatency);
    }

    void end(ReplayEnd how, ModelIndex model)
    {
        const bool known = how != ReplayEnd::Missing;
        for (const policy::Visit &visit : m_run.visits()) {
            if (visit.port >= 0)
                ++m_result.taken[size_t(visit.node)][size_t(visit.port)];
        }
        m_result.end.push_back(how);
        m_result.model.push_back(model);
        m_result.quality.push_back(model >= 0
                                       ? m_inputs.models[size_t(model)]->quality[size_t(m_row)]
                                   : known ? 0.0F
                                           : kNotMeasured);
        m_result.cost.push_back(known && m_costKnown ? m_run.spent().nanos() : kNoCost);
        m_result.latency.push_back(known && m_latencyKnown ? m_run.elapsed().count() : -1);
    }

    const policy::CompiledPolicy &m_policy;
    const ReplayInputs &m_inputs;
    ReplayResult &m_result;
    policy::Run m_run;
    std::vector<ModelIndex> m_called; // one a call, as the machine counts them
    qint32 m_row = 0;
    bool m_costKnown = true;
    bool m_latencyKnown = true;
};

} // namespace

ReplayResult emptyResult(const policy::CompiledPolicy &policy, std::span<const qint32> rows)
{
    ReplayResult result;
    result.rows.assign(rows.begin(), rows.end());
    result.calls.resize(size_t(policy.modelCount()));
    result.taken.resize(size_t(policy.nodeCount()));
    for (policy::NodeIndex node = 0; node < policy.nodeCount(); ++node)
        result.taken[size_t(node)].resize(policy.step(node).next.size());
    return result;
}

qint64 ReplayResult::count(ReplayEnd wanted) const
{
    return std::count(end.begin(), end.end(), wanted);
}

ReplayResult replayByMachine(const policy::CompiledPolicy &policy, const ReplayInputs &inputs,
                             std::span<const qint32> rows)
{
    ReplayResult result = emptyResult(policy, rows);
    result.end.reserve(rows.size());
    result.model.reserve(rows.size());
    result.quality.reserve(rows.size());
    result.cost.reserve(rows.size());
    result.latency.reserve(rows.size());
    MachineReplay machine(policy, inputs, result);
    for (const qint32 row : rows)
        machine.walk(row);
    return result;
}

ReplayResult replay(const policy::CompiledPolicy &policy, const ReplayInputs &inputs,
                    std::span<const qint32> rows)
{
    return canReplayByColumns(policy) ? replayByColumns(policy, inputs, rows)
                                      : replayByMachine(policy, inputs, rows);
}

} // namespace headgate::evaluation
