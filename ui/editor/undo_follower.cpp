#include "ui/editor/undo_follower.h"

#include "core/policy/policy_editor.h"

#include <QUndoStack>

namespace headgate::ui {

using policy::NodeId;
using policy::PolicyEditor;
using policy::Wire;

UndoFollower::UndoFollower(PolicyEditor &editor, QUndoStack &undo, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
    , m_undo(undo)
{
    connect(&editor, &PolicyEditor::nodeAdded, this, &UndoFollower::note);
    connect(&editor, &PolicyEditor::nodeMoved, this, &UndoFollower::note);
    connect(&editor, &PolicyEditor::nodeChanged, this, &UndoFollower::note);
    connect(&editor, &PolicyEditor::wireAdded, this, [this](const Wire &wire) {
        m_removed.removeOne(wire);
        m_added.append(wire);
    });
    connect(&editor, &PolicyEditor::wireRemoved, this, [this](const Wire &wire) {
        if (!m_added.removeOne(wire))
            m_removed.append(wire);
    });
    connect(&undo, &QUndoStack::indexChanged, this, &UndoFollower::follow);
    remember();
}

void UndoFollower::follow(int index)
{
    const bool undone = index < m_index;
    // A push, too, takes the index forward, but its command was not on the stack before.
    const bool redone = index > m_index && m_next && m_undo.command(m_index) == m_next;
    if (undone || redone)
        report();
    remember();
}

void UndoFollower::report()
{
    QList<NodeId> nodes;
    QList<Wire> wires;
    for (const Wire &wire : m_editor.document().wires) {
        if (m_added.contains(wire))
            wires.append(wire);
    }
    if (m_nodes.isEmpty() && wires.isEmpty()) {
        for (const Wire &wire : std::as_const(m_removed))
            m_nodes.unite({wire.from, wire.to});
    }
    for (const policy::Node &node : m_editor.document().nodes) {
        if (m_nodes.contains(node.id))
            nodes.append(node.id);
    }
    if (!nodes.isEmpty() || !wires.isEmpty())
        Q_EMIT changed(nodes, wires);
}

void UndoFollower::remember()
{
    m_index = m_undo.index();
    m_next = m_index < m_undo.count() ? m_undo.command(m_index) : nullptr;
    m_nodes.clear();
    m_added.clear();
    m_removed.clear();
}

} // namespace headgate::ui
