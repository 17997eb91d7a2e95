#pragma once

#include "core/policy/policy_editor.h"

#include <QWidget>

class QLabel;
class QUndoStack;

namespace headgate::ui {

class GateHistogram;
class GateRecords;
class PolicyScene;
class Theme;

// A gate's recorded scores in the inspector: the histogram with the threshold, what it accepts and
// escalates and about what a thousand queries cost. The threshold can be dragged here, which is one
// step of undo at its end; keys move it in its field above. All outlive it.
class GatePanel final : public QWidget
{
    Q_OBJECT
public:
    GatePanel(const Theme &theme, PolicyScene &scene, policy::PolicyEditor &editor,
              QUndoStack &undo, GateRecords &records, QWidget *parent = nullptr);

    void setNode(const policy::NodeId &node); // hidden for anything but a gate

private:
    QWidget *makeFigures();
    void refresh();
    void showThreshold(double threshold);
    void preview(double threshold);
    void commitDrag(double threshold);

    PolicyScene &m_scene;
    policy::PolicyEditor &m_editor;
    QUndoStack &m_undo;
    GateRecords &m_records;
    policy::NodeId m_node;
    GateHistogram *m_histogram = nullptr;
    QLabel *m_escalated = nullptr;
    QLabel *m_accepted = nullptr;
    QWidget *m_recorded = nullptr; // what only a gate with scores has
    QLabel *m_empty = nullptr;
    QLabel *m_cost = nullptr;
    QLabel *m_count = nullptr;
    QLabel *m_remarks = nullptr;
};

} // namespace headgate::ui
