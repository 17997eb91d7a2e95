#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoCommand>

#include <memory>

namespace headgate::ui {

// Puts another list of route assertions in the place of the document's. The editor outlives the
// undo stack; the constructor changes nothing.
class SetPinsCommand final : public QUndoCommand
{
public:
    SetPinsCommand(policy::PolicyEditor &editor, QList<policy::RoutePin> pins, const QString &text);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    QList<policy::RoutePin> m_pins;
    QList<policy::RoutePin> m_before;
};

// Null where there is nothing to do: no such pin, the same name.
std::unique_ptr<QUndoCommand> addPinCommand(policy::PolicyEditor &editor, policy::RoutePin pin);
std::unique_ptr<QUndoCommand> removePinCommand(policy::PolicyEditor &editor, const QString &id);
std::unique_ptr<QUndoCommand> renamePinCommand(policy::PolicyEditor &editor, const QString &id,
                                               const QString &name);
// What the pin expects from now on.
std::unique_ptr<QUndoCommand> repathPinCommand(policy::PolicyEditor &editor, const QString &id,
                                               const QList<policy::PinnedStep> &path);

// The document with that pin changed, and without it: what mends do.
policy::PolicyDocument withPinPath(policy::PolicyDocument document, const QString &id,
                                   const QList<policy::PinnedStep> &path);
policy::PolicyDocument withoutPin(policy::PolicyDocument document, const QString &id);

} // namespace headgate::ui
