#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/command_id.h"

#include <QUndoCommand>

class QUndoStack;

namespace headgate::ui {

// Writes one field of several nodes' configs; typing into it is one step.
class SetConfigValuesCommand final : public QUndoCommand
{
public:
    // The editor outlives the stack; null goes back to the default.
    SetConfigValuesCommand(policy::PolicyEditor &editor, QList<policy::NodeId> nodes, QString key,
                           Json value, EditTime time = editNow());
    void redo() override;
    void undo() override;
    int id() const override { return int(CommandId::SetConfigValues); }
    bool mergeWith(const QUndoCommand *other) override;

private:
    policy::PolicyEditor &m_editor;
    QList<policy::NodeId> m_nodes;
    QString m_key;
    Json m_value;
    QList<Json> m_before; // as the nodes
    EditTime m_time;
};

// Writes one field of all the nodes, as one step; wires stay with ports that it renames. Pushes
// nothing where all of them have the value already.
void pushFieldChange(QUndoStack &undo, policy::PolicyEditor &editor,
                     const QList<policy::NodeId> &nodes, const QString &key, const Json &value);

} // namespace headgate::ui
