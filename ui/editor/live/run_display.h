#pragma once

#include "core/policy/policy_editor.h"
#include "ui/editor/run_overlay.h"

#include <QObject>

namespace headgate::ui {

class PolicyScene;

// The one run that a drawing shows: one under way, a finished one, or one that is replayed step by
// step. Only one at a time, so that live and replayed are never mixed. Scene and editor outlive it.
class RunDisplay final : public QObject
{
    Q_OBJECT
public:
    RunDisplay(PolicyScene &scene, policy::PolicyEditor &editor, QObject *parent = nullptr);

    // The first event after clear() or a whole run begins a new one and ends a replay.
    void follow(const engine::RunEvent &event);
    void show(const engine::RunTrace &trace); // a finished one, whole; ends a replay
    void clear();

    // Steps are the hops of the trace, counted from 1; the drawing shows all up to and including
    // the current one. Steps that do not exist are cut to the first or last.
    void replay(const engine::RunTrace &trace, int step = 1);
    void setStep(int step);
    void endReplay(); // back to what was shown before it
    bool isReplaying() const { return m_replayed.has_value(); }
    int step() const { return m_step; }
    int stepCount() const;
    const engine::Hop *hop() const; // of the current step; nullptr without a replay
    const std::optional<engine::RunTrace> &replayed() const { return m_replayed; }
    // What the trace went through and the drawing no longer has, as it was called then.
    QStringList missingNodes() const;

Q_SIGNALS:
    void replayChanged(); // began, another step, ended
    void stepShown(const headgate::policy::NodeId &node);

private:
    void draw();

    PolicyScene &m_scene;
    policy::PolicyEditor &m_editor;
    RunOverlay m_overlay;
    bool m_following = false; // m_overlay is of a run that is going on
    std::optional<engine::RunTrace> m_replayed;
    int m_step = 0;
};

} // namespace headgate::ui
