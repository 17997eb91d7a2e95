#include "ui/editor/editor_commands/policy_commands.h"

#include "ui/common/texts.h"

namespace headgate::ui {

SetPolicyNameCommand::SetPolicyNameCommand(policy::PolicyEditor &editor, QString name,
                                           EditTime time)
    : QUndoCommand(Texts::tr("Rename the policy to “%1”").arg(name))
    , m_editor(editor)
    , m_name(std::move(name))
    , m_time(time)
{
}

void SetPolicyNameCommand::redo()
{
    m_before = m_editor.setName(m_name);
}

void SetPolicyNameCommand::undo()
{
    m_editor.setName(m_before);
}

bool SetPolicyNameCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const SetPolicyNameCommand *>(other);
    if (!isSameBurst(m_time, next->m_time))
        return false;
    m_name = next->m_name;
    m_time = next->m_time;
    setText(next->text());
    return true;
}

SetBaselineCommand::SetBaselineCommand(policy::PolicyEditor &editor, QString model,
                                       QUndoCommand *parent)
    : QUndoCommand(model.isEmpty() ? Texts::tr("Take the baseline away")
                                   : Texts::tr("Make “%1” the baseline").arg(model),
                   parent)
    , m_editor(editor)
    , m_model(std::move(model))
{
}

void SetBaselineCommand::redo()
{
    m_before = m_editor.setBaseline(m_model);
}

void SetBaselineCommand::undo()
{
    m_editor.setBaseline(m_before);
}

SetKeepTextsCommand::SetKeepTextsCommand(policy::PolicyEditor &editor, bool keep)
    : QUndoCommand(keep ? Texts::tr("Keep prompts and answers")
                        : Texts::tr("Keep no prompts and answers"))
    , m_editor(editor)
    , m_keep(keep)
{
}

void SetKeepTextsCommand::redo()
{
    m_before = m_editor.setKeepTexts(m_keep);
}

void SetKeepTextsCommand::undo()
{
    m_editor.setKeepTexts(m_before);
}

SetLimitsCommand::SetLimitsCommand(policy::PolicyEditor &editor, policy::Limits limits,
                                   EditTime time)
    : QUndoCommand(Texts::tr("Change the limits"))
    , m_editor(editor)
    , m_limits(std::move(limits))
    , m_time(time)
{
}

void SetLimitsCommand::redo()
{
    m_before = m_editor.setLimits(m_limits);
}

void SetLimitsCommand::undo()
{
    m_editor.setLimits(m_before);
}

bool SetLimitsCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const SetLimitsCommand *>(other);
    if (!isSameBurst(m_time, next->m_time))
        return false;
    m_limits = next->m_limits;
    m_time = next->m_time;
    return true;
}

SetModelCommand::SetModelCommand(policy::PolicyEditor &editor, policy::Model model, EditTime time,
                                 QUndoCommand *parent)
    : QUndoCommand(parent)
    , m_editor(editor)
    , m_model(std::move(model))
    , m_time(time)
{
    setText(editor.document().model(m_model.name)
                ? Texts::tr("Change the model “%1”").arg(m_model.name)
                : Texts::tr("Add the model “%1”").arg(m_model.name));
}

void SetModelCommand::redo()
{
    const policy::Model *before = m_editor.document().model(m_model.name);
    m_before = before ? std::optional(*before) : std::nullopt;
    if (!m_editor.setModel(m_model))
        setObsolete(true);
}

void SetModelCommand::undo()
{
    if (!m_before)
        m_editor.removeModel(m_model.name);
    else if (!m_editor.setModel(*m_before))
        setObsolete(true);
}

bool SetModelCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const SetModelCommand *>(other);
    if (next->m_model.name != m_model.name || !isSameBurst(m_time, next->m_time))
        return false;
    m_model = next->m_model;
    m_time = next->m_time;
    return true;
}

RemoveModelCommand::RemoveModelCommand(policy::PolicyEditor &editor, QString name,
                                       QUndoCommand *parent)
    : QUndoCommand(Texts::tr("Delete the model “%1”").arg(name), parent)
    , m_editor(editor)
    , m_name(std::move(name))
{
}

void RemoveModelCommand::redo()
{
    const policy::Model *model = m_editor.document().model(m_name);
    Q_ASSERT(model);
    m_before = *model;
    m_editor.removeModel(m_name);
}

void RemoveModelCommand::undo()
{
    if (!m_editor.setModel(m_before))
        setObsolete(true);
}

ReplaceDocumentCommand::ReplaceDocumentCommand(policy::PolicyEditor &editor,
                                               policy::PolicyDocument document, const QString &text)
    : QUndoCommand(text)
    , m_editor(editor)
    , m_document(std::move(document))
{
}

void ReplaceDocumentCommand::redo()
{
    m_before = m_editor.setDocument(m_document);
}

void ReplaceDocumentCommand::undo()
{
    m_editor.setDocument(m_before);
}

QSet<policy::NodeId> ReplaceDocumentCommand::changedNodes() const
{
    QHash<policy::NodeId, const policy::Node *> former;
    for (const policy::Node &node : m_before.nodes)
        former.insert(node.id, &node);
    QSet<policy::NodeId> changed;
    for (const policy::Node &node : m_document.nodes) {
        const policy::Node *before = former.take(node.id);
        if (!before || *before != node)
            changed.insert(node.id);
    }
    for (auto it = former.cbegin(); it != former.cend(); ++it)
        changed.insert(it.key());
    return changed;
}

} // namespace headgate::ui
