#pragma once

#include "core/policy/policy_document.h"

#include <memory>
#include <span>

namespace headgate::policy {

// Dense numbers of nodes and models within one compiled policy; -1: none.
using NodeIndex = qint32;
using ModelIndex = qint32;

enum class NodeRole : quint8 { Query, Router, Model, Gate, Answer };

// A valid policy made ready to run: dense, immutable, shared between threads.
class CompiledPolicy
{
public:
    struct Step
    {
        NodeRole role = NodeRole::Query;
        ModelIndex model = -1;
        double threshold = 0;           // gates: accept where score >= threshold
        bool acceptOnScorerFailure = false; // gates: otherwise a scorer that fails escalates
        bool bestScored = false;        // answers: the best-scored answer, else the last
        QList<NodeIndex> next;          // one a port, in the order of ports; -1: not wired
    };

    // Fails with the first error of validation (InvalidInput), NeedsTraining or Unavailable, and
    // names the node.
    static Result<std::shared_ptr<const CompiledPolicy>> compile(const PolicyDocument &document);

    const PolicyDocument &document() const { return m_document; }
    NodeIndex entry() const { return m_entry; }
    qsizetype nodeCount() const { return m_steps.size(); }
    const Step &step(NodeIndex node) const { return m_steps[node]; }
    const Node &node(NodeIndex node) const { return m_document.nodes[node]; }
    const QList<QString> &portNames(NodeIndex node) const { return m_portNames[node]; }
    NodeIndex indexOf(const NodeId &id) const; // -1: none
    const Model &model(ModelIndex model) const { return m_document.models[model]; }
    // Nodes on the longest way from the query to an answer: no run takes more steps.
    qsizetype longestPath() const { return m_longestPath; }

private:
    CompiledPolicy() = default;
    PolicyDocument m_document;
    QList<Step> m_steps; // same order as document().nodes
    QList<QList<QString>> m_portNames;
    NodeIndex m_entry = -1;
    qsizetype m_longestPath = 0;
};

} // namespace headgate::policy
