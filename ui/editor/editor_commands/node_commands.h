#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/command_id.h"

#include <QUndoCommand>

namespace headgate::ui {

// In all commands the editor outlives the undo stack, and constructors change nothing.

class AddNodeCommand final : public QUndoCommand
{
public:
    AddNodeCommand(policy::PolicyEditor &editor, policy::Node node, QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    policy::Node m_node;
};

// Takes out one node whose wires are gone already; removeCommand() makes the whole.
class RemoveNodeCommand final : public QUndoCommand
{
public:
    RemoveNodeCommand(policy::PolicyEditor &editor, policy::NodeId node,
                      QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    policy::NodeId m_node;
    policy::RemovedNode m_removed;
};

struct NodeMove
{
    policy::NodeId node;
    QPointF to; // top left corner, canvas units
};

// Moves any number of nodes. Bursts that move the same nodes by keys are one step.
class MoveNodesCommand final : public QUndoCommand
{
public:
    enum class Burst { Single, Merge };

    MoveNodesCommand(policy::PolicyEditor &editor, QList<NodeMove> moves, Burst burst,
                     EditTime time = editNow(), QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    policy::PolicyEditor &m_editor;
    QList<NodeMove> m_moves;
    QList<QPointF> m_before;
    Burst m_burst;
    EditTime m_time;
};

class SetTitleCommand final : public QUndoCommand
{
public:
    SetTitleCommand(policy::PolicyEditor &editor, policy::NodeId node, QString title,
                    EditTime time = editNow());
    void redo() override;
    void undo() override;
    int id() const override { return int(CommandId::SetTitle); }
    bool mergeWith(const QUndoCommand *other) override;

private:
    policy::PolicyEditor &m_editor;
    policy::NodeId m_node;
    QString m_title;
    QString m_before;
    EditTime m_time;
};

// Writes one field of a node's config; a null value goes back to the default.
class SetConfigValueCommand final : public QUndoCommand
{
public:
    SetConfigValueCommand(policy::PolicyEditor &editor, policy::NodeId node, QString key,
                          Json value, EditTime time = editNow(), QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;
    int id() const override { return int(CommandId::SetConfigValue); }
    bool mergeWith(const QUndoCommand *other) override;

private:
    policy::PolicyEditor &m_editor;
    policy::NodeId m_node;
    QString m_key;
    Json m_value;
    Json m_before; // the whole config: a field may have stood there as null
    EditTime m_time;
};

} // namespace headgate::ui
