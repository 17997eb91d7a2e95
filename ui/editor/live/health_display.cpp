#include "ui/editor/live/health_display.h"

#include "ui/editor/policy_scene.h"

namespace headgate::ui {

using namespace Qt::StringLiterals;
using engine::DeploymentHealth;
using Breaker = engine::CircuitBreaker::State;

namespace {

constexpr int kCountMs = 1000;

} // namespace

HealthDisplay::HealthDisplay(PolicyScene &scene, policy::PolicyEditor &editor, QObject *parent)
    : QObject(parent)
    , m_scene(scene)
    , m_editor(editor)
{
    m_clock.start();
    m_countdown.setInterval(kCountMs);
    connect(&m_countdown, &QTimer::timeout, this, &HealthDisplay::show);
    for (const auto signal :
         {&policy::PolicyEditor::modelsChanged, &policy::PolicyEditor::documentReplaced})
        connect(&editor, signal, this, &HealthDisplay::show);
    connect(&editor, &policy::PolicyEditor::nodeChanged, this, &HealthDisplay::show);
}

void HealthDisplay::note(const DeploymentHealth &health)
{
    m_entries.insert(health.deployment, {health, m_clock.elapsed() + health.rest.count()});
    show();
}

QString HealthDisplay::words(const Entry &entry) const
{
    const qint64 leftMs = entry.restsUntilMs - m_clock.elapsed();
    const int seconds = int((leftMs + kCountMs - 1) / kCountMs);
    switch (entry.health.flag) {
    case DeploymentHealth::Flag::NeedsKey:
        return tr("key missing or refused");
    case DeploymentHealth::Flag::NeedsCredit:
        return tr("no credit left");
    case DeploymentHealth::Flag::Missing:
        return tr("no such model there");
    case DeploymentHealth::Flag::None:
        break;
    }
    if (entry.health.breaker == Breaker::Open)
        return leftMs > 0 ? tr("paused, %n s", "after failures; seconds", seconds)
                          : tr("paused, probed next");
    if (entry.health.breaker == Breaker::HalfOpen)
        return tr("being probed");
    return leftMs > 0 ? tr("resting, %n s", "as its server asked; seconds", seconds) : QString();
}

void HealthDisplay::show()
{
    bool counting = false;
    for (const Entry &entry : std::as_const(m_entries))
        counting |= entry.restsUntilMs > m_clock.elapsed();
    if (counting && !m_countdown.isActive())
        m_countdown.start();
    else if (!counting)
        m_countdown.stop();
    const policy::PolicyDocument &document = m_editor.document();
    for (const policy::Node &node : document.nodes) {
        if (node.kind != "model"_L1)
            continue;
        const policy::Model *model = document.model(jsonString(node.config, "model"));
        const auto entry =
            model ? m_entries.constFind({model->provider, model->model}) : m_entries.cend();
        m_scene.setRemark(node.id, entry == m_entries.cend() ? QString() : words(*entry));
    }
}

} // namespace headgate::ui
