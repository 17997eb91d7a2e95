#include "core/evaluation/replay_columns.h"

#include "core/evaluation/forward_order.h"

namespace headgate::evaluation {

using policy::CompiledPolicy;
using policy::ModelIndex;
using policy::NodeIndex;
using policy::NodeRole;

namespace {

class ColumnReplay
{
public:
    ColumnReplay(const CompiledPolicy &policy, const ReplayInputs &inputs, ReplayResult &result)
        : m_policy(policy)
        , m_inputs(inputs)
        , m_result(result)
        , m_arrived(size_t(policy.nodeCount()))
    {
        const size_t rows = result.rows.size();
        result.end.assign(rows, ReplayEnd::Failed);
        result.model.assign(rows, -1);
        result.quality.assign(rows, 0);
        result.cost.assign(rows, 0);
        result.latency.assign(rows, 0);
    }

    void run()
    {
        std::vector<qint32> &all = m_arrived[size_t(m_policy.entry())];
        all.resize(m_result.rows.size());
        for (size_t place = 0; place < all.size(); ++place)
            all[place] = qint32(place);
        for (const NodeIndex node : forwardOrder(m_policy)) {
            pass(node, m_arrived[size_t(node)]);
            m_arrived[size_t(node)] = {};
        }
    }

private:
    void pass(NodeIndex node, std::vector<qint32> &places)
    {
        switch (m_policy.step(node).role) {
        case NodeRole::Query:
            return send(node, policy::kQueryPort, std::move(places));
        case NodeRole::Router:
            return decide(node, places);
        case NodeRole::Model:
            return call(node, places);
        case NodeRole::Gate:
            return judge(node, places);
        case NodeRole::Answer:
            return answer(places);
        }
    }

    void send(NodeIndex node, qint32 port, std::vector<qint32> &&places)
    {
        m_result.taken[size_t(node)][size_t(port)] += qint64(places.size());
        std::vector<qint32> &next = m_arrived[size_t(m_policy.step(node).next[size_t(port)])];
        if (next.empty())
            next = std::move(places);
        else
            next.insert(next.end(), places.begin(), places.end());
    }

    void decide(NodeIndex node, const std::vector<qint32> &places)
    {
        const std::vector<qint32> &ports = m_inputs.ports[size_t(node)];
        const size_t count = m_policy.step(node).next.size();
        std::vector<std::vector<qint32>> leaving(count);
        for (const qint32 place : places) {
            const qint32 port = ports[size_t(m_result.rows[size_t(place)])];
            if (port >= 0 && size_t(port) < count)
                leaving[size_t(port)].push_back(place);
        }
        for (size_t port = 0; port < count; ++port) {
            if (!leaving[port].empty())
                send(node, qint32(port), std::move(leaving[port]));
        }
    }

    void call(NodeIndex node, std::vector<qint32> &places)
    {
        const ModelIndex model = m_policy.step(node).model;
        const ModelColumns &columns = *m_inputs.models[size_t(model)];
        const qint64 *costs = columns.cost.empty() ? nullptr : columns.cost.data();
        const std::vector<qint64> &latency = m_inputs.latency[size_t(model)];
        const qint64 *latencies = latency.empty() ? nullptr : latency.data();
        size_t kept = 0;
        for (const qint32 place : places) {
            const size_t at = size_t(place);
            const size_t row = size_t(m_result.rows[at]);
            const float quality = columns.quality[row];
            if (quality != quality) {
                miss(at);
                continue;
            }
            places[kept++] = place;
            add(m_result.cost[at], costs ? costs[row] : kNoCost);
            add(m_result.latency[at], latencies ? latencies[row] : -1);
            m_result.model[at] = model;
            m_result.quality[at] = quality;
        }
        places.resize(kept);
        m_result.calls[size_t(model)] += qint64(kept);
        if (m_policy.step(node).next[policy::kAnswerPort] >= 0)
            return send(node, policy::kAnswerPort, std::move(places));
        for (const qint32 place : places) {
            m_result.model[size_t(place)] = -1;
            m_result.quality[size_t(place)] = 0;
        }
    }

    void judge(NodeIndex node, std::vector<qint32> &places)
    {
        const CompiledPolicy::Step &gate = m_policy.step(node);
        const auto &columns = m_inputs.scores[size_t(node)];
        std::vector<qint32> escalated(places.size());
        size_t accepted = 0;
        size_t rest = 0;
        for (const qint32 place : places) {
            const size_t at = size_t(place);
            const ModelIndex model = m_result.model[at];
            const bool passes = model >= 0 && isAccepted(*columns[size_t(model)], at, gate);
            // Written to both and counted in one: which of them is not to be guessed.
            places[accepted] = place;
            escalated[rest] = place;
            accepted += passes;
            rest += !passes;
        }
        places.resize(accepted);
        escalated.resize(rest);
        send(node, policy::kAcceptPort, std::move(places));
        send(node, policy::kEscalatePort, std::move(escalated));
    }

    bool isAccepted(const ScoreColumn &column, size_t at, const CompiledPolicy::Step &gate)
    {
        const size_t row = size_t(m_result.rows[at]);
        if (!column.cost.empty())
            add(m_result.cost[at], column.cost[row]);
        if (!column.latency.empty())
            add(m_result.latency[at], column.latency[row]);
        const double score = column.score[row];
        return score >= gate.threshold || (score != score && gate.acceptOnScorerFailure);
    }

    void answer(const std::vector<qint32> &places)
    {
        for (const qint32 place : places) {
            if (m_result.model[size_t(place)] >= 0)
                m_result.end[size_t(place)] = ReplayEnd::Answered;
        }
    }

    void miss(size_t place)
    {
        m_result.end[place] = ReplayEnd::Missing;
        m_result.model[place] = -1;
        m_result.quality[place] = kNotMeasured;
        m_result.cost[place] = kNoCost;
        m_result.latency[place] = -1;
    }

    // What was not measured makes the sum unknown.
    static void add(qint64 &sum, qint64 value) { sum = sum < 0 || value < 0 ? -1 : sum + value; }

    const CompiledPolicy &m_policy;
    const ReplayInputs &m_inputs;
    ReplayResult &m_result;
    std::vector<std::vector<qint32>> m_arrived; // by node: places in the result's rows
};

static_assert(kNoCost == -1);

} // namespace

bool canReplayByColumns(const CompiledPolicy &policy)
{
    if (policy.limits().maxCost || policy.limits().maxLatency)
        return false;
    for (NodeIndex node = 0; node < policy.nodeCount(); ++node) {
        if (policy.step(node).bestScored)
            return false;
    }
    return true;
}

ReplayResult replayByColumns(const CompiledPolicy &policy, const ReplayInputs &inputs,
                             std::span<const qint32> rows)
{
    ReplayResult result = emptyResult(policy, rows);
    ColumnReplay(policy, inputs, result).run();
    return result;
}

} // namespace headgate::evaluation
