#pragma once

#include "core/catalog/model_catalog.h"
#include "core/common/worker_thread.h"
#include "core/engine/pin_check.h"
#include "core/policy/policy_editor.h"

#include <QObject>

namespace headgate::ui {

// Keeps the outcome of every pin of a policy: checks them off the GUI thread when it is told that
// the policy has settled after an edit. No model is called. The editor outlives it.
class PinWatch final : public QObject
{
    Q_OBJECT
public:
    explicit PinWatch(policy::PolicyEditor &editor, QObject *parent = nullptr);

    // The prices that a cost limit needs; without it only those of the policy itself are known.
    void setCatalog(const catalog::ModelCatalog &catalog);
    // Where trained routers find what they learned.
    void setArtifacts(const learning::ArtifactShelf &artifacts);
    // One check is under way at a time; what is asked meanwhile makes one more.
    void check();

    // In the order of the document's pins; of the state when they were last checked.
    const QList<engine::PinOutcome> &outcomes() const { return m_outcomes; }
    const engine::PinOutcome *outcome(const QString &pin) const; // nullptr: not checked yet
    // Broken pins as warnings, each with the mends "Accept the new path" and "Remove the pin".
    QList<policy::Problem> problems() const;

Q_SIGNALS:
    void changed();

private:
    void take(const QList<engine::PinOutcome> &outcomes);

    policy::PolicyEditor &m_editor;
    catalog::ModelCatalog m_catalog;
    learning::ArtifactShelf m_artifacts;
    QList<engine::PinOutcome> m_outcomes;
    bool m_checking = false;
    bool m_again = false;
    WorkerThread m_worker;
};

} // namespace headgate::ui
