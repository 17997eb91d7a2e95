#pragma once

#include "core/policy/policy_document.h"

#include <QHash>
#include <QObject>
#include <QSet>

class QUndoCommand;
class QUndoStack;

namespace headgate::policy {
class PolicyEditor;
}

namespace headgate::ui {

// Tells what undo and redo have changed, whichever command it was: it listens to the editor
// meanwhile. What is done for the first time is not reported. Editor and stack outlive it.
class UndoFollower final : public QObject
{
    Q_OBJECT
public:
    UndoFollower(policy::PolicyEditor &editor, QUndoStack &undo, QObject *parent = nullptr);

Q_SIGNALS:
    // Nodes and wires of the document as it is now. Where only wires went away, their ends.
    void changed(const QList<headgate::policy::NodeId> &nodes,
                 const QList<headgate::policy::Wire> &wires);

private:
    void note(const policy::NodeId &node) { m_nodes.insert(node); }
    void follow(int index);
    void report();
    void remember();

    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    // Touched since the stack's last step; wires by the port that they leave.
    using Wires = QHash<std::pair<policy::NodeId, QString>, policy::Wire>;
    QSet<policy::NodeId> m_nodes;
    Wires m_added;
    Wires m_removed;
    int m_index = 0;
    const QUndoCommand *m_next = nullptr; // what redo would do; only compared
};

} // namespace headgate::ui
