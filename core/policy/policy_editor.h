#pragma once

#include "core/policy/policy_document.h"
#include "core/policy/policy_validation.h"

#include <QObject>
#include <QSet>

namespace headgate::policy {

// What removeNode() took out, so that it can be put back as it was.
struct RemovedNode
{
    Node node;
    qsizetype index = 0;
    QList<std::pair<qsizetype, Wire>> wires; // with their places in the document, ascending
    std::optional<Group> group{};            // that it was in, as it was
    qsizetype groupIndex = -1;
};

// The one place where a policy changes. Holds the document, keeps its structure sound (ids and
// titles unique, one wire a port, no wire into nothing, no cycle) and says what changed; knows
// nothing of scenes, widgets or undo. Lives on the thread that created it.
//
// Setters return the value that they replaced; methods that take a NodeId assert that it exists.
class PolicyEditor final : public QObject
{
    Q_OBJECT
public:
    PolicyEditor(); // of an empty policy
    explicit PolicyEditor(PolicyDocument document, QObject *parent = nullptr);

    const PolicyDocument &document() const { return m_document; }
    // Replaces everything: opening a file, applying a mend.
    PolicyDocument setDocument(PolicyDocument document);

    // A new id and a title that no node has yet, for a node of this kind.
    NodeId freeId() const;
    QString freeTitle(const QString &kind) const;

    Result<> addNode(const Node &node, qsizetype index = -1); // -1: at the end
    RemovedNode removeNode(const NodeId &id);
    void restoreNode(const RemovedNode &removed);
    QPointF moveNode(const NodeId &id, QPointF to);
    Result<QString> setTitle(const NodeId &id, const QString &title);
    // A null value takes the key away. Wires of ports that the new value no longer has stay in
    // the document; validation reports them.
    Json setConfigValue(const NodeId &id, const QString &key, const Json &value);
    Json setConfig(const NodeId &id, const Json &config);
    NodeMode setMode(const NodeId &id, NodeMode mode);

    // Whether the wire may be drawn: a sentence with the reason where it may not.
    Result<> canConnect(const Wire &wire) const;
    // Returns the wire that it displaced from the same port, if any (the wire itself, if it was
    // there already: then nothing changes); the new one takes its place in the document. Where it
    // displaces none, `index` is its place; -1: at the end.
    Result<std::optional<Wire>> connect(const Wire &wire, qsizetype index = -1);
    // Returns the place that the wire had in the document, so that undo can put it back there;
    // -1: there was no such wire.
    qsizetype disconnect(const Wire &wire);
    // Put a wire back that stood in the document before: at its place, or in that of the wire which
    // displaced it. Unlike connect() they ask nothing, for a file may hold wires that nobody could
    // draw.
    void restoreWire(const Wire &wire, qsizetype index);
    void restoreDisplaced(const Wire &wire);

    Result<> setModel(const Model &model); // adds it, or replaces the one of that name
    void removeModel(const QString &name);
    QString setName(const QString &name);
    QString setBaseline(const QString &model);
    Limits setLimits(const Limits &limits);
    bool setKeepTexts(bool keep);
    // Leaves out nodes that are not there or in an earlier group already, and groups without any.
    QList<Group> setGroups(const QList<Group> &groups);
    QList<RoutePin> setPins(const QList<RoutePin> &pins);

    // Of the document as it stands; computed when first asked for after a change.
    const QList<Problem> &problems() const;

Q_SIGNALS:
    void nodeAdded(const headgate::policy::NodeId &node);
    void nodeRemoved(const headgate::policy::NodeId &node); // after its wires' wireRemoved
    void nodeMoved(const headgate::policy::NodeId &node);
    void nodeChanged(const headgate::policy::NodeId &node); // title, config or mode
    void wireAdded(const headgate::policy::Wire &wire);
    void wireRemoved(const headgate::policy::Wire &wire);
    void modelsChanged();
    void settingsChanged(); // name, baseline, limits, keeping of texts
    void groupsChanged();
    void pinsChanged();
    void documentReplaced();
    void changed(); // after any of the above

private:
    Node &nodeAt(const NodeId &id);
    Result<> checkTitle(const QString &title, const NodeId &owner) const;
    void leaveGroup(const NodeId &node, RemovedNode &removed);
    bool leadsTo(const NodeId &start, const NodeId &end) const;
    // One signal, then changed().
    template<typename Signal, typename... Arguments>
    void announce(Signal signal, const Arguments &...arguments);
    void forgetWhatFollows(); // from wires: problems and reach

    PolicyDocument m_document;
    mutable std::optional<QList<Problem>> m_problems;
    // Every node from which one node can be reached: a drag asks about many ends of one start.
    struct Upstream
    {
        NodeId of;
        QSet<NodeId> nodes; // `of` included
    };
    mutable std::optional<Upstream> m_upstream; // until a wire changes
};

} // namespace headgate::policy
