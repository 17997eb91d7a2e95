#pragma once

#include "core/engine/query_runner.h"
#include "core/engine/run_trace.h"
#include "core/policy/policy_document.h"

#include <QHash>
#include <QSet>

namespace headgate::ui {

enum class NodeState { Idle, Queued, Running, Done, Skipped, Failed };

// What a run did at one node.
struct NodeRun
{
    NodeState state = NodeState::Idle;
    std::chrono::nanoseconds duration{}; // all attempts together
    std::chrono::nanoseconds start{};    // of the first attempt, since the run's start
    std::chrono::nanoseconds end{};      // of the last one
    Money cost{};
    bool costKnown = true;
    bool estimated = false; // tokens of an attempt, and so its cost
    qint64 tokens = 0;
    bool hasFigures = false; // anything of the above is measured
    bool hasParts = false;   // it asked somebody before it could go on; the time is the whole's
    bool waiting = false;    // backing off before the next attempt
    std::optional<double> score{};
    QString error{}; // sentence
    QString tail{};  // while it streams: the last words of its text

    bool operator==(const NodeRun &) const = default;
};

// One run laid over the drawing: built up event by event while it runs, or at once from a trace.
// A value; knows nothing of scenes.
class RunOverlay
{
public:
    // Nodes and wires of the policy as it is drawn now.
    void start(const policy::PolicyDocument &document);
    void apply(const engine::RunEvent &event);
    // The run is over: what it did not visit was skipped.
    void finish();
    // Up to and including the given number of hops; all of them for -1.
    static RunOverlay fromTrace(const policy::PolicyDocument &document,
                                const engine::RunTrace &trace, qsizetype hops = -1);
    // Of the nodes that the run went through, those that are not drawn, as they were called then.
    static QStringList missingNodes(const policy::PolicyDocument &document,
                                    const engine::RunTrace &trace);

    bool isEmpty() const { return m_nodes.isEmpty(); }
    NodeRun node(const policy::NodeId &id) const { return m_nodes.value(id); }
    // Taken by the run: drawn in the accent.
    bool isLit(const policy::NodeId &from, const QString &port) const
    {
        return m_lit.contains({from, port});
    }

private:
    void begin(const policy::NodeId &node);
    void addText(const policy::NodeId &node, const QString &text);
    void end(const engine::Hop &hop);
    void queueReachableFrom(const policy::NodeId &node);

    QHash<policy::NodeId, NodeRun> m_nodes;
    QSet<std::pair<policy::NodeId, QString>> m_lit;
    QMultiHash<policy::NodeId, policy::NodeId> m_next;
    QSet<policy::NodeId> m_visited;
};

} // namespace headgate::ui
