#include "ui/editor/undo_follower.h"

#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/policy_commands.h"

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
        m_added.insert({wire.from, wire.port}, wire);
    });
    connect(&editor, &PolicyEditor::wireRemoved, this, [this](const Wire &wire) {
        if (m_added.remove({wire.from, wire.port}) == 0)
            m_removed.insert({wire.from, wire.port}, wire);
    });
    connect(&undo, &QUndoStack::indexChanged, this, &UndoFollower::follow);
    remember();
}

void UndoFollower::follow(int index)
{
    const bool undone = index < m_index;
    // A push, too, takes the index forward, but its command was not on the stack before.
    const bool redone = index > m_index && m_next && m_undo.command(m_index) == m_next;
    if (undone || redone) {
        const QUndoCommand *done = m_undo.command(undone ? index : index - 1);
        if (const auto *whole = dynamic_cast<const ReplaceDocumentCommand *>(done))
            m_nodes.unite(whole->changedNodes());
        report();
    }
    remember();
}

void UndoFollower::report()
{
    QList<NodeId> nodes;
    QList<Wire> wires;
    for (const Wire &wire : m_editor.document().wires) {
        const auto added = m_added.constFind({wire.from, wire.port});
        const auto removed = m_removed.constFind({wire.from, wire.port});
        const bool back = removed != m_removed.cend() && *removed == wire;
        if (added != m_added.cend() && *added == wire && !back)
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
