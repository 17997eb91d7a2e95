#pragma once

#include "core/engine/deployment_health.h"
#include "core/policy/policy_editor.h"

#include <QElapsedTimer>
#include <QMap>
#include <QTimer>

namespace headgate::ui {

class PolicyScene;

// Says on the nodes why a deployment is not called just now: its circuit breaker is open, its
// server asked to be left alone, its key was refused. Counts the rest down and goes when it is
// over. Scene and editor outlive it.
class HealthDisplay final : public QObject
{
    Q_OBJECT
public:
    HealthDisplay(PolicyScene &scene, policy::PolicyEditor &editor, QObject *parent = nullptr);

    void note(const engine::DeploymentHealth &health); // as it is from now on

private:
    struct Entry
    {
        engine::DeploymentHealth health;
        qint64 restsUntilMs = 0; // of m_clock
    };

    void show();
    QString words(const Entry &entry) const; // empty: all is well

    PolicyScene &m_scene;
    policy::PolicyEditor &m_editor;
    QMap<engine::Deployment, Entry> m_entries;
    QElapsedTimer m_clock;
    QTimer m_countdown;
};

} // namespace headgate::ui
