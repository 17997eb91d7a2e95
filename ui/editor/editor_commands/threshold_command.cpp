#include "ui/editor/editor_commands/threshold_command.h"

#include "ui/common/texts.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace headgate::ui {

SetThresholdCommand::SetThresholdCommand(policy::PolicyEditor &editor, policy::NodeId gate,
                                         double threshold)
    : m_editor(editor)
    , m_gate(std::move(gate))
    , m_threshold(threshold)
{
    setText(Texts::tr("Move the threshold to %1").arg(QLocale().toString(threshold, 'f', 2)));
}

void SetThresholdCommand::redo()
{
    m_before = m_editor.setConfigValue(m_gate, u"threshold"_s, m_threshold);
}

void SetThresholdCommand::undo()
{
    m_editor.setConfigValue(m_gate, u"threshold"_s, m_before);
}

} // namespace headgate::ui
