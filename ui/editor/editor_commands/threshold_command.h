#pragma once

#include "core/policy/policy_editor.h"

#include <QUndoCommand>

namespace headgate::ui {

// A threshold dragged to another place: one step, however soon after the one before. The editor
// outlives the undo stack; the constructor changes nothing.
class SetThresholdCommand final : public QUndoCommand
{
public:
    SetThresholdCommand(policy::PolicyEditor &editor, policy::NodeId gate, double threshold);
    void redo() override;
    void undo() override;

private:
    policy::PolicyEditor &m_editor;
    policy::NodeId m_gate;
    double m_threshold;
    Json m_before; // null: there was none
};

} // namespace headgate::ui
