#include "ui/editor/live/run_display.h"

#include "ui/editor/policy_scene.h"

namespace headgate::ui {

RunDisplay::RunDisplay(PolicyScene &scene, policy::PolicyEditor &editor, QObject *parent)
    : QObject(parent)
    , m_scene(scene)
    , m_editor(editor)
{
    // A replay is of the policy as it is drawn now: nodes come and go under it.
    connect(&editor, &policy::PolicyEditor::nodeRemoved, this, [this] {
        if (isReplaying())
            draw();
    });
    connect(&editor, &policy::PolicyEditor::nodeAdded, this, [this] {
        if (isReplaying())
            draw();
    });
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, [this] {
        if (isReplaying())
            draw();
    });
}

void RunDisplay::follow(const engine::RunEvent &event)
{
    endReplay();
    if (!m_following)
        m_overlay.start(m_editor.document());
    m_following = true;
    m_overlay.apply(event);
    m_scene.setOverlay(m_overlay);
}

void RunDisplay::show(const engine::RunTrace &trace)
{
    endReplay();
    m_following = false;
    m_overlay = RunOverlay::fromTrace(m_editor.document(), trace);
    m_scene.setOverlay(m_overlay);
}

void RunDisplay::clear()
{
    endReplay();
    m_following = false;
    m_overlay = {};
    m_scene.setOverlay(m_overlay);
}

void RunDisplay::replay(const engine::RunTrace &trace, int step)
{
    if (trace.hops.isEmpty())
        return;
    m_replayed = trace;
    m_step = 0;
    setStep(step);
}

void RunDisplay::setStep(int step)
{
    if (!isReplaying())
        return;
    const int wanted = qBound(1, step, stepCount());
    if (wanted == m_step)
        return;
    m_step = wanted;
    draw();
    Q_EMIT stepShown(hop()->node);
}

void RunDisplay::endReplay()
{
    if (!isReplaying())
        return;
    m_replayed.reset();
    m_step = 0;
    m_scene.setOverlay(m_overlay);
    Q_EMIT replayChanged();
}

int RunDisplay::stepCount() const
{
    return m_replayed ? int(m_replayed->hops.size()) : 0;
}

const engine::Hop *RunDisplay::hop() const
{
    return m_replayed && m_step > 0 ? &m_replayed->hops[m_step - 1] : nullptr;
}

QStringList RunDisplay::missingNodes() const
{
    return m_replayed ? RunOverlay::missingNodes(m_editor.document(), *m_replayed) : QStringList();
}

void RunDisplay::draw()
{
    m_scene.setOverlay(RunOverlay::fromTrace(m_editor.document(), *m_replayed, m_step));
    Q_EMIT replayChanged();
}

} // namespace headgate::ui
