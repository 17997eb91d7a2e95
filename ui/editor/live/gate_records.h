#pragma once

#include "core/ledger/gate_scores.h"
#include "core/policy/policy_editor.h"

#include <QObject>
#include <QTimer>

namespace headgate::ui {

class PolicyScene;
class RunRecords;

// The recorded scores of every gate of a policy: reads them off the GUI thread, shows them in the
// drawing and says for any threshold what would be accepted and what that would cost. Simulated
// runs count for a policy of simulated models, live ones for any other. All three outlive it.
class GateRecords final : public QObject
{
    Q_OBJECT
public:
    GateRecords(PolicyScene &scene, policy::PolicyEditor &editor, RunRecords &records,
                QObject *parent = nullptr);

    // Empty where nothing is recorded, or the node is no gate.
    const ledger::GateScores &scores(const policy::NodeId &gate) const;
    // "29 % escalate · ≈ $0.42 / 1k": about that a thousand queries; empty without scores.
    QString summary(const policy::NodeId &gate, double threshold) const;

Q_SIGNALS:
    void changed(const headgate::policy::NodeId &gate);
    void problem(const QString &sentence);

private:
    void load();
    void loadGate(const policy::Node &gate);
    void reloadIfJudgedOtherwise(const policy::NodeId &node);
    void showSummary(const policy::NodeId &gate, std::optional<double> threshold = {});

    PolicyScene &m_scene;
    policy::PolicyEditor &m_editor;
    RunRecords &m_records;
    QHash<policy::NodeId, ledger::GateScores> m_scores;
    QHash<policy::NodeId, QString> m_marks; // scorers that the scores are of
    int m_asked = 0;
    QTimer m_reload;
};

// Of a gate's config, as it is judged by now; its field's default where it says nothing.
double gateThreshold(const policy::Node &gate);

} // namespace headgate::ui
