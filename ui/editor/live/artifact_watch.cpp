#include "ui/editor/live/artifact_watch.h"

#include "core/common/when_ready.h"
#include "core/engine/artifact_check.h"
#include "core/policy/named_artifacts.h"

namespace headgate::ui {

ArtifactWatch::ArtifactWatch(policy::PolicyEditor &editor, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
{
}

void ArtifactWatch::setArtifacts(const learning::ArtifactShelf &artifacts)
{
    m_artifacts = artifacts;
    check();
}

void ArtifactWatch::check()
{
    if (!m_artifacts || policy::artifactsNamedBy(m_editor.document()).isEmpty()) {
        m_again = m_checking;
        take({});
        return;
    }
    m_again = m_checking;
    if (m_checking)
        return;
    m_checking = true;
    const auto checked =
        m_worker.submit([document = m_editor.document(), artifacts = *m_artifacts] {
            return engine::checkArtifacts(document, artifacts);
        });
    whenReady(checked, this, [this](const QList<policy::Problem> &problems) {
        m_checking = false;
        // What was read of a policy that has changed meanwhile says nothing.
        if (std::exchange(m_again, false))
            check();
        else
            take(problems);
    });
}

void ArtifactWatch::take(const QList<policy::Problem> &problems)
{
    const auto same = [](const policy::Problem &a, const policy::Problem &b) {
        return a.node == b.node && a.sentence == b.sentence && a.field == b.field;
    };
    if (std::equal(m_problems.cbegin(), m_problems.cend(), problems.cbegin(), problems.cend(),
                   same))
        return;
    m_problems = problems;
    Q_EMIT changed();
}

QList<policy::Problem> ArtifactWatch::problems() const
{
    QList<policy::Problem> problems;
    for (const policy::Problem &problem : m_problems) {
        if (m_editor.document().node(problem.node))
            problems.append(problem);
    }
    return problems;
}

} // namespace headgate::ui
