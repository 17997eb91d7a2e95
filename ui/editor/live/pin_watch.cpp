#include "ui/editor/live/pin_watch.h"

#include "core/common/when_ready.h"
#include "ui/editor/editor_commands/pin_commands.h"

#include <QFuture>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using engine::PinOutcome;

namespace {

policy::Mend acceptMend(const PinOutcome &outcome)
{
    return {PinWatch::tr("Accept the new path"),
            [id = outcome.pin, path = *outcome.newPath](const policy::PolicyDocument &document) {
                return withPinPath(document, id, path);
            }};
}

policy::Mend removeMend(const PinOutcome &outcome)
{
    return {PinWatch::tr("Remove the pin"),
            [id = outcome.pin](const policy::PolicyDocument &document) {
                return withoutPin(document, id);
            }};
}

} // namespace

PinWatch::PinWatch(policy::PolicyEditor &editor, QObject *parent)
    : QObject(parent)
    , m_editor(editor)
{
}

void PinWatch::setCatalog(const catalog::ModelCatalog &catalog)
{
    m_catalog = catalog;
    check();
}

void PinWatch::setArtifacts(const learning::ArtifactShelf &artifacts)
{
    m_artifacts = artifacts;
    check();
}

void PinWatch::check()
{
    if (m_editor.document().pins.isEmpty()) {
        m_again = false;
        take({});
        return;
    }
    m_again = m_checking;
    if (m_checking)
        return;
    m_checking = true;
    const auto checked = m_worker.submit(
        [document = m_editor.document(), catalog = m_catalog, artifacts = m_artifacts] {
            return engine::checkPins(document, routers::builtinRouters(artifacts), catalog,
                                     QDate::currentDate());
        });
    whenReady(checked, this, [this](const QList<PinOutcome> &outcomes) {
        m_checking = false;
        // Of pins that went meanwhile nothing is said.
        if (std::exchange(m_again, false))
            check();
        else if (!m_editor.document().pins.isEmpty())
            take(outcomes);
    });
}

void PinWatch::take(const QList<PinOutcome> &outcomes)
{
    if (m_outcomes == outcomes)
        return;
    m_outcomes = outcomes;
    Q_EMIT changed();
}

const PinOutcome *PinWatch::outcome(const QString &pin) const
{
    const auto it = std::find_if(m_outcomes.cbegin(), m_outcomes.cend(),
                                 [&pin](const PinOutcome &each) { return each.pin == pin; });
    return it == m_outcomes.cend() ? nullptr : &*it;
}

QList<policy::Problem> PinWatch::problems() const
{
    QList<policy::Problem> problems;
    for (const PinOutcome &outcome : m_outcomes) {
        if (outcome.state != PinOutcome::State::Broken)
            continue;
        policy::Problem problem;
        problem.severity = policy::Problem::Severity::Warning;
        problem.code = u"pin-broken"_s;
        problem.node = m_editor.document().node(outcome.node) ? outcome.node : policy::NodeId();
        problem.sentence = outcome.sentence;
        if (outcome.newPath) {
            problem.mend = acceptMend(outcome);
            problem.otherMend = removeMend(outcome);
        } else {
            problem.mend = removeMend(outcome);
        }
        problems.append(problem);
    }
    return problems;
}

} // namespace headgate::ui
