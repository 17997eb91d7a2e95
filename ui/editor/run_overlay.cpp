#include "ui/editor/run_overlay.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

using policy::NodeId;

namespace {

constexpr qsizetype kTailLength = 80; // more than a card has room for

} // namespace

void RunOverlay::start(const policy::PolicyDocument &document)
{
    *this = {};
    for (const policy::Node &node : document.nodes)
        m_nodes.insert(node.id, {.state = NodeState::Queued});
    for (const policy::Wire &wire : document.wires)
        m_next.insert(wire.from, wire.to);
    // The query itself is no step of a run: it is done by the time that a run starts.
    for (const policy::Node &node : document.nodes) {
        if (node.kind != "query"_L1)
            continue;
        m_visited.insert(node.id);
        m_nodes[node.id].state = NodeState::Done;
        for (const policy::Wire &wire : document.wires) {
            if (wire.from == node.id)
                m_lit.insert({node.id, wire.port});
        }
    }
}

void RunOverlay::apply(const engine::RunEvent &event)
{
    if (!m_nodes.contains(event.node))
        return; // of a run's beginning, or of a node that is no longer drawn
    switch (event.kind) {
    case engine::RunEvent::Kind::Begun:
        break;
    case engine::RunEvent::Kind::NodeStarted:
        begin(event.node);
        break;
    case engine::RunEvent::Kind::Text:
        addText(event.node, event.text);
        break;
    case engine::RunEvent::Kind::HopEnded:
        end(event.hop);
        break;
    case engine::RunEvent::Kind::Waiting:
        m_nodes[event.node].waiting = true;
        break;
    }
}

void RunOverlay::finish()
{
    for (auto it = m_nodes.begin(); it != m_nodes.end(); ++it) {
        if (!m_visited.contains(it.key()))
            it->state = NodeState::Skipped;
        else if (it->state == NodeState::Running)
            it->state = NodeState::Done;
    }
}

RunOverlay RunOverlay::fromTrace(const policy::PolicyDocument &document,
                                 const engine::RunTrace &trace, qsizetype hops)
{
    RunOverlay overlay;
    overlay.start(document);
    const qsizetype end = hops < 0 ? trace.hops.size() : qMin(hops, trace.hops.size());
    for (const engine::Hop &hop : trace.hops.first(end)) {
        if (!overlay.m_nodes.contains(hop.node))
            continue;
        overlay.begin(hop.node);
        overlay.end(hop);
    }
    if (end == trace.hops.size())
        overlay.finish();
    return overlay;
}

QStringList RunOverlay::missingNodes(const policy::PolicyDocument &document,
                                     const engine::RunTrace &trace)
{
    QStringList missing;
    for (const engine::Hop &hop : trace.hops) {
        const QString name = hop.title.isEmpty() ? hop.node.value : hop.title;
        if (!document.node(hop.node) && !missing.contains(name))
            missing.append(name);
    }
    return missing;
}

void RunOverlay::addText(const NodeId &node, const QString &text)
{
    NodeRun &run = m_nodes[node];
    run.waiting = false;
    run.tail = (run.tail + text).right(kTailLength);
}

void RunOverlay::begin(const NodeId &node)
{
    m_visited.insert(node);
    m_nodes[node].state = NodeState::Running;
    m_nodes[node].waiting = false;
    queueReachableFrom(node);
}

void RunOverlay::end(const engine::Hop &hop)
{
    if (!m_nodes.contains(hop.node))
        return;
    NodeRun &run = m_nodes[hop.node];
    m_visited.insert(hop.node);
    run.waiting = false;
    run.tail.clear();
    run.duration += hop.end - hop.start;
    run.start = run.hasFigures ? qMin(run.start, hop.start) : hop.start;
    run.end = qMax(run.end, hop.end);
    run.cost += hop.cost;
    run.costKnown = run.costKnown && hop.costOrigin != engine::CostOrigin::UnknownPrice;
    run.estimated = run.estimated || (hop.attempt > 0 && hop.usage.estimated);
    run.tokens += hop.usage.input() + hop.usage.output;
    run.hasFigures = true;
    // What a node asks for itself is a part of its step, and may go out together.
    const bool isPart = hop.attempt > 0 && !hop.asksForAnswer();
    run.hasParts = run.hasParts || isPart;
    if (run.hasParts)
        run.duration = run.end - run.start;
    if (isPart)
        return;
    run.score = hop.score;
    run.error = hop.error;
    const bool failed = !hop.failureClass.isEmpty() || !hop.error.isEmpty();
    run.state = failed ? NodeState::Failed : NodeState::Done;
    if (!hop.port.isEmpty())
        m_lit.insert({hop.node, hop.port});
}

// What can still come waits; what no longer can was skipped.
void RunOverlay::queueReachableFrom(const NodeId &node)
{
    QSet<NodeId> reached;
    QList<NodeId> left{node};
    while (!left.isEmpty()) {
        for (const NodeId &next : m_next.values(left.takeLast())) {
            if (!reached.contains(next)) {
                reached.insert(next);
                left.append(next);
            }
        }
    }
    for (auto it = m_nodes.begin(); it != m_nodes.end(); ++it) {
        if (!m_visited.contains(it.key()))
            it->state = reached.contains(it.key()) ? NodeState::Queued : NodeState::Skipped;
    }
}

} // namespace headgate::ui
