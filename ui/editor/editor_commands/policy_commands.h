#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/editor_commands/command_id.h"

#include <QUndoCommand>

namespace headgate::ui {

class SetPolicyNameCommand final : public QUndoCommand
{
public:
    SetPolicyNameCommand(policy::PolicyEditor &editor, QString name, EditTime time = editNow());
    void redo() override;
    void undo() override;
    int id() const override { return int(CommandId::SetPolicyName); }
    bool mergeWith(const QUndoCommand *other) override;

private:
    policy::PolicyEditor &m_editor;
    QString m_name;
    QString m_before;
    EditTime m_time;
};

class SetBaselineCommand final : public QUndoCommand
{
public:
    SetBaselineCommand(policy::PolicyEditor &editor, QString model, QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    QString m_model;
    QString m_before;
};

// Whether the ledger keeps prompts and answers.
class SetKeepTextsCommand final : public QUndoCommand
{
public:
    SetKeepTextsCommand(policy::PolicyEditor &editor, bool keep);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    bool m_keep = false;
    bool m_before = false;
};

class SetLimitsCommand final : public QUndoCommand
{
public:
    SetLimitsCommand(policy::PolicyEditor &editor, policy::Limits limits,
                     EditTime time = editNow());
    void redo() override;
    void undo() override;
    int id() const override { return int(CommandId::SetLimits); }
    bool mergeWith(const QUndoCommand *other) override;

private:
    policy::PolicyEditor &m_editor;
    policy::Limits m_limits;
    policy::Limits m_before;
    EditTime m_time;
};

// Adds a model, or replaces the one of that name.
class SetModelCommand final : public QUndoCommand
{
public:
    SetModelCommand(policy::PolicyEditor &editor, policy::Model model, EditTime time = editNow(),
                    QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;
    int id() const override { return int(CommandId::SetModel); }
    bool mergeWith(const QUndoCommand *other) override;

private:
    policy::PolicyEditor &m_editor;
    policy::Model m_model;
    std::optional<policy::Model> m_before;
    EditTime m_time;
};

class RemoveModelCommand final : public QUndoCommand
{
public:
    RemoveModelCommand(policy::PolicyEditor &editor, QString name, QUndoCommand *parent = nullptr);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    QString m_name;
    policy::Model m_before;
};

// Puts another document in the place of the whole one: how a mend is applied.
class ReplaceDocumentCommand final : public QUndoCommand
{
public:
    ReplaceDocumentCommand(policy::PolicyEditor &editor, policy::PolicyDocument document,
                           const QString &text);
    void redo() override;
    void undo() override;
    // Nodes of either document that the other does not have like this.
    QSet<policy::NodeId> changedNodes() const;

private:
    policy::PolicyEditor &m_editor;
    policy::PolicyDocument m_document;
    policy::PolicyDocument m_before;
};

} // namespace headgate::ui
