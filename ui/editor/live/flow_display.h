#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/live/flow_view.h"

#include <QObject>
#include <QTimer>

namespace headgate::ui {

class PolicyScene;
class RunRecords;

// Shows on the wires of a drawing what the recorded runs of its policy carried, and the share of
// traffic on its nodes. Reads the ledger off the GUI thread; only the newest answer counts. All
// three outlive it.
class FlowDisplay final : public QObject
{
    Q_OBJECT
public:
    FlowDisplay(PolicyScene &scene, policy::PolicyEditor &editor, RunRecords &records,
                QObject *parent = nullptr);

    const FlowChoice &choice() const { return m_choice; }
    void setChoice(const FlowChoice &choice);
    const ledger::Flow &flow() const { return m_flow; }
    bool isSimulated() const; // which runs are counted

Q_SIGNALS:
    void changed(); // choice or flow
    void problem(const QString &sentence);

private:
    void load();
    void take(const ledger::Flow &flow);
    void draw();
    ledger::Flow sessionFlow() const;

    PolicyScene &m_scene;
    policy::PolicyEditor &m_editor;
    RunRecords &m_records;
    FlowChoice m_choice;
    ledger::Flow m_flow;
    int m_asked = 0; // questions to the ledger so far
    QTimer m_reload;
    QTimer m_redraw; // once for all wires of one edit
};

} // namespace headgate::ui
