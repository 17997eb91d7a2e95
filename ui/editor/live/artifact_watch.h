#pragma once

#include "core/common/worker_thread.h"
#include "core/learning/artifact_shelf.h"
#include "core/policy/policy_editor.h"

#include <QObject>

namespace headgate::ui {

// Keeps what is wrong with the trained files that a policy names: reads them off the GUI thread
// when it is told that the policy has settled after an edit. The editor outlives it.
class ArtifactWatch final : public QObject
{
    Q_OBJECT
public:
    explicit ArtifactWatch(policy::PolicyEditor &editor, QObject *parent = nullptr);

    // Where files are found; before that nothing is checked.
    void setArtifacts(const learning::ArtifactShelf &artifacts);
    // One check is under way at a time; what is asked meanwhile makes one more.
    void check();

    // Of the state when it was last checked; of nodes that are still there.
    QList<policy::Problem> problems() const;

Q_SIGNALS:
    void changed();

private:
    void take(const QList<policy::Problem> &problems);

    policy::PolicyEditor &m_editor;
    std::optional<learning::ArtifactShelf> m_artifacts;
    QList<policy::Problem> m_problems;
    bool m_checking = false;
    bool m_again = false;
    WorkerThread m_worker;
};

} // namespace headgate::ui
