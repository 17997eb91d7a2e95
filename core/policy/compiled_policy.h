#pragma once

#include "core/policy/policy_document.h"

#include <QHash>

#include <memory>
#include <span>
#include <vector>

namespace headgate::policy {

// Dense numbers of nodes and models within one compiled policy; -1: none.
using NodeIndex = qint32;
using ModelIndex = qint32;

enum class NodeRole : quint8 { Query, Router, Model, Gate, Answer };

// Out ports by place, as the descriptors of these kinds list them.
inline constexpr qint32 kQueryPort = 0;
inline constexpr qint32 kAnswerPort = 0; // of a model
inline constexpr qint32 kErrorPort = 1;
inline constexpr qint32 kAcceptPort = 0; // of a gate
inline constexpr qint32 kEscalatePort = 1;

// A valid policy made ready to run: dense, immutable, shared between threads.
class CompiledPolicy
{
public:
    struct Step
    {
        NodeRole role = NodeRole::Query;
        ModelIndex model = -1;
        // Models only: `model`, then those that may take its place, in the order of listing.
        std::span<const ModelIndex> group;
        double threshold = 0;               // gates: accept where score >= threshold
        bool acceptOnScorerFailure = false; // gates: otherwise a scorer that fails escalates
        bool bestScored = false;            // answers: the best-scored answer, else the last
        std::span<const NodeIndex> next;    // one a port, in the order of ports; -1: not wired
    };

    // Fails with the first error of validation (InvalidInput, UnknownKind), NeedsTraining or
    // Unavailable; the sentence names the node.
    static Result<std::shared_ptr<const CompiledPolicy>> compile(const PolicyDocument &document);

    CompiledPolicy(const CompiledPolicy &) = delete; // its steps point into it
    CompiledPolicy &operator=(const CompiledPolicy &) = delete;

    // What runs (effective_policy.h): without notes, muted and bypassed nodes.
    const PolicyDocument &document() const { return m_document; }
    const Limits &limits() const { return m_document.limits; }
    NodeIndex entry() const { return m_entry; }
    qsizetype nodeCount() const { return qsizetype(m_steps.size()); }
    const Step &step(NodeIndex node) const { return m_steps[size_t(node)]; }
    const Node &node(NodeIndex node) const { return m_document.nodes[node]; }
    const QList<QString> &portNames(NodeIndex node) const { return m_portNames[node]; }
    NodeIndex indexOf(const NodeId &id) const { return m_index.value(id, -1); } // -1: none
    qsizetype modelCount() const { return m_document.models.size(); }
    const Model &model(ModelIndex model) const { return m_document.models[model]; }
    ModelIndex modelIndex(const QString &name) const; // -1: none
    // Nodes on the longest way from the query: no run goes through more.
    qsizetype longestPath() const { return m_longestPath; }

private:
    CompiledPolicy() = default;
    Result<> addNodes();
    Result<> addGroups();
    Result<> addWires();
    void measureLongestPath();

    PolicyDocument m_document;
    QHash<NodeId, NodeIndex> m_index;
    std::vector<Step> m_steps;       // same order as document().nodes
    std::vector<NodeIndex> m_next;   // of all ports of all nodes
    std::vector<ModelIndex> m_group; // of all model nodes
    QList<QList<QString>> m_portNames;
    NodeIndex m_entry = -1;
    qsizetype m_longestPath = 0;
};

} // namespace headgate::policy
