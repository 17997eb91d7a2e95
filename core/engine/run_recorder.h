#pragma once

#include "core/common/clock.h"
#include "core/engine/query_runner.h"

namespace headgate::engine {

// Writes the trace of one query while it runs and tells the view.
class RunRecorder
{
public:
    // The policy and the clock outlive the recorder.
    RunRecorder(const PreparedPolicy &policy, policy::Query query, RunOrigin origin, Clock &clock,
                std::function<void(const RunEvent &)> onEvent);

    const RunTrace &trace() const { return m_trace; }
    const policy::Query &query() const { return m_trace.query; }
    std::chrono::nanoseconds elapsed() const { return m_clock.steadyNow() - m_started; }
    QDate today() const { return m_trace.startedAt.date(); }

    // Says that the run stands at a node.
    void enter(policy::NodeIndex node);
    void showText(policy::NodeIndex node, const QString &text);
    void showWait(policy::NodeIndex node, std::chrono::milliseconds wait);
    void markSimulated() { m_trace.simulated = true; }

    // A hop of the node that starts now, and its end: books the cost and gives its number.
    Hop begin(policy::NodeIndex node) const;
    qsizetype end(Hop hop);

    // Each ends the run, once: answers that were not given are marked as discarded. The baseline's
    // cost is of the answering hop's tokens.
    void answered(qsizetype hop, RunStatus status, std::optional<Money> baselineCost);
    void failed(const QString &sentence);
    void cancelled();

    RunTrace take() { return std::move(m_trace); }

private:
    const policy::Node &nodeAt(policy::NodeIndex node) const;
    void finish(RunStatus status);

    const PreparedPolicy &m_policy;
    Clock &m_clock;
    std::function<void(const RunEvent &)> m_onEvent;
    std::chrono::nanoseconds m_started{};
    RunTrace m_trace;
};

} // namespace headgate::engine
